//! The W3C XML conformance documents, where they are at hand.

use std::path::{Path, PathBuf};

use poolpair::source::{Options, Source};
use poolpair::xml::Document;

fn corpus(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/corpora/w3c-xml").join(folder);
    let folder = if folder.exists() {
        folder
    } else {
        println!("skipped: {} is not here", folder.display());
        return Vec::new();
    };
    let entries = std::fs::read_dir(folder).unwrap();
    let mut files: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

/// The message with its place, or the bytes given back.
fn read(path: &Path) -> Result<Vec<u8>, String> {
    let name = path.file_name().unwrap().to_str().unwrap();
    let options = Options::default();
    let source = Source::from_bytes(name, std::fs::read(path).unwrap(), &options)
        .map_err(|error| format!("{error} ({:?})", error.position()))?;
    let document = Document::parse(source, &options.limits).map_err(|error| {
        let position = error.position().unwrap();
        format!("{error} ({position})")
    })?;
    Ok(document.into_source().bytes().to_vec())
}

#[test]
fn what_is_not_well_formed_is_refused() {
    for path in corpus("not-wf") {
        match read(&path) {
            Ok(_) => panic!("{} was accepted", path.display()),
            Err(message) => println!("{}: {message}", path.file_name().unwrap().display()),
        }
    }
}

#[test]
fn what_is_well_formed_is_given_back_byte_for_byte() {
    for path in corpus("wf") {
        match read(&path) {
            Ok(bytes) => assert_eq!(bytes, std::fs::read(&path).unwrap(), "{}", path.display()),
            Err(message) => panic!("{} was refused: {message}", path.display()),
        }
    }
}
