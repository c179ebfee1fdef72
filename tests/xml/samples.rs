//! Real exports, where they are at hand: every span reads back what it says.

use std::path::PathBuf;

use poolpair::xml::Node;

use crate::{file_name, files, read, shared};

fn samples() -> Vec<PathBuf> {
    let Some(folder) = shared("samples") else {
        return Vec::new();
    };
    let mut found = [files(&folder), files(&folder.join("two-pools"))].concat();
    found.retain(|path| path.extension().is_some_and(|extension| extension != "md"));
    found
}

#[test]
fn spans_read_back_what_they_say() {
    for path in samples() {
        let bytes = std::fs::read(&path).unwrap();
        let document = read(file_name(&path), bytes.clone()).unwrap();
        document.root().descendants().for_each(check_element);
        let source = document.source();
        assert_eq!(source.bytes(), bytes);
        assert_eq!(source.encode(source.text()), bytes);
    }
}

fn check_element(node: Node<'_>) {
    let source = node.document().source();
    assert!(source.slice(node.span()).starts_with(&format!("<{}", node.qualified_name())));
    assert!(source.slice(node.start_tag()).ends_with('>'));
    if let Some(end) = node.end_tag() {
        assert_eq!(source.slice(end), format!("</{}>", node.qualified_name()));
    }
    for attribute in node.attributes() {
        let quote = attribute.quote();
        let written = format!("{}={quote}{}{quote}", attribute.name(), attribute.raw_value());
        assert_eq!(source.slice(attribute.span()), written);
        assert_eq!(source.slice(attribute.value_span()), attribute.raw_value());
        let stored = source.stored_range(attribute.value_span());
        assert_eq!(source.bytes()[stored], *source.encoding().encoded(attribute.raw_value()));
    }
    for child in node.children() {
        assert_eq!(child.parent().unwrap().id(), node.id());
    }
}
