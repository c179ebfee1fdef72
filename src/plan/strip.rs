//! A document without some of its parts.

use super::write;
use crate::Export;
use crate::source::{Edits, Options};
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
    let edits = Edits::ordered(parts.iter().filter_map(edit).collect()).ok()?;
    export.edited(export.source().edited(&edits), &edits, reading).ok()
}
