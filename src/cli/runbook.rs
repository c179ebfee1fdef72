//! `poolpair runbook`.

use std::path::PathBuf;
use std::slice;

use clap::{ValueEnum, ValueHint};

use super::apply::written_files;
use super::args::OutArg;
use super::{CommandPaths, Console, Exit, Failure, input};
use crate::bundle::{Bundle, BundleKind, Destination, runbook_files};
use crate::runbook;

/// Print the runbook of a plan, or write it with its scripts, without the topology
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  poolpair runbook --plan plan.json\n  \
    poolpair runbook --plan plan.json --out-dir runbook\n\n\
    A script runs only from a directory that --out-dir wrote: it needs its module in the same directory.")]
pub(super) struct Args {
    /// A plan that `poolpair plan --out` wrote
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    plan: PathBuf,
    /// What to print: markdown (the checklist) or powershell (the script)
    #[arg(long, value_enum, default_value_t = Format::Markdown, value_name = "FORMAT", hide_possible_values = true,
          conflicts_with = "out_dir")]
    format: Format,
    #[command(flatten)]
    out: OutArg,
    /// Write the checklists, the scripts and their module to this directory instead
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath, conflicts_with = "out")]
    out_dir: Option<PathBuf>,
    /// Replace the runbook in the directory
    #[arg(long, requires = "out_dir")]
    force: bool,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    /// The checklist
    Markdown,
    /// The script
    Powershell,
}

pub(super) fn run(args: &Args, console: &mut Console) -> Result<Exit, Failure> {
    CommandPaths::default().reads([&args.plan]).redirect(&args.out, console)?;
    let stored = input::stored_plan(&args.plan)?;
    let deployment = &stored.record.deployment;
    let steps = runbook::runbook(deployment)?;
    let Some(directory) = &args.out_dir else {
        match args.format {
            Format::Markdown => console.print(&runbook::markdown(deployment, &steps)),
            Format::Powershell => console.print(&runbook::powershell(deployment, &steps)),
        }
        return Ok(Exit::Done);
    };
    let bundle =
        Bundle::new(BundleKind::Runbook, stored.record.input.sha256.clone(), runbook_files(deployment, &steps)?);
    Destination { directory, force: args.force, inputs: slice::from_ref(&args.plan) }.write(&bundle)?;
    console.detail(&written_files(&bundle));
    Ok(Exit::Done)
}
