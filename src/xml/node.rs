//! Reading the tree.

use std::borrow::Cow;
use std::fmt;

use crate::source::Span;

use super::attribute::{Attribute, Attributes};
use super::document::Document;
use super::element::{Element, NodeId};
use super::name::is_space;
use super::namespace::{XML, XMLNS};
use super::text;

/// An element.
#[derive(Clone, Copy)]
pub struct Node<'d> {
    document: &'d Document,
    id: NodeId,
}

impl Document {
    /// The root element.
    pub fn root(&self) -> Node<'_> {
        self.node(NodeId(0))
    }

    /// The element of this number; the root if the number is not of this document.
    pub fn node(&self, id: NodeId) -> Node<'_> {
        let id = if (id.0 as usize) < self.elements.len() { id } else { NodeId(0) };
        Node { document: self, id }
    }
}

impl<'d> Node<'d> {
    fn new(document: &'d Document, id: NodeId) -> Self {
        Self { document, id }
    }

    /// The number of this element.
    pub fn id(self) -> NodeId {
        self.id
    }

    /// The document that this element is part of.
    pub fn document(self) -> &'d Document {
        self.document
    }

    /// The name without its prefix.
    pub fn local_name(self) -> &'d str {
        let Element { local, name_end, .. } = *self.element();
        self.slice(local, name_end)
    }

    /// The prefix, if there is one.
    pub fn prefix(self) -> Option<&'d str> {
        let Element { start, local, .. } = *self.element();
        (local > start + 1).then(|| self.slice(start + 1, local - 1))
    }

    /// The name as written, with its prefix.
    pub fn qualified_name(self) -> &'d str {
        self.document.source().slice(self.name_span())
    }

    /// The namespace; `""` is none.
    pub fn namespace(self) -> &'d str {
        self.document.namespace(self.element().namespace)
    }

    /// Whether the element has this name in this namespace.
    pub fn is(self, namespace: &str, local: &str) -> bool {
        self.local_name() == local && self.namespace() == namespace
    }

    /// The name in the start tag.
    pub fn name_span(self) -> Span {
        self.element().name()
    }

    /// The whole element, from `<` to `>`.
    pub fn span(self) -> Span {
        let Element { start, end, .. } = *self.element();
        Span { start, end }
    }

    /// The start tag, `<…>`, or the whole of `<… />`.
    pub fn start_tag(self) -> Span {
        let Element { start, tag_end, .. } = *self.element();
        Span { start, end: tag_end }
    }

    /// The end tag; none for `<a/>`.
    pub fn end_tag(self) -> Option<Span> {
        let Element { tag_end, end, .. } = *self.element();
        // No other `<` can be in an end tag.
        let start = memchr::memrchr(b'<', self.slice(tag_end, end).as_bytes())?;
        Some(Span { start: tag_end + start as u32, end })
    }

    /// What is between the tags; none for `<a/>`.
    pub fn content(self) -> Option<Span> {
        let end_tag = self.end_tag()?;
        Some(Span { start: self.element().tag_end, end: end_tag.start })
    }

    /// The attributes and namespace declarations in the order written.
    pub fn attributes(self) -> Attributes<'d> {
        let Element { name_end, tag_end, .. } = *self.element();
        let text = self.document.source().text();
        Attributes::new(text.get(..tag_end as usize).unwrap_or_default(), name_end as usize)
    }

    /// The attribute of this name without a prefix.
    pub fn attribute(self, local: &str) -> Option<Attribute<'d>> {
        self.attributes().find(|attribute| attribute.name() == local)
    }

    /// The child elements.
    pub fn children(self) -> impl Iterator<Item = Node<'d>> {
        let end = self.element().next;
        let first = (self.id.0 + 1 < end).then(|| Self::new(self.document, NodeId(self.id.0 + 1)));
        std::iter::successors(first, move |child| {
            let next = child.element().next;
            (next < end).then(|| Self::new(self.document, NodeId(next)))
        })
    }

    /// The last child element: the last descendant, or an element around it.
    pub fn last_child(self) -> Option<Node<'d>> {
        let last = Self::new(self.document, NodeId(self.element().next - 1));
        let mut around = std::iter::successors(Some(last), |node| node.parent());
        around.find(|node| node.element().parent == self.id.0 && node.id != self.id)
    }

    /// The first child element of this name.
    pub fn child(self, namespace: &str, local: &str) -> Option<Node<'d>> {
        self.children().find(|child| child.is(namespace, local))
    }

    /// The parent element; none for the root.
    pub fn parent(self) -> Option<Node<'d>> {
        (self.id.0 > 0).then(|| Self::new(self.document, NodeId(self.element().parent)))
    }

    /// This element and all elements in it, in document order.
    pub fn descendants(self) -> impl Iterator<Item = Node<'d>> {
        (self.id.0..self.element().next).map(move |id| Self::new(self.document, NodeId(id)))
    }

    /// Whether the element holds only white space and child elements: no text, comment or instruction.
    pub fn is_blank(self) -> bool {
        let Some(content) = self.content() else { return true };
        let is_space = |start, end| self.slice(start, end).bytes().all(is_space);
        let mut start = content.start;
        for child in self.children() {
            let Span { start: next, end } = child.span();
            if !is_space(start, next) {
                return false;
            }
            start = end;
        }
        is_space(start, content.end)
    }

    /// The character content of the element itself, without that of its child elements: references resolved, CDATA
    /// sections unwrapped, comments and processing instructions left out, line ends as line feeds.
    pub fn text(self) -> Cow<'d, str> {
        let Some(content) = self.content() else {
            return Cow::Borrowed("");
        };
        let whole = self.document.source().slice(content);
        if self.element().next == self.id.0 + 1 && text::is_plain(whole) {
            return Cow::Borrowed(whole);
        }
        let mut out = Cow::Borrowed("");
        let mut start = content.start;
        for child in self.children() {
            text::append_content(&mut out, self.slice(start, child.span().start));
            start = child.span().end;
        }
        text::append_content(&mut out, self.slice(start, content.end));
        out
    }

    /// The namespace of an attribute of this element; `""` without a prefix, since a default namespace does not apply to
    /// attributes.
    pub fn namespace_of(self, attribute: &Attribute<'d>) -> Cow<'d, str> {
        let prefix = match attribute.prefix() {
            None => return Cow::Borrowed(""),
            Some("xml") => return Cow::Borrowed(XML),
            Some("xmlns") => return Cow::Borrowed(XMLNS),
            Some(prefix) => prefix,
        };
        let declares = |node: Node<'d>| {
            node.attributes().find(|found| found.prefix() == Some("xmlns") && found.local_name() == prefix)
        };
        let mut around = std::iter::successors(Some(self), |node| node.parent());
        around.find_map(declares).map_or(Cow::Borrowed(""), |declaration| declaration.value())
    }

    fn element(self) -> &'d Element {
        self.document.element(self.id)
    }

    fn slice(self, start: u32, end: u32) -> &'d str {
        self.document.source().slice(Span { start, end })
    }
}

impl fmt::Debug for Node<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "<{}> at {}", self.qualified_name(), self.document.source().position(self.span().start))
    }
}
