//! `poolpair audit`.

use std::path::PathBuf;

use clap::{ValueEnum, ValueHint};

use super::args::{DocumentArgs, FindingArgs, OutArg, ReportArgs};
use super::write_file::write_file;
use super::{CommandPaths, Console, Exit, Failure, input, output};
use crate::audit::{Audit, Audited};
use crate::pairing::Pairing;
use crate::report::audit::{html, markdown, request, text};
use crate::report::json;
use crate::report::picture::Picture;
use crate::request::Request;
use crate::text::count;

/// Show which pairs hold, what happens if a pool fails, and partners for unpaired pools
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  poolpair audit topology.xml\n  \
    poolpair audit topology.xml --format html --out audit.html --out-request request.toml\n  \
    poolpair plan topology.xml --request request.toml\n\n\
    Exits with 0 regardless of the findings; with --strict, with 1 if there is an error or a warning.")]
pub(super) struct Args {
    /// How to print it: text, json, markdown or html
    #[arg(long, value_enum, default_value_t = Format::Text, value_name = "FORMAT", hide_possible_values = true)]
    format: Format,
    /// Also write the suggested pairs as a request file, for `poolpair plan --request`
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, help_heading = "Output")]
    out_request: Option<PathBuf>,
    #[command(flatten)]
    out: OutArg,
    #[command(flatten)]
    reports: ReportArgs,
    #[command(flatten)]
    findings: FindingArgs,
    #[command(flatten)]
    document: DocumentArgs,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    /// Tables and sentences, for people
    Text,
    /// JSON for programs
    Json,
    /// Markdown for a pull request
    Markdown,
    /// One page in one file
    Html,
}

pub(super) fn run(args: &Args, console: &mut Console) -> Result<Exit, Failure> {
    CommandPaths::of_document(&args.document)
        .writes_reports(&args.reports)
        .writes(&args.out_request)
        .redirect(&args.out, console)?;
    let report_unread = |failure| output::report_unread(&args.reports, failure);
    let (export, notation) = input::document(&args.document).map_err(report_unread)?;
    let pairing = Pairing::read(&export.document, &export.topology, &notation);
    let Audited { audit, findings } = Audited::new(export, &pairing, &notation);
    output::reports(&args.reports, &output::records(&findings, export, &Request::default()), &[])?;
    if let Some(path) = &args.out_request {
        write_file(path, request(&audit).as_bytes())?;
        let pairs = count(audit.suggestions.len(), "suggested pair");
        console.message(&format!("{pairs} in `{}`, for `poolpair plan --request`", path.display()));
    }
    let picture = || Picture::of_topology(&export.topology, &pairing);
    match args.format {
        Format::Text => console.print(&text(&audit, console.stdout_style())),
        Format::Json => console.print_bytes(&json::to_bytes(&audit)),
        Format::Markdown => console.print(&markdown::write(&audit, &picture())),
        Format::Html => console.print(&html::write(&audit, &picture())),
    }
    Ok(if args.findings.strict && has_warnings(&audit) { Exit::Broken } else { Exit::Done })
}

fn has_warnings(audit: &Audit) -> bool {
    audit.summary.errors + audit.summary.warnings > 0
}
