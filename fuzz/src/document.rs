//! Fuzzes reading a document and reporting on it.

use std::error::Error;

use poolpair::Export;
use poolpair::diff::{DifferenceClass, Inventory, compare};
use poolpair::notation::Notation;
use poolpair::pairing::Pairing;
use poolpair::plan;
use poolpair::report::inspect::Inspection;
use poolpair::report::OutputStyle;
use poolpair::report::{Texts, findings_text, json};
use poolpair::source::{Limits, Options, Source};
use poolpair::xml::Document;

/// Bytes are either a document, which is preserved, or an error with a message.
pub fn document(data: &[u8]) {
    let options = options();
    let source = match Source::from_bytes("fuzzed.xml", data.to_vec(), &options) {
        Ok(source) => source,
        Err(error) => return check_error(&error),
    };
    // A document is extracted from an archive.
    let stored = if data.starts_with(b"PK") { source.bytes().to_vec() } else { data.to_vec() };
    assert_eq!(source.bytes(), stored, "a source changed its bytes");
    assert_eq!(source.encode(source.text()), stored, "a source cannot be written as it was read");
    match Document::parse(source, &options.limits) {
        Ok(document) => check_document(&document),
        Err(error) => return check_error(&error),
    }
    match Export::read("fuzzed.xml", data.to_vec(), &options) {
        Ok(export) => check_export(&export),
        Err(error) => check_error(&error),
    }
}

/// Small limits, so that they are also reached.
pub(crate) fn options() -> Options {
    let limits = Limits { depth: 64, elements: 20_000, attributes: 64, value_length: 4096, ..Limits::default() };
    Options { limits, accept_wrong_declaration: true }
}

/// An error and its causes have messages.
fn check_error(error: &dyn Error) {
    let mut next = Some(error);
    while let Some(error) = next {
        assert!(!error.to_string().is_empty() && !format!("{error:?}").is_empty(), "an error without a message");
        next = error.source();
    }
}

fn check_document(document: &Document) {
    let source = document.source();
    let mut end = 0;
    for node in document.root().descendants() {
        let span = node.span();
        assert!(span.range().start >= end, "elements out of order");
        end = node.start_tag().range().end;
        assert!(source.slice(span).starts_with('<') && source.slice(span).ends_with('>'), "a span off its element");
        assert!(node.parent().is_none_or(|parent| parent.span().contains(span)), "a child outside of its parent");
        let _ = (node.text(), node.namespace(), node.prefix(), source.position(span.start));
        for attribute in node.attributes() {
            assert!(node.start_tag().contains(attribute.span()), "an attribute outside of its tag");
            let _ = attribute.value();
        }
    }
}

fn check_export(export: &Export) {
    assert_eq!(compare(export, export), [], "a document differs from itself");
    assert!(Inventory::of(export, export.topology.pool_indices()).changes_to(export).is_empty(), "an inventory differs from itself");
    let notation = Notation::built_in();
    let pairing = Pairing::read(&export.document, &export.topology, &notation);
    let inspection = Inspection::of(export, &pairing, &notation);
    let _ = json::to_bytes(&inspection);
    check_is_sanitized(&inspection.text(None));
    let findings = plan::check(export, None, &notation, &options()).expect("no rule keeps a topology from being read");
    let texts = Texts { topology: export.source(), request: None };
    for style in [OutputStyle::Plain, OutputStyle::Graphical { colour: false, width: 80 }] {
        check_is_sanitized(&findings_text::findings(&findings, &texts, style));
    }
    check_other_encoding(export);
}

/// Output contains no character that is unsafe for display.
fn check_is_sanitized(text: &str) {
    let is_unsafe_for_display =
        |c: char| (c.is_control() && c != '\n') || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    assert!(!text.chars().any(is_unsafe_for_display), "unsafe to display: {text:?}");
}

/// The same text in another encoding has the same meaning.
fn check_other_encoding(export: &Export) {
    let text = export.source().text();
    if text.contains("encoding") {
        return;
    }
    let bytes = text.encode_utf16().flat_map(u16::to_be_bytes);
    let same = Export::read("fuzzed.xml", [0xFE, 0xFF].into_iter().chain(bytes).collect(), &options());
    let same = same.expect("the same text reads in another encoding");
    assert!(compare(export, &same).iter().all(|one| one.class == DifferenceClass::Formatting), "an encoding has a meaning");
}
