//! `poolpair apply`.

use std::path::PathBuf;

use clap::ValueHint;

use super::apart::Files;
use super::args::{GlobalArgs, ReportArgs, RequestArgs, TopologyArg};
use super::console::Console;
use super::exit::Exit;
use super::failure::Failure;
use super::{input, plan, stored_plan};
use crate::artifacts::Artifacts;
use crate::report::text::harmless;

/// Write the edited topology, its diff, the runbook and the reports
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
    poolpair apply topology.xml --pool pool01.contoso.com --backup pool02.contoso.com --out-dir bundle\n  \
    poolpair apply topology.xml --plan plan.json --out-dir bundle")]
pub(super) struct Args {
    #[command(flatten)]
    topology: TopologyArg,
    #[command(flatten)]
    request: RequestArgs,
    /// A plan that `poolpair plan --out` wrote, instead of a request
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, conflicts_with_all = ["request", "pool", "unpair", "allow", "notation"])]
    plan: Option<PathBuf>,
    /// The directory to write
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    out_dir: PathBuf,
    /// Replace a bundle that is there already
    #[arg(long)]
    force: bool,
    #[command(flatten)]
    reports: ReportArgs,
}

pub(super) fn run(args: &Args, global: &GlobalArgs, console: &mut Console) -> Result<Exit, Failure> {
    let files = Files::default().reads([&args.topology.topology]).reads(&args.plan).reads_request(&args.request);
    files.writes_reports(&args.reports).writes_bundle(&args.out_dir).are_apart()?;
    let before = input::export(&args.topology.topology, global)?;
    let stored = args.plan.as_deref().map(|path| stored_plan::StoredPlan::read(path, &before)).transpose()?;
    let (request, notation) = match &stored {
        Some(stored) => (stored.request.clone(), stored.record.notation.clone()),
        None => (input::request(&args.request)?, input::notation(&args.request.notation)?),
    };
    let planned = plan::make(&before, &request, &notation, global, &args.reports, console)?;
    let Some(planned) = planned else { return Ok(Exit::Broken) };
    let artifacts = Artifacts::new(&before, &request, &notation, &planned)?;
    if let Some(stored) = &stored {
        stored.check(&artifacts.record)?;
    }
    let bundle = artifacts.bundle()?;
    bundle.write(&args.out_dir, args.force)?;
    let files: Vec<_> = bundle.manifest().files.iter().map(|file| file.name.as_str()).collect();
    console.detail(&format!("wrote {} and {}", files.join(", "), crate::bundle::Bundle::MANIFEST));
    console.message(&summary(&artifacts, &args.out_dir));
    Ok(Exit::Done)
}

fn summary(artifacts: &Artifacts<'_>, directory: &std::path::Path) -> String {
    let directory = harmless(&directory.to_string_lossy());
    match artifacts.record.changes.len() {
        0 => format!("nothing to change: the topology in `{directory}` is the input, byte for byte"),
        1 => format!("1 change, proved and written to `{directory}`; read review.md there first"),
        count => format!("{count} changes, proved and written to `{directory}`; read review.md there first"),
    }
}
