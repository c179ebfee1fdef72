//! The layout of a place in a document, so that new XML looks like its neighbours.

use crate::xml::Node;

/// How elements are written around a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Style {
    /// The white space before an element there, its line end and indent.
    pub(crate) gap: String,
    /// What one level deeper adds to the gap.
    pub(crate) unit: String,
    /// The quote around attribute values.
    pub(crate) quote: char,
    /// How an element without content is written.
    pub(crate) empty: EmptyTag,
    /// Whether `xmlns` stands after the other attributes.
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

impl Style {
    /// The style for a new sibling of `neighbour`.
    pub(crate) fn of_neighbour(neighbour: Node<'_>) -> Self {
        let gap = gap_before(neighbour).to_owned();
        let unit = neighbour.parent().map_or("", |parent| deeper(gap_before(parent), &gap));
        Self {
            unit: unit.to_owned(),
            quote: quote_in(neighbour),
            empty: empty_tag_in(neighbour),
            namespace_last: namespace_last_in(neighbour),
            gap,
        }
    }

    /// Everything on one line.
    pub(crate) fn one_line() -> Self {
        let nothing = String::new;
        Self { gap: nothing(), unit: nothing(), quote: '"', empty: EmptyTag::Spaced, namespace_last: false }
    }

    /// The style for the first child of `parent`.
    pub(crate) fn inside(parent: Node<'_>) -> Self {
        let of_parent = Self::of_neighbour(parent);
        let gap = if of_parent.gap.is_empty() { String::new() } else { format!("{}{}", of_parent.gap, of_parent.unit) };
        Self { gap, ..of_parent }
    }

    /// The style one level deeper.
    pub(crate) fn indented(&self) -> Self {
        Self { gap: format!("{}{}", self.gap, self.unit), ..self.clone() }
    }
}

/// The line end and the indent before an element, or a blank where it stands behind another on one line. Blank lines,
/// and blanks at the end of the line before, are no part of a layout that anything else should have.
pub(crate) fn gap_before(node: Node<'_>) -> &str {
    last_line(space_before(node))
}

/// All white space right before an element.
pub(super) fn space_before(node: Node<'_>) -> &str {
    let text = node.document().source().text();
    let before = text.get(..node.span().range().start).unwrap_or_default();
    before.get(before.trim_end_matches(is_space).len()..).unwrap_or_default()
}

/// The last line end of white space and what follows it; where it has none, a blank at most.
pub(super) fn last_line(space: &str) -> &str {
    let Some(line_end) = space.rfind('\n') else { return if space.is_empty() { "" } else { " " } };
    let start = if space[..line_end].ends_with('\r') { line_end - 1 } else { line_end };
    space.get(start..).unwrap_or_default()
}

/// How long the rest of a line is that holds nothing but blanks; nothing where something else follows.
pub(super) fn blank_rest_of_line(text: &str) -> usize {
    let rest = text.trim_start_matches([' ', '\t']);
    if rest.starts_with(['\r', '\n']) { text.len() - rest.len() } else { 0 }
}

/// Whether this is white space between elements: to XML, other blanks are text.
pub(crate) fn is_space(character: char) -> bool {
    matches!(character, ' ' | '\t' | '\r' | '\n')
}

/// What the deeper gap has after the outer one; nothing where the layout has no lines.
fn deeper<'g>(outer: &str, inner: &'g str) -> &'g str {
    let indent = |gap: &'g str| gap.rsplit_once('\n').map(|(_, indent)| indent);
    let outer = outer.rsplit_once('\n').map_or("", |(_, indent)| indent);
    indent(inner).and_then(|inner| inner.strip_prefix(outer)).unwrap_or_default()
}

fn quote_in(node: Node<'_>) -> char {
    node.descendants().find_map(|node| node.attributes().next()).map_or('"', |attribute| attribute.quote())
}

fn empty_tag_in(neighbour: Node<'_>) -> EmptyTag {
    let local = neighbour.descendants().find_map(empty_tag);
    local.or_else(|| neighbour.document().root().descendants().find_map(empty_tag)).unwrap_or(EmptyTag::Spaced)
}

fn namespace_last_in(neighbour: Node<'_>) -> bool {
    let around = neighbour.parent().into_iter().flat_map(Node::descendants);
    let everywhere = neighbour.document().root().descendants();
    neighbour.descendants().chain(around).chain(everywhere).find_map(namespace_last).unwrap_or(false)
}

/// Whether an element has its `xmlns` after all else; nothing where that does not show.
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
