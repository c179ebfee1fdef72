//! Writing what a command makes, beside its product on stdout.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use miette::Diagnostic;

use super::console::Console;
use super::exit::Exit;
use super::failure::Failure;
use crate::Export;
use crate::request::Request;
use crate::rules::Finding;

/// A file can not be written.
#[derive(Debug, thiserror::Error, Diagnostic)]
#[error("`{}` can not be written: {error}", path.display())]
#[diagnostic(code("poolpair::cli::write"), help("check the directory, its rights and the free space"))]
struct UnwritableFile {
    path: PathBuf,
    error: std::io::Error,
}

/// Writes a file whole or not at all.
pub(super) fn file(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let write = || {
        let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let mut beside = tempfile::Builder::new().prefix(".poolpair-").tempfile_in(parent)?;
        beside.write_all(bytes)?;
        beside.as_file().sync_all()?;
        beside.persist(path)?;
        Ok(())
    };
    write().map_err(|error| Failure::new(Exit::Io, UnwritableFile { path: path.to_owned(), error }))
}

/// Tells findings to the user.
pub(super) fn findings(findings: &[Finding], export: &Export, request: &Request, console: &mut Console) {
    let _ = (export, request);
    for finding in findings {
        console.message(&format!("{:?}: {}: {}", finding.severity, finding.rule.id, finding.message));
    }
}
