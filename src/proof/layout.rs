//! The layout of the neighbours of a place, and the layout that a new element has to have there: read from the two
//! documents, independently of the writer.

use std::cell::OnceCell;
use std::collections::HashMap;

use crate::xml::{Document, Node, escape};

/// White space by the definition of XML: other blanks are text.
const SPACE: [char; 4] = [' ', '\t', '\r', '\n'];

/// The layout of the original document as a whole, for what the neighbours of a place do not show.
pub(super) struct ExpectedStyle<'d> {
    before: &'d Document,
    empty: OnceCell<&'static str>,
    xmlns_last: OnceCell<bool>,
    /// Whether the first element of a name that has neither children nor text has white space in it.
    over_lines: OnceCell<HashMap<&'d str, bool>>,
}

impl<'d> ExpectedStyle<'d> {
    pub(super) fn of(before: &'d Document) -> Self {
        Self { before, empty: OnceCell::new(), xmlns_last: OnceCell::new(), over_lines: OnceCell::new() }
    }

    fn everywhere(&self) -> impl Iterator<Item = Node<'d>> {
        self.before.root().descendants()
    }

    /// How an element without content ends: ` />`, `/>` or `></`.
    pub(super) fn empty(&self, node: Node<'_>) -> &'static str {
        let anywhere = || *self.empty.get_or_init(|| self.everywhere().find_map(empty).unwrap_or(" />"));
        node.descendants().find_map(empty).unwrap_or_else(anywhere)
    }

    /// Whether `xmlns` comes last; that of the root counts only if no other element has one.
    fn xmlns_last(&self, node: Node<'_>) -> bool {
        let below_root = || self.everywhere().skip(1).find_map(has_xmlns_last);
        let anywhere = || below_root().or_else(|| has_xmlns_last(self.before.root())).unwrap_or(false);
        node.descendants().find_map(has_xmlns_last).unwrap_or_else(|| *self.xmlns_last.get_or_init(anywhere))
    }

    pub(super) fn is_empty_over_lines(&self, node: Node<'_>) -> bool {
        let over_lines = self.over_lines.get_or_init(|| {
            let mut first = HashMap::new();
            for one in self.everywhere() {
                let content = one.content().map_or("", |content| one.document().source().slice(content));
                if is_blank(content) {
                    first.entry(one.local_name()).or_insert(!content.is_empty());
                }
            }
            first
        });
        over_lines.get(node.local_name()).copied().unwrap_or(false)
    }
}

/// How elements around a place are laid out.
pub(super) struct ElementLayout<'d> {
    /// The white space before the element.
    pub(super) gap: &'d str,
    /// The indent of the element relative to its parent.
    step: &'d str,
    quote: char,
    /// What ends an element without content, up to the name in its end tag, if it has one.
    empty: &'static str,
    xmlns_last: bool,
}

impl<'d> ElementLayout<'d> {
    /// The layout of an element.
    pub(super) fn of(node: Node<'d>, expected_style: &ExpectedStyle<'_>) -> Self {
        let quoted = node.descendants().find_map(|node| node.attributes().next());
        Self {
            gap: gap(node),
            step: step(node).unwrap_or_default(),
            quote: quoted.map_or('"', |attribute| attribute.quote()),
            empty: expected_style.empty(node),
            xmlns_last: expected_style.xmlns_last(node),
        }
    }

    /// The gap of a first child.
    pub(super) fn gap_inside(&self) -> String {
        if self.gap.is_empty() { String::new() } else { self.gap.to_owned() + self.step }
    }

    /// An element with its content, as it looks in this layout after `gap`; `None` if a value cannot be written.
    pub(super) fn render_like(&self, node: Node<'_>, gap: &str) -> Option<String> {
        let mut out = format!("<{}", node.qualified_name());
        let mut attributes: Vec<_> = node.attributes().collect();
        attributes.sort_by_key(|attribute| (attribute.name() == "xmlns") == self.xmlns_last);
        for attribute in attributes {
            let value = escape::attribute(&attribute.value(), self.quote).ok()?.into_owned();
            out.push_str(&format!(" {}={}{value}{}", attribute.name(), self.quote, self.quote));
        }
        let text = node.text();
        let deeper = gap.to_owned() + self.step;
        let mut inside = String::new();
        for child in node.children() {
            inside.push_str(&deeper);
            inside.push_str(&self.render_like(child, &deeper)?);
        }
        match (inside.is_empty(), is_blank(&text), self.empty) {
            (false, _, _) => out.push_str(&format!(">{inside}{gap}</{}>", node.qualified_name())),
            (true, false, _) => out.push_str(&format!(">{}</{}>", escape::text(&text).ok()?, node.qualified_name())),
            (true, true, end @ "></") => out.push_str(&format!("{end}{}>", node.qualified_name())),
            (true, true, end) => out.push_str(end),
        }
        Some(out)
    }
}

/// The line end and the indent before an element, or a blank if it follows another one on its line.
pub(super) fn gap(node: Node<'_>) -> &str {
    let before = node.document().source().text().get(..node.span().range().start);
    before.map_or("", |before| line_of(gap_at_end(before)))
}

/// White space from its last line end on; at most one blank of white space on one line.
pub(super) fn line_of(space: &str) -> &str {
    match space.rsplit_once('\n') {
        Some((lines, _)) => space.get(lines.strip_suffix('\r').unwrap_or(lines).len()..).unwrap_or_default(),
        None if space.is_empty() => "",
        None => " ",
    }
}

/// The blanks at the start of a text, if its line ends after them.
pub(super) fn blanks_of_line(text: &str) -> &str {
    let (line, _) = text.split_once('\n').unwrap_or_default();
    let line = line.strip_suffix('\r').unwrap_or(line);
    if line.trim_matches([' ', '\t']).is_empty() { line } else { "" }
}

/// The white space at the end of a text.
pub(super) fn gap_at_end(text: &str) -> &str {
    text.get(text.trim_end_matches(SPACE).len()..).unwrap_or_default()
}

/// Whether a text is white space, or nothing.
pub(super) fn is_blank(text: &str) -> bool {
    text.trim_matches(SPACE).is_empty()
}

fn step(node: Node<'_>) -> Option<&str> {
    let indent = |gap: &'_ str| gap.rfind('\n').map_or(0, |end| gap.len() - end - 1);
    let (own, outer) = (gap(node), gap(node.parent()?));
    let outer = outer.get(outer.len() - indent(outer)..)?;
    own.get(own.len() - indent(own)..)?.strip_prefix(outer)
}

/// How an element without content ends; `None` if it has content.
fn empty(node: Node<'_>) -> Option<&'static str> {
    match node.content() {
        Some(content) => content.is_empty().then_some("></"),
        None => {
            let tag = node.document().source().slice(node.start_tag());
            let tag = tag.strip_suffix("/>").unwrap_or(tag);
            Some(if tag.ends_with(SPACE) { " />" } else { "/>" })
        }
    }
}

fn has_xmlns_last(node: Node<'_>) -> Option<bool> {
    let names: Vec<_> = node.attributes().map(|attribute| attribute.name()).collect();
    (names.len() > 1 && names.contains(&"xmlns")).then(|| names.last() == Some(&"xmlns"))
}
