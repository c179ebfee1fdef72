//! The layout around a place in a document, so that new XML looks like its neighbours.

use std::cell::OnceCell;
use std::collections::HashSet;
use std::iter;

use crate::source::Span;
use crate::xml::{Document, Node};

/// How elements are written around a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Style {
    /// The white space before an element there, its line end and indent.
    pub(crate) gap: String,
    /// What one more level adds to the gap.
    pub(crate) unit: String,
    /// The quote around attribute values.
    pub(crate) quote: char,
    /// How an element without content is written.
    pub(crate) empty: EmptyTag,
    /// Whether `xmlns` comes after the other attributes.
    pub(crate) namespace_last: bool,
}

/// How an element without content is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum EmptyTag {
    /// `<a />`
    Spaced,
    /// `<a/>`
    Tight,
    /// `<a></a>`
    Pair,
}

/// The layout of a document as a whole, for what the neighbours of a place do not show. Each part is looked up once.
pub(crate) struct DocumentStyle<'d> {
    document: &'d Document,
    empty: OnceCell<EmptyTag>,
    namespace_last: OnceCell<bool>,
    over_lines: OnceCell<HashSet<&'d str>>,
}

impl<'d> DocumentStyle<'d> {
    pub(crate) fn of(document: &'d Document) -> Self {
        let (empty, namespace_last, over_lines) = (OnceCell::new(), OnceCell::new(), OnceCell::new());
        Self { document, empty, namespace_last, over_lines }
    }

    fn empty(&self) -> EmptyTag {
        let first = || self.document.root().descendants().find_map(empty_tag);
        *self.empty.get_or_init(|| first().unwrap_or(EmptyTag::Spaced))
    }

    fn namespace_last(&self) -> bool {
        let root = self.document.root();
        let inside_first = root.descendants().skip(1).chain(iter::once(root));
        *self.namespace_last.get_or_init(|| inside_first.into_iter().find_map(namespace_last).unwrap_or(false))
    }

    /// Whether the first empty element of a name is written over two lines, as manual edits may leave it.
    pub(super) fn is_empty_over_lines(&self, name: &str) -> bool {
        let names = || {
            let mut seen = HashSet::new();
            let all = self.document.root().descendants();
            let empty = all.filter(|one| one.content().is_none_or(|content| is_blank(*one, content)));
            let first = empty.filter(|one| seen.insert(one.local_name()));
            let over_lines = first.filter(|one| one.content().is_some_and(|content| !content.is_empty()));
            over_lines.map(Node::local_name).collect()
        };
        self.over_lines.get_or_init(names).contains(name)
    }
}

impl Style {
    /// The style for a new sibling of `neighbour`.
    pub(crate) fn of_neighbour(neighbour: Node<'_>, document_style: &DocumentStyle<'_>) -> Self {
        let gap = gap_before(neighbour).to_owned();
        let unit = neighbour.parent().map_or("", |parent| deeper(gap_before(parent), &gap));
        Self {
            unit: unit.to_owned(),
            quote: quote_in(neighbour),
            empty: neighbour.descendants().find_map(empty_tag).unwrap_or_else(|| document_style.empty()),
            namespace_last: (neighbour.descendants().find_map(namespace_last))
                .unwrap_or_else(|| document_style.namespace_last()),
            gap,
        }
    }

    /// Everything on one line.
    pub(crate) fn one_line() -> Self {
        let nothing = String::new;
        Self { gap: nothing(), unit: nothing(), quote: '"', empty: EmptyTag::Spaced, namespace_last: false }
    }

    /// The style for the first child of `parent`.
    pub(crate) fn inside(parent: Node<'_>, document_style: &DocumentStyle<'_>) -> Self {
        let of_parent = Self::of_neighbour(parent, document_style);
        let gap = if of_parent.gap.is_empty() { String::new() } else { format!("{}{}", of_parent.gap, of_parent.unit) };
        Self { gap, ..of_parent }
    }

    /// The style of the next level.
    pub(crate) fn indented(&self) -> Self {
        Self { gap: format!("{}{}", self.gap, self.unit), ..self.clone() }
    }
}

/// The line end and the indent before an element, or a blank if it follows another on one line. Blank lines, and blanks
/// at the end of the previous line, are not part of a layout that new elements should copy.
pub(crate) fn gap_before(node: Node<'_>) -> &str {
    last_line(space_before(node))
}

/// All white space directly before an element.
pub(super) fn space_before(node: Node<'_>) -> &str {
    let text = node.document().source().text();
    let before = text.get(..node.span().range().start).unwrap_or_default();
    before.get(before.trim_end_matches(is_space).len()..).unwrap_or_default()
}

/// The last line end of white space and what follows it; without a line end, at most one blank.
pub(super) fn last_line(space: &str) -> &str {
    let Some(line_end) = space.rfind('\n') else { return if space.is_empty() { "" } else { " " } };
    let start = if space[..line_end].ends_with('\r') { line_end - 1 } else { line_end };
    space.get(start..).unwrap_or_default()
}

/// The length of the rest of a line of blanks; `None` if anything else follows.
pub(super) fn blank_rest_of_line(text: &str) -> usize {
    let rest = text.trim_start_matches([' ', '\t']);
    if rest.starts_with(['\r', '\n']) { text.len() - rest.len() } else { 0 }
}

/// Whether this is white space between elements: to XML, other blanks are text.
pub(super) fn is_space(character: char) -> bool {
    matches!(character, ' ' | '\t' | '\r' | '\n')
}

/// Whether a part of an element's content is white space, or nothing.
pub(super) fn is_blank(element: Node<'_>, part: Span) -> bool {
    element.document().source().slice(part).chars().all(is_space)
}

/// What the inner gap has after the outer one; `None` if the layout has no lines.
fn deeper<'g>(outer: &str, inner: &'g str) -> &'g str {
    let indent = |gap: &'g str| gap.rsplit_once('\n').map(|(_, indent)| indent);
    let outer = outer.rsplit_once('\n').map_or("", |(_, indent)| indent);
    indent(inner).and_then(|inner| inner.strip_prefix(outer)).unwrap_or_default()
}

fn quote_in(node: Node<'_>) -> char {
    node.descendants().find_map(|node| node.attributes().next()).map_or('"', |attribute| attribute.quote())
}

/// Whether an element has its `xmlns` after all else; `None` if it does not show.
fn namespace_last(node: Node<'_>) -> Option<bool> {
    let at = node.attributes().position(|attribute| attribute.name() == "xmlns")?;
    let count = node.attributes().count();
    (count > 1).then_some(at + 1 == count)
}

fn empty_tag(node: Node<'_>) -> Option<EmptyTag> {
    let source = node.document().source();
    match node.content() {
        Some(content) => content.is_empty().then_some(EmptyTag::Pair),
        None => {
            let spaced = source.slice(node.start_tag()).trim_end_matches("/>").ends_with(char::is_whitespace);
            Some(if spaced { EmptyTag::Spaced } else { EmptyTag::Tight })
        }
    }
}
