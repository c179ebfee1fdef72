//! `poolpair plan`.

use std::path::{Path, PathBuf};

use clap::ValueHint;

use super::args::{FindingArgs, Format, ReadingArgs, ReportArgs, RequestArgs, TopologyArg};
use super::write_file::write_file;
use super::{CommandPaths, Console, Exit, Failure, input, output};
use crate::Export;
use crate::bundle::Artifacts;
use crate::notation::Notation;
use crate::plan::{self, Outcome, PlanOptions, Planned};
use crate::report::{json, plan_text};
use crate::request::Request;

/// Show what would change, and write nothing but the plan
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
    poolpair plan topology.xml --pool pool01.contoso.com --backup pool02.contoso.com\n  \
    poolpair plan topology.xml --request request.toml --out plan.json --detailed-exitcode")]
pub(super) struct Args {
    #[command(flatten)]
    topology: TopologyArg,
    #[command(flatten)]
    request: RequestArgs,
    /// How to print it: text, or json as in plan.json
    #[arg(long, value_enum, default_value_t = Format::Text, value_name = "FORMAT", hide_possible_values = true)]
    format: Format,
    /// Also write the plan as JSON, for `poolpair apply --plan`; `-` prints it instead of the text
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    out: Option<PathBuf>,
    /// Exit with 2 instead of 0 if there are changes
    #[arg(long)]
    detailed_exitcode: bool,
    #[command(flatten)]
    reports: ReportArgs,
    #[command(flatten)]
    findings: FindingArgs,
    #[command(flatten)]
    reading: ReadingArgs,
}

pub(super) fn run(args: &Args, console: &mut Console) -> Result<Exit, Failure> {
    let files = CommandPaths::default().reads([&args.topology.topology]).reads_request(&args.request);
    files.writes(&args.out).writes_reports(&args.reports).check_path_conflicts()?;
    let told = |failure| output::report_unread(&args.reports, failure);
    let before = input::kept_export(&args.topology.topology, &args.reading).map_err(told)?;
    let request = input::request(&args.request).map_err(told)?;
    let choice = input::notation(&args.request.notation, before, request.example_origin(), &args.reading);
    let choice = choice.map_err(told)?;
    let options = input::plan_options(&args.reading, &args.findings)?;
    let planned = make(before, &request, &choice.notation, &options, &args.reports, console)?;
    let Some(planned) = planned else { return Ok(Exit::Broken) };
    let artifacts = Artifacts::new(before, &request, &choice, planned)?;
    let json = json::to_bytes(&artifacts.record);
    let is_printed = args.out.as_deref() == Some(Path::new("-"));
    if let (Some(path), false) = (&args.out, is_printed) {
        write_file(path, &json)?;
    }
    match args.format {
        Format::Text if is_printed => console.product_bytes(&json),
        Format::Text if console.is_quiet() => {}
        Format::Text => {
            console.product(&plan_text::plan(&artifacts.record, &artifacts.runbook, console.product_look()));
        }
        Format::Json => console.product_bytes(&json),
    }
    let changes = !artifacts.record.changes.is_empty();
    Ok(if changes && args.detailed_exitcode { Exit::Changes } else { Exit::Done })
}

/// Makes a plan, which is there to the end; a refused one is told to the user.
pub(super) fn make(
    before: &Export,
    request: &Request,
    notation: &Notation,
    options: &PlanOptions,
    reports: &ReportArgs,
    console: &mut Console,
) -> Result<Option<&'static Planned>, Failure> {
    let outcome = plan::plan(before, request, notation, options);
    let unplanned = |error| Failure::from(error).about(Path::new(before.source().name()));
    let outcome = outcome.map_err(|error| output::report_unread(reports, unplanned(error)))?;
    let findings = match &outcome {
        Outcome::Planned(planned) => &planned.findings,
        Outcome::Refused(findings) => findings,
    };
    output::reports(reports, &output::records(findings, before, request), &[])?;
    match outcome {
        Outcome::Planned(planned) => Ok(Some(Box::leak(planned))),
        Outcome::Refused(findings) => {
            output::findings(&findings, before, request, console);
            Ok(None)
        }
    }
}
