//! The proof of one start tag: what it has to be after the actions changed attributes of it.

use super::layout::line_of;
use super::touched::Touched;
use crate::notation::SettingsPosition;
use crate::xml::{Attribute, Node, escape};

/// An attribute with the gap before it.
struct Written {
    gap: String,
    quote: char,
    is_declaration: bool,
    /// `None` if it is removed.
    text: String,
}

/// A start tag after the actions, up to its last attribute, and the rest of it, which they do not touch; `None` if a
/// value cannot be written.
pub(super) fn changed<'d>(
    node: Node<'d>,
    touched: &Touched<'_>,
    position: SettingsPosition,
) -> Option<(String, &'d str)> {
    let text = node.document().source().text();
    let name = node.name_span().range();
    let mut at = name.end;
    let mut attributes = Vec::new();
    for attribute in node.attributes() {
        let gap = text.get(at..attribute.span().range().start)?;
        let change = touched.values(node).iter().find(|(name, _)| *name == attribute.name());
        let whole = text.get(attribute.span().range())?;
        attributes.push(written(gap, whole, attribute, change.map(|(_, value)| value.as_deref()))?);
        at = attribute.span().range().end;
    }
    let tail = text.get(at..node.start_tag().range().end)?;
    let is_new = |name: &str| node.attributes().all(|attribute| attribute.name() != name);
    let news = touched.values(node).iter().filter(|(name, _)| is_new(name));
    let (beside, place) = place(&attributes, position);
    let (gap, quote) = beside.map_or((" ", '"'), |beside| (line_of(&beside.gap), beside.quote));
    let mut added = String::new();
    for (name, value) in news.filter_map(|(name, value)| Some((name, value.as_ref()?))) {
        added.push_str(&format!("{gap}{name}={quote}{}{quote}", escape::attribute(value, quote).ok()?));
    }
    let (before, after) = attributes.split_at_checked(place)?;
    let texts = |written: &[Written]| written.iter().map(|one| one.text.as_str()).collect::<String>();
    Some((format!("<{}{}{added}{}", text.get(name)?, texts(before), texts(after)), tail))
}

fn written(gap: &str, whole: &str, attribute: Attribute<'_>, change: Option<Option<&str>>) -> Option<Written> {
    let (raw, quote) = (attribute.raw_value(), attribute.quote());
    let raw = match change {
        Some(Some(value)) if attribute.value() != value => escape::attribute(value, quote).ok()?,
        _ => raw.into(),
    };
    let (before, _) = whole.split_once(quote)?;
    let text = if change == Some(None) { String::new() } else { format!("{gap}{before}{quote}{raw}{quote}") };
    Some(Written { gap: gap.to_owned(), quote, is_declaration: attribute.is_namespace_declaration(), text })
}

/// The attribute that new ones imitate, and how many come before them.
fn place(attributes: &[Written], position: SettingsPosition) -> (Option<&Written>, usize) {
    let ordinary = |one: &Written| !one.is_declaration;
    let found = match position {
        SettingsPosition::First => attributes.iter().position(ordinary),
        SettingsPosition::Last => attributes.iter().rposition(ordinary).map(|at| at + 1),
        SettingsPosition::AfterNamespaces => None,
    };
    let place = found.unwrap_or(attributes.len());
    let model = if position == SettingsPosition::First && found.is_some() { place } else { place.saturating_sub(1) };
    (attributes.get(model), place)
}
