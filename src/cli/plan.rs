//! `poolpair plan`.

use std::path::{Path, PathBuf};

use clap::ValueHint;

use super::args::{Format, PlanningArgs, ReportArgs};
use super::write_file::write_file;
use super::{CommandPaths, Console, Exit, Failure, input, output};
use crate::Export;
use crate::bundle::Artifacts;
use crate::notation::Choice;
use crate::plan::{self, Outcome, PlanOptions};
use crate::report::{json, plan_text};
use crate::request::Request;

/// Show what would change; only the plan can be written
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
    poolpair plan topology.xml --pool pool01.contoso.com --backup pool02.contoso.com\n  \
    poolpair plan topology.xml --request request.toml --out plan.json --detailed-exitcode")]
pub(super) struct Args {
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
    planning: PlanningArgs,
}

pub(super) fn run(args: &Args, console: &mut Console) -> Result<Exit, Failure> {
    CommandPaths::of_planning(&args.planning).writes(&args.out).check_path_conflicts()?;
    let Some(artifacts) = make(&args.planning, None, console)? else { return Ok(Exit::Broken) };
    let json = json::to_bytes(&artifacts.record);
    let is_printed = args.out.as_deref() == Some(Path::new("-"));
    if let (Some(path), false) = (&args.out, is_printed) {
        write_file(path, &json)?;
    }
    match args.format {
        Format::Text if is_printed => console.print_bytes(&json),
        Format::Text if console.is_quiet() => {}
        Format::Text => {
            console.print(&plan_text::plan(&artifacts.record, &artifacts.runbook, console.stdout_style()));
        }
        Format::Json => console.print_bytes(&json),
    }
    let changes = !artifacts.record.changes.is_empty();
    Ok(if changes && args.detailed_exitcode { Exit::Changes } else { Exit::Done })
}

/// Makes a plan, or makes a stored one again; writes reports also if the input cannot be read.
pub(super) fn make(
    args: &PlanningArgs,
    stored: Option<&Path>,
    console: &Console,
) -> Result<Option<Artifacts<'static>>, Failure> {
    let result = input::leaked_export(&args.topology, &args.reading).and_then(|before| match stored {
        None => {
            let request = input::request(&args.request)?;
            let choice = input::notation(&args.request.notation, before, request.example_origin(), &args.reading)?;
            let options = input::plan_options(&args.reading, &args.findings)?;
            make_from(before, &request, &choice, &options, &args.reports, console)
        }
        Some(path) => {
            let stored = input::stored_plan(path).map_err(|failure| failure.for_input(path))?;
            stored.check_input(before).map_err(|error| Failure::from(error).for_input(path))?;
            let options = input::plan_options(&args.reading, &args.findings)?;
            let choice = stored.record.choice();
            let artifacts = make_from(before, &stored.request, &choice, &options, &args.reports, console)?;
            artifacts.iter().try_for_each(|artifacts| stored.check(&artifacts.record))?;
            Ok(artifacts)
        }
    });
    result.map_err(|failure| output::report_unread(&args.reports, failure))
}

/// Makes a plan and leaks it; prints the findings if it is refused.
pub(super) fn make_from(
    before: &'static Export,
    request: &Request,
    choice: &Choice,
    options: &PlanOptions,
    reports: &ReportArgs,
    console: &Console,
) -> Result<Option<Artifacts<'static>>, Failure> {
    let input_failure = |error| Failure::from(error).for_input(Path::new(before.source().name()));
    let outcome = plan::plan(before, request, &choice.notation, options).map_err(input_failure)?;
    let findings = match &outcome {
        Outcome::Planned(planned) => &planned.findings,
        Outcome::Refused(findings) => findings,
    };
    output::reports(reports, &output::records(findings, before, request), &[])?;
    Ok(match outcome {
        Outcome::Planned(planned) => Some(Artifacts::new(before, request, choice, Box::leak(planned))?),
        Outcome::Refused(findings) => {
            output::findings(&findings, before, request, console);
            None
        }
    })
}
