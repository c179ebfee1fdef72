//! `poolpair check`.

use std::path::{Path, PathBuf};

use clap::{ValueEnum, ValueHint};

use super::args::{FindingArgs, OutArg, ReadingArgs, ReportArgs, RequestArgs};
use super::{CommandPaths, Console, Exit, Failure, input, output};
use crate::plan;
use crate::report::json::{self, Report};
use crate::report::style::OutputStyle;
use crate::report::unread::UnreadRecord;
use crate::report::{Texts, findings_text, sarif};
use crate::request::Request;
use crate::rules::{Finding, FindingRecord, RULES, Severity, Summary};
use crate::text::count_of;

/// Run the rules over topologies, and over a request if one is given
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  poolpair check topology.xml\n  \
    poolpair check topology.xml --report sarif=findings.sarif --report json=findings.json\n  \
    poolpair check exports/*.xml --format json --strict")]
pub(super) struct Args {
    /// Exported topologies; `-` reads standard input
    #[arg(value_name = "TOPOLOGY", value_hint = ValueHint::FilePath, required = true)]
    topologies: Vec<PathBuf>,
    #[command(flatten)]
    request: RequestArgs,
    /// How to print it: text, json or sarif
    #[arg(long, value_enum, default_value_t = Format::Text, value_name = "FORMAT", hide_possible_values = true)]
    format: Format,
    #[command(flatten)]
    out: OutArg,
    #[command(flatten)]
    reports: ReportArgs,
    #[command(flatten)]
    findings: FindingArgs,
    #[command(flatten)]
    reading: ReadingArgs,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    /// Findings with excerpts, for people
    Text,
    /// JSON for programs
    Json,
    /// SARIF 2.1.0 for code scanning
    Sarif,
}

pub(super) fn run(args: &Args, console: &mut Console) -> Result<Exit, Failure> {
    let paths = CommandPaths::default().reads(&args.topologies).reads_request(&args.request);
    paths.writes_reports(&args.reports).redirect(&args.out, console)?;
    input::options(&args.reading)?;
    let mut results = Results::default();
    match input::optional_request(&args.request) {
        Ok(request) => {
            for path in &args.topologies {
                if let Err(failure) = results.check(path, args, &request, console) {
                    results.fail(&failure.for_input(path), console);
                }
            }
        }
        Err(failure) if failure.exit == Exit::Usage => return Err(failure),
        Err(failure) => results.fail(&failure, console),
    }
    output::reports(&args.reports, &results.records, &results.unread)?;
    match args.format {
        Format::Text if console.is_quiet() => console.print(&results.text),
        Format::Text => console.print(&results.text(args.topologies.len(), console.stdout_style())),
        Format::Json => console.print_bytes(&json::to_bytes(&Report::new(results.records, results.unread))),
        Format::Sarif => console.print_bytes(&sarif::to_bytes(&results.records, &results.unread, RULES)),
    }
    Ok(results.exit)
}

/// The results for all topologies.
#[derive(Default)]
struct Results {
    severities: Vec<Severity>,
    text: String,
    records: Vec<FindingRecord>,
    unread: Vec<UnreadRecord>,
    checked: usize,
    exit: Exit,
}

impl Results {
    fn check(&mut self, path: &Path, args: &Args, request: &Request, console: &Console) -> Result<(), Failure> {
        let export = input::export(path, &args.reading)?;
        let notation = match args.request.is_given() {
            true => input::notation(&args.request.notation, &export, request.example_origin(), &args.reading)?.notation,
            false => input::notation_for_reading(&args.request.notation, &export, &args.reading)?,
        };
        let requested = args.request.is_given().then_some(request);
        let findings = plan::check(&export, requested, &notation, &input::options(&args.reading)?)?;
        let is_text = matches!(args.format, Format::Text);
        if is_text {
            let texts = Texts { topology: export.source(), request: request.source.as_deref() };
            let printed = output::findings_to_print(&findings, console);
            self.text.push_str(&findings_text::findings(&printed, &texts, console.stdout_style()));
        }
        if !is_text || !args.reports.report.is_empty() {
            self.records.extend(output::records(&findings, &export, request));
        }
        self.severities.extend(findings.iter().map(Finding::effective_severity));
        if findings.iter().any(|finding| finding.is_blocking(args.findings.strict)) {
            self.exit = self.exit.max(Exit::Broken);
        }
        self.checked += 1;
        Ok(())
    }

    fn fail(&mut self, failure: &Failure, console: &Console) {
        console.failure(failure);
        self.exit = self.exit.max(failure.exit);
        self.unread.extend(failure.unread());
    }

    fn text(&self, topologies: usize, style: OutputStyle) -> String {
        let Self { text, unread, severities, checked, .. } = self;
        let unread = findings_text::unread(unread);
        let summary = findings_text::summary(&Summary::of(severities.iter().copied()), style);
        match topologies - checked {
            0 => format!("{text}{summary}\n"),
            _ if *checked == 0 => format!("{unread}nothing was checked\n"),
            left => format!("{text}{unread}{summary}; {} not checked\n", count_of(left, "topology", "topologies")),
        }
    }
}
