//! The tree, in document order.

use std::fmt;

use crate::source::Source;

use super::element::{Element, NodeId};

/// A well-formed document and its source.
///
/// Elements are kept in document order in one array. An element is followed by its descendants and knows where they
/// end, so that children are found by skipping. Attributes and text are not stored; they are read from the source.
pub struct Document {
    pub(super) source: Source,
    pub(super) elements: Vec<Element>,
    pub(super) namespaces: Vec<Box<str>>,
}

impl Document {
    /// The source that this was read from.
    pub fn source(&self) -> &Source {
        &self.source
    }

    pub(super) fn element(&self, id: NodeId) -> &Element {
        // There is a root, and `node` returns only elements of the array.
        self.elements.get(id.0 as usize).unwrap_or(&Element::NONE)
    }

    pub(super) fn namespace(&self, id: u32) -> &str {
        self.namespaces.get(id as usize).map_or("", |name| name)
    }
}

impl fmt::Debug for Document {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Document")
            .field("name", &self.source.name())
            .field("elements", &self.elements.len())
            .finish_non_exhaustive()
    }
}
