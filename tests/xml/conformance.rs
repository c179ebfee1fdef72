//! The W3C XML conformance documents, where they are at hand.

use std::path::PathBuf;

use crate::{file_name, files, read, shared};

fn corpus(folder: &str) -> Vec<PathBuf> {
    shared("corpora/w3c-xml").map(|corpus| files(&corpus.join(folder))).unwrap_or_default()
}

#[test]
fn what_is_not_well_formed_is_refused_with_a_position() {
    for path in corpus("not-wf") {
        let outcome = read(file_name(&path), std::fs::read(&path).unwrap());
        let refused = outcome.err().unwrap_or_else(|| panic!("{} is accepted", path.display()));
        assert!(refused.position.is_some(), "{}: {}", path.display(), refused.report);
    }
}

#[test]
fn what_is_well_formed_is_given_back_byte_for_byte() {
    for path in corpus("wf") {
        let bytes = std::fs::read(&path).unwrap();
        let document = read(file_name(&path), bytes.clone())
            .unwrap_or_else(|refused| panic!("{}: {}", path.display(), refused.report));
        let source = document.source();
        assert_eq!(source.bytes(), bytes, "{}", path.display());
        assert_eq!(source.encode(source.text()), bytes, "{}", path.display());
    }
}
