//! A document without some of its parts.

use crate::Export;
use crate::edit::{DocumentStyle, gap_before, remove_attribute, remove_run};
use crate::source::{Edits, Options};
use crate::xml::{Node, NodeId};

/// Parts to remove from a document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Parts {
    /// Elements, with the gap before each.
    pub(super) elements: Vec<NodeId>,
    /// Attributes of elements, by name.
    pub(super) attributes: Vec<(NodeId, String)>,
}

/// The document without these parts; `None` if they overlap or the rest is unreadable.
pub(super) fn without(export: &Export, parts: &Parts, reading: &Options) -> Option<Export> {
    let node = |id: NodeId| export.document.node(id);
    let mut elements = parts.elements.clone();
    elements.sort();
    let runs = runs(elements.into_iter().map(node));
    let attributes = parts.attributes.iter().filter_map(|(id, name)| node(*id).attribute(name));
    let document_style = DocumentStyle::of(&export.document);
    let mut edits: Vec<_> = runs.into_iter().map(|(first, last)| remove_run(first, last, &document_style)).collect();
    edits.extend(attributes.map(|attribute| remove_attribute(export.source(), attribute)));
    let edits = Edits::ordered(edits).ok()?;
    export.edited(&edits, reading).ok()
}

/// The first and the last of elements with nothing but gaps between them.
fn runs<'d>(elements: impl Iterator<Item = Node<'d>>) -> Vec<(Node<'d>, Node<'d>)> {
    let mut runs: Vec<(Node<'_>, Node<'_>)> = Vec::new();
    for element in elements {
        let start = element.span().range().start - gap_before(element).len();
        match runs.last_mut() {
            Some((_, last)) if last.span().range().end == start => *last = element,
            _ => runs.push((element, element)),
        }
    }
    runs
}
