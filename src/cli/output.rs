//! Writing what a command makes, beside its product on stdout.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use miette::Diagnostic;

use super::args::{ReportArgs, ReportFormat};
use super::console::Console;
use super::exit::Exit;
use super::failure::Failure;
use crate::Export;
use crate::bundle::without_path;
use crate::report::json::{self, Report};
use crate::report::unread::UnreadRecord;
use crate::report::{Texts, findings_text, plan_text, sarif};
use crate::request::Request;
use crate::rules::{Finding, FindingFiles, FindingRecord, RULES, RequestText};

/// A file cannot be written.
#[derive(Debug, thiserror::Error, Diagnostic)]
#[error("`{}` cannot be written: {error}", path.display())]
#[diagnostic(code("poolpair::cli::write"), help("check the directory, its rights and the free space"))]
struct UnwritableFile {
    path: PathBuf,
    error: io::Error,
}

/// Writes a file whole or not at all.
pub(super) fn file(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let written = match fs::symlink_metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => replace(path, bytes),
        Ok(there) if there.is_file() => replace(path, bytes),
        // What is no plain file, be it a link, a pipe or a device, stays and is written to.
        _ => fs::write(path, bytes),
    };
    written.map_err(|error| Failure::new(Exit::Io, UnwritableFile { path: path.to_owned(), error }))
}

fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut builder = tempfile::Builder::new();
    // A temporary file is for its owner alone unless told otherwise; this one is a product for others to read.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut beside = builder.prefix(".poolpair-").tempfile_in(parent).map_err(without_path)?;
    beside.write_all(bytes)?;
    beside.as_file().sync_all()?;
    beside.persist(path)?;
    Ok(())
}

/// Tells findings to the user.
pub(super) fn findings(findings: &[Finding], export: &Export, request: &Request, console: &mut Console) {
    let style = console.message_look();
    let texts = Texts { topology: export.source(), request: request.source.as_deref() };
    console.error(&findings_text::findings(findings, &texts, style));
    console.error(&plan_text::refused(&records(findings, export, request), style));
}

/// Findings with places that are told by the names that the user gave.
pub(super) fn records(findings: &[Finding], export: &Export, request: &Request) -> Vec<FindingRecord> {
    let request = request.source.as_deref().map(|source| RequestText::new(source.name(), source.inner()));
    let files = FindingFiles { topology_name: export.source().name(), topology: export.source(), request };
    findings.iter().map(|finding| FindingRecord::new(finding, &files).located(&files)).collect()
}

/// Writes the reports that are asked for.
pub(super) fn reports(args: &ReportArgs, records: &[FindingRecord], unread: &[UnreadRecord]) -> Result<(), Failure> {
    for (format, path) in &args.report {
        let bytes = match format {
            ReportFormat::Json => json::to_bytes(&Report::new(records.to_vec(), unread.to_vec())),
            ReportFormat::Sarif => sarif::to_bytes(records, unread, RULES),
        };
        file(path, &bytes)?;
    }
    Ok(())
}

/// Writes the reports of a command that could not read its input, and hands the failure on: without a report, or with
/// an old one, a pipeline would take it that nothing was found.
pub(super) fn report_unread(args: &ReportArgs, failure: Failure) -> Failure {
    match failure.unread() {
        unread if unread.is_empty() => failure,
        unread => match reports(args, &[], &unread) {
            Ok(()) => failure,
            Err(unwritten) => failure.and(unwritten),
        },
    }
}
