//! `poolpair runbook`.

use std::path::PathBuf;

use clap::ValueHint;

use super::console::Console;
use super::exit::Exit;
use super::failure::Failure;
use super::stored_plan::StoredPlan;
use crate::bundle::{runbook_files, write_directory};

/// Write the runbook of a plan again, without the topology
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  poolpair runbook --plan plan.json --out-dir runbook")]
pub(super) struct Args {
    /// A plan that `poolpair plan --out` wrote
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    plan: PathBuf,
    /// The directory to write
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    out_dir: PathBuf,
    /// Replace scripts that are there already
    #[arg(long)]
    force: bool,
}

pub(super) fn run(args: &Args, console: &mut Console) -> Result<Exit, Failure> {
    let stored = StoredPlan::read_any(&args.plan)?;
    let files = runbook_files(&stored.record.deployment)?;
    let named = files.iter().map(|(name, artifact)| (name.as_str(), artifact.bytes().into()));
    write_directory(&args.out_dir, named, args.force)?;
    console.detail(&format!("wrote {}", files.keys().map(String::as_str).collect::<Vec<_>>().join(", ")));
    Ok(Exit::Done)
}
