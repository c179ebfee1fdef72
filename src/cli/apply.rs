//! `poolpair apply`.

use std::path::{Path, PathBuf};

use clap::ValueHint;

use super::args::PlanningArgs;
use super::{CommandPaths, Console, Exit, Failure, plan};
use crate::bundle::{Artifacts, Bundle, Destination};
use crate::report::verdict::Verdict;
use crate::report::{OutputStyle, plan_text};
use crate::text::{count, sanitize};
use crate::topology::Dialect;

/// Write the edited topology, its diff, the runbook and the reports
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
    poolpair apply topology.xml --pool pool01.contoso.com --backup pool02.contoso.com --out-dir bundle\n  \
    poolpair apply topology.xml --plan plan.json --out-dir bundle")]
pub(super) struct Args {
    /// A plan that `poolpair plan --out` wrote, instead of a request
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, conflicts_with_all = ["request", "pool", "unpair", "allow", "notation"])]
    plan: Option<PathBuf>,
    /// The directory to write: all of the bundle, or nothing
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    out_dir: PathBuf,
    /// Replace the bundle in the directory
    #[arg(long)]
    force: bool,
    #[command(flatten)]
    planning: PlanningArgs,
}

pub(super) fn run(args: &Args, console: &mut Console) -> Result<Exit, Failure> {
    let files = CommandPaths::of_planning(&args.planning).reads(&args.plan).writes_bundle(&args.out_dir);
    files.check_path_conflicts()?;
    let Some(artifacts) = plan::make(&args.planning, args.plan.as_deref(), console)? else { return Ok(Exit::Broken) };
    let bundle = artifacts.bundle()?;
    Destination { directory: &args.out_dir, force: args.force, inputs: files.inputs() }.write(&bundle)?;
    console.detail(&written_files(&bundle));
    if !console.is_quiet() {
        console.message(&summary(&artifacts, &args.out_dir, console.stderr_style()));
    }
    Ok(Exit::Done)
}

/// The message that lists the written files.
pub(super) fn written_files(bundle: &Bundle<'_>) -> String {
    format!("wrote {}", bundle.files().map(|(name, _)| name).collect::<Vec<_>>().join(", "))
}

fn summary(artifacts: &Artifacts<'_>, directory: &Path, style: OutputStyle) -> String {
    let directory = sanitize(&directory.to_string_lossy());
    let is_configuration = artifacts.record.input.dialect == Dialect::ConfigurationExport;
    let form_note = match is_configuration {
        true => "; topology.xml is the topology of the configuration in published form",
        false => "",
    };
    let written = match artifacts.record.changes.len() {
        0 if is_configuration => format!("nothing to change: written to `{directory}`{form_note}"),
        0 if artifacts.record.deployment.as_requested => {
            format!(
                "{}; written to `{directory}`, with the input byte for byte",
                Verdict::of(&artifacts.record).sentence()
            )
        }
        0 => format!("nothing to change: the topology in `{directory}` is the input, byte for byte"),
        changes => format!("{}: file check passed, written to `{directory}`{form_note}", count(changes, "change")),
    };
    let next = "review.html or review.md in that directory, then runbook.md";
    format!("{written}\n\n{}", plan_text::facts(&artifacts.record, &artifacts.runbook, next, style))
}
