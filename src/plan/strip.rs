//! A document without some of its parts.

use super::write;
use crate::Export;
use crate::source::{Edit, Edits, Options};
use crate::xml::NodeId;

/// A part that a document can do without.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// An element, with the gap before it.
    Element(NodeId),
    /// An attribute of an element, by its name.
    Attribute(NodeId, String),
}

/// The document without these parts; nothing where they overlap or the rest does not read.
pub(crate) fn without(export: &Export, parts: &[Part], reading: &Options) -> Option<Export> {
    let edit = |part: &Part| match part {
        Part::Element(id) => Some(write::remove(export.document.node(*id))),
        Part::Attribute(id, name) => export
            .document
            .node(*id)
            .attribute(name)
            .map(|attribute| write::remove_attribute(export.source(), attribute)),
    };
    let edits = Edits::ordered(runs(parts.iter().filter_map(edit).collect())).ok()?;
    export.edited(export.source().edited(&edits), &edits, reading).ok()
}

/// Edits of which those that delete what stands side by side are one.
fn runs(mut edits: Vec<Edit>) -> Vec<Edit> {
    edits.sort_by_key(|edit| edit.span);
    edits.dedup_by(|next, last| {
        let is_run = next.span.start == last.span.end && next.text.is_empty() && last.text.is_empty();
        if is_run {
            last.span.end = next.span.end;
        }
        is_run
    });
    edits
}
