//! The tree, in document order.

use std::fmt;

use crate::source::{Limits, Source, Span};

use super::builder::Builder;
use super::fault::Error;
use super::node::Node;
use super::tag::Name;

/// A well-formed document and its source.
///
/// Elements are kept in document order in one array; an element is followed by its descendants, and knows where they
/// end, so that children are found by skipping. Nothing is kept for attributes and text but their place.
pub struct Document {
    pub(super) source: Source,
    pub(super) elements: Vec<Element>,
    pub(super) namespaces: Vec<Box<str>>,
}

impl Document {
    /// Reads `source`.
    ///
    /// # Errors
    /// The text is not well-formed, has a document type declaration, or goes beyond a limit.
    pub fn parse(source: Source, limits: &Limits) -> Result<Self, Error> {
        match Builder::new(source.text(), limits).build() {
            Ok((elements, namespaces)) => Ok(Self { source, elements, namespaces }),
            Err(located) => Err(located.at(&source)),
        }
    }

    /// The file that this was read from.
    pub fn source(&self) -> &Source {
        &self.source
    }

    /// Gives the file back.
    pub fn into_source(self) -> Source {
        self.source
    }

    /// The one element that holds all others.
    pub fn root(&self) -> Node<'_> {
        self.node(NodeId(0))
    }

    /// The element of this number. One that comes from another document is the root.
    pub fn node(&self, id: NodeId) -> Node<'_> {
        let id = if (id.0 as usize) < self.elements.len() { id } else { NodeId(0) };
        Node::new(self, id)
    }

    /// The number of elements.
    pub fn element_count(&self) -> usize {
        self.elements.len()
    }

    pub(super) fn element(&self, id: NodeId) -> &Element {
        // There is a root, and `node` makes no others than those in the array.
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

/// The number of an element in its document, in document order from 0.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct NodeId(pub(super) u32);

/// What is kept of an element: offsets into the text, and numbers of other elements.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Element {
    /// The `<` of the start tag.
    pub(super) start: u32,
    /// The first byte of the local name.
    pub(super) local: u32,
    /// After the name.
    pub(super) name_end: u32,
    /// After the `>` of the start tag.
    pub(super) tag_end: u32,
    /// The `<` of the end tag; `end` when there is none.
    pub(super) close: u32,
    /// After the `>` of the end tag.
    pub(super) end: u32,
    /// The number of the namespace.
    pub(super) namespace: u32,
    /// The number of the parent; its own for the root.
    pub(super) parent: u32,
    /// The number after the last descendant.
    pub(super) next: u32,
}

impl Element {
    /// An element whose start tag is at `tag`; its end is not known yet.
    pub(super) fn opened(tag: Span, name: Name, namespace: u32, parent: u32) -> Self {
        let Span { start: local, end: name_end } = Span::new(name.local, name.end);
        let Span { start, end: tag_end } = tag;
        Self { start, local, name_end, tag_end, namespace, parent, ..Self::NONE }
    }

    /// The name in the start tag.
    pub(super) fn name(&self) -> Span {
        Span { start: self.start + 1, end: self.name_end }
    }

    pub(super) const NONE: Self =
        Self { start: 0, local: 0, name_end: 0, tag_end: 0, close: 0, end: 0, namespace: 0, parent: 0, next: 0 };
}
