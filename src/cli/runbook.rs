//! `poolpair runbook`.

use std::path::PathBuf;
use std::slice;

use clap::ValueHint;

use super::apply::written;
use super::console::Console;
use super::exit::Exit;
use super::failure::Failure;
use super::stored_plan::StoredPlan;
use crate::bundle::{Bundle, Destination, Kind, runbook_files};

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
    /// Replace the runbook that is in the directory
    #[arg(long)]
    force: bool,
}

pub(super) fn run(args: &Args, console: &mut Console) -> Result<Exit, Failure> {
    let stored = StoredPlan::read_any(&args.plan)?;
    let record = &stored.record;
    let bundle = Bundle::new(Kind::Runbook, record.input.sha256.clone(), runbook_files(&record.deployment)?);
    Destination { directory: &args.out_dir, force: args.force, inputs: slice::from_ref(&args.plan) }.write(&bundle)?;
    console.detail(&written(&bundle));
    Ok(Exit::Done)
}
