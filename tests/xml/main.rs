//! Bytes and XML: what is taken, what is refused, and that nothing else happens.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test fails by panicking, and tells what it skips"
)]

mod bad;
mod conformance;
mod hostile;
mod oracle;
mod places;
mod reading;
mod samples;

use std::path::{Path, PathBuf};

use miette::Diagnostic;
use poolpair::source::{Options, Position, Source};
use poolpair::xml::Document;

/// A document that is refused: by `source` or by `xml`.
#[derive(Debug)]
struct Refused {
    code: String,
    position: Option<Position>,
    report: Box<dyn Diagnostic + Send + Sync>,
}

/// Reads a document with the default limits.
fn read(name: &str, bytes: impl Into<Vec<u8>>) -> Result<Document, Refused> {
    read_with(name, bytes, &Options::default())
}

fn read_with(name: &str, bytes: impl Into<Vec<u8>>, options: &Options) -> Result<Document, Refused> {
    let source = Source::from_bytes(name, bytes.into(), options).map_err(|error| refused(error.position(), error))?;
    Document::parse(source, &options.limits).map_err(|error| refused(error.position(), error))
}

fn refused(position: Option<Position>, error: impl Diagnostic + Send + Sync + 'static) -> Refused {
    let code = error.code().unwrap().to_string();
    Refused { code, position, report: Box::new(error) }
}

/// A folder that lies beside the project, or nothing and a word that the test is skipped.
fn shared(folder: &str) -> Option<PathBuf> {
    let around = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().skip(1);
    let found = around.map(|above| above.join("shared").join(folder)).find(|path| path.exists());
    if found.is_none() {
        println!("skipped: there is no ../shared/{folder}");
    }
    found
}

/// The files in `folder` by name.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap();
    let mut files: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.is_file());
    files.sort();
    files
}

fn file_name(path: &Path) -> &str {
    path.file_name().unwrap().to_str().unwrap()
}
