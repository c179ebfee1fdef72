//! Adding and removing attributes.

use super::style::last_line;
use crate::notation::SettingsPosition;
use crate::source::{Edit, Source, Span};
use crate::xml::escape::{self, Unwritable};
use crate::xml::{Attribute, Node};

/// Removes an attribute with the gap before it.
pub(crate) fn remove_attribute(source: &Source, attribute: Attribute<'_>) -> Edit {
    let before = source.text().get(..attribute.span().range().start).unwrap_or_default();
    Edit { span: Span::new(before.trim_end().len(), attribute.span().range().end), text: String::new() }
}

/// Adds an attribute before or after the existing ones, with the same gap.
pub(crate) fn add_attribute(
    element: Node<'_>,
    position: SettingsPosition,
    name: &str,
    value: &str,
) -> Result<Edit, Unwritable> {
    let text = element.document().source().text();
    let mut ordinary = element.attributes().filter(|attribute| !attribute.is_namespace_declaration());
    let neighbour = match position {
        SettingsPosition::First => ordinary.next(),
        SettingsPosition::Last => ordinary.last(),
        SettingsPosition::AfterNamespaces => None,
    };
    let gap_of = |attribute: &Attribute<'_>| {
        let before = text.get(..attribute.span().range().start).unwrap_or_default();
        before.get(before.trim_end().len()..).unwrap_or(" ")
    };
    let (at, gap, quote) = match neighbour.or_else(|| element.attributes().last()) {
        Some(first) if position == SettingsPosition::First && !first.is_namespace_declaration() => {
            (first.span().range().start - gap_of(&first).len(), last_line(gap_of(&first)), first.quote())
        }
        Some(last) => (last.span().range().end, last_line(gap_of(&last)), last.quote()),
        None => (element.name_span().range().end, " ", '"'),
    };
    let mut written = String::new();
    push_attribute(&mut written, gap, name, value, quote)?;
    Ok(Edit { span: Span::empty_at(at), text: written })
}

/// Writes an attribute after `gap`.
///
/// # Errors
///
/// When the value contains a character that XML cannot represent.
pub(super) fn push_attribute(
    out: &mut String,
    gap: &str,
    name: &str,
    value: &str,
    quote: char,
) -> Result<(), Unwritable> {
    out.push_str(gap);
    out.push_str(name);
    out.push('=');
    out.push(quote);
    out.push_str(&escape::attribute(value, quote)?);
    out.push(quote);
    Ok(())
}
