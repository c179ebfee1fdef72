//! Removing elements with the gaps before them.

use super::style::{DocumentStyle, EmptyTag, Style, gap_before, is_blank};
use crate::source::{Edit, Span};
use crate::xml::Node;

/// Removes an element with the gap before it; a parent that contained nothing else is left without content.
pub(crate) fn remove(node: Node<'_>, document_style: &DocumentStyle<'_>) -> Edit {
    remove_run(node, node, document_style)
}

/// The same for all siblings from one element to a later one.
pub(crate) fn remove_run(first: Node<'_>, last: Node<'_>, document_style: &DocumentStyle<'_>) -> Edit {
    let (start, end) = (first.span().range().start - gap_before(first).len(), last.span().range().end);
    let alone = first.parent().and_then(|parent| Some((parent, parent.content()?, parent.end_tag()?)));
    let alone = alone.filter(|(parent, content, _)| {
        content.range().start == start
            && is_blank(*parent, Span::new(end, content.range().end))
            && !document_style.is_empty_over_lines(parent.local_name())
    });
    let Some((parent, content, end_tag)) = alone else {
        return Edit { span: Span::new(start, end), text: String::new() };
    };
    let end = match Style::of_neighbour(parent, document_style).empty {
        EmptyTag::Pair => return Edit { span: content, text: String::new() },
        EmptyTag::Spaced => " />",
        EmptyTag::Tight => "/>",
    };
    let span = Span::new(content.range().start - 1, end_tag.range().end);
    Edit { span, text: end.to_owned() }
}
