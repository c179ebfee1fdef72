//! What the tree holds of an element.

use crate::source::Span;

use super::tag::Name;

/// The number of an element in its document, in document order from 0.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct NodeId(pub(super) u32);

/// An element: offsets into the text, and numbers of other elements.
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
    /// After the `>` of the end tag; `tag_end` when there is none.
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
        let Span { start, end: tag_end } = tag;
        Self { start, local: name.local, name_end: name.end, tag_end, namespace, parent, ..Self::NONE }
    }

    /// The name in the start tag.
    pub(super) fn name(&self) -> Span {
        Span { start: self.start + 1, end: self.name_end }
    }

    pub(super) const NONE: Self =
        Self { start: 0, local: 0, name_end: 0, tag_end: 0, end: 0, namespace: 0, parent: 0, next: 0 };
}
