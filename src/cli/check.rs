//! `poolpair check`.

use std::path::{Path, PathBuf};

use clap::{ValueEnum, ValueHint};

use super::args::{FindingArgs, ReadingArgs, ReportArgs, RequestArgs};
use super::console::Console;
use super::exit::Exit;
use super::failure::Failure;
use super::path_conflicts::CommandPaths;
use super::{input, output};
use crate::plan;
use crate::report::json::{self, Report};
use crate::report::style::OutputStyle;
use crate::report::words::count_of;
use crate::report::{Texts, findings_text, sarif};
use crate::request::Request;
use crate::rules::{Finding, FindingRecord, RULES, Severity, Summary};

/// Run the rules over topologies, and over a request if one is given
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  poolpair check topology.xml\n  \
    poolpair check topology.xml --request request.toml --report sarif=findings.sarif\n  \
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

/// What the rules say of one topology, in as many forms as are asked for.
struct Checked {
    severities: Vec<Severity>,
    text: String,
    records: Vec<FindingRecord>,
    blocks: bool,
}

pub(super) fn run(args: &Args, console: &mut Console) -> Result<Exit, Failure> {
    CommandPaths::default()
        .reads(&args.topologies)
        .reads_request(&args.request)
        .writes_reports(&args.reports)
        .check_path_conflicts()?;
    let request = input::optional_request(&args.request)?;
    let style = console.product_look();
    let mut exit = Exit::Done;
    let (mut severities, mut text, mut records) = (Vec::new(), String::new(), Vec::new());
    let mut unread = 0;
    for path in &args.topologies {
        match check(path, args, &request, style) {
            Ok(checked) => {
                exit = exit.max(if checked.blocks { Exit::Broken } else { Exit::Done });
                severities.extend(checked.severities);
                text.push_str(&checked.text);
                records.extend(checked.records);
            }
            Err(failure) => {
                failure.print(console);
                exit = exit.max(failure.exit);
                unread += 1;
            }
        }
    }
    output::reports(&args.reports, &records)?;
    match args.format {
        Format::Text => {
            let summary = findings_text::summary(&Summary::of(severities), style);
            console.product(&match unread {
                0 => format!("{text}{summary}\n"),
                _ if unread == args.topologies.len() => String::new(),
                _ => format!("{text}{summary}; {} could not be read\n", count_of(unread, "topology", "topologies")),
            });
        }
        Format::Json => console.product_bytes(&json::to_bytes(&Report::new(records))),
        Format::Sarif => console.product_bytes(&sarif::to_bytes(&records, RULES)),
    }
    Ok(exit)
}

fn check(path: &Path, args: &Args, request: &Request, style: OutputStyle) -> Result<Checked, Failure> {
    let export = input::export(path, &args.reading)?;
    let notation = match args.request.is_given() {
        true => input::notation(&args.request.notation, &export, request.example_origin(), &args.reading)?.notation,
        false => input::notation_for_reading(&args.request.notation, &export, &args.reading)?,
    };
    let reading = input::options(&args.reading)?;
    let requested = args.request.is_given().then_some(request);
    let findings = plan::check(&export, requested, &notation, &reading)?;
    let texts = Texts { topology: export.source(), request: request.source.as_deref() };
    let is_text = matches!(args.format, Format::Text);
    let is_recorded = !is_text || !args.reports.report.is_empty();
    let text = is_text.then(|| findings_text::findings(&findings, &texts, style));
    let records = is_recorded.then(|| output::records(&findings, &export, request));
    Ok(Checked {
        severities: findings.iter().map(Finding::effective_severity).collect(),
        text: text.unwrap_or_default(),
        records: records.unwrap_or_default(),
        blocks: findings.iter().any(|finding| finding.is_blocking(args.findings.strict)),
    })
}
