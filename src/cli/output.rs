//! Output in addition to that on stdout.

use std::borrow::Cow;

use super::args::{ReportArgs, ReportFormat};
use super::write_file::write_file;
use super::{Console, Failure};
use crate::Export;
use crate::report::json::{self, Report};
use crate::report::unread::UnreadRecord;
use crate::report::{Texts, findings_text, plan_text, sarif};
use crate::request::Request;
use crate::rules::{Finding, FindingFiles, FindingRecord, RULES, RequestText, Severity};

/// Prints findings.
pub(super) fn findings(findings: &[Finding], export: &Export, request: &Request, console: &Console) {
    let style = console.stderr_style();
    let texts = Texts { topology: export.source(), request: request.source.as_deref() };
    console.error(&findings_text::findings(&findings_to_print(findings, console), &texts, style));
    console.error(&plan_text::refused(&records(findings, export, request), style));
}

/// The findings to print as text: with `--quiet`, only the errors.
pub(super) fn findings_to_print<'f>(findings: &'f [Finding], console: &Console) -> Cow<'f, [Finding]> {
    if !console.is_quiet() {
        return findings.into();
    }
    findings.iter().filter(|finding| finding.effective_severity() == Severity::Error).cloned().collect()
}

/// The records of findings, with the file names that the user gave.
pub(super) fn records(findings: &[Finding], export: &Export, request: &Request) -> Vec<FindingRecord> {
    let request = request.source.as_deref().map(|source| RequestText::new(source.name(), source.inner()));
    let files = FindingFiles { topology_name: export.source().name(), topology: export.source(), request };
    findings.iter().map(|finding| FindingRecord::new(finding, &files).located(&files)).collect()
}

/// Writes the requested reports.
pub(super) fn reports(args: &ReportArgs, records: &[FindingRecord], unread: &[UnreadRecord]) -> Result<(), Failure> {
    for (format, path) in &args.report {
        let bytes = match format {
            ReportFormat::Json => json::to_bytes(&Report::new(records.to_vec(), unread.to_vec())),
            ReportFormat::Sarif => sarif::to_bytes(records, unread, RULES),
        };
        write_file(path, &bytes)?;
    }
    Ok(())
}

/// Writes the reports of a command that could not read its input, and returns the failure: without a new report, a
/// pipeline would assume that there are no findings.
pub(super) fn report_unread(args: &ReportArgs, failure: Failure) -> Failure {
    match failure.unread() {
        unread if unread.is_empty() => failure,
        unread => match reports(args, &[], &unread) {
            Ok(()) => failure,
            Err(unwritten) => failure.and(unwritten),
        },
    }
}
