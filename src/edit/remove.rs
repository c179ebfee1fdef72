//! Taking elements out, with the gaps before them.

use super::style::{EmptyTag, Style, gap_before, is_space};
use crate::source::{Edit, Span};
use crate::xml::Node;

/// Takes an element away with the gap before it; an element that held nothing else is left without content.
pub(crate) fn remove(node: Node<'_>) -> Edit {
    remove_run(node, node)
}

/// The same for all from one element to a later one beside it.
pub(crate) fn remove_run(first: Node<'_>, last: Node<'_>) -> Edit {
    let (start, end) = (first.span().range().start - gap_before(first).len(), last.span().range().end);
    let alone = first.parent().and_then(|parent| Some((parent, parent.content()?, parent.end_tag()?)));
    let alone = alone.filter(|(parent, content, _)| {
        content.range().start == start
            && is_blank(*parent, Span::new(end, content.range().end))
            && !is_empty_over_lines(*parent)
    });
    let Some((parent, content, end_tag)) = alone else {
        return Edit { span: Span::new(start, end), text: String::new() };
    };
    let end = match Style::of_neighbour(parent).empty {
        EmptyTag::Pair => return Edit { span: content, text: String::new() },
        EmptyTag::Spaced => " />",
        EmptyTag::Tight => "/>",
    };
    let span = Span::new(content.range().start - 1, end_tag.range().end);
    Edit { span, text: end.to_owned() }
}

/// Whether the first element of this name without anything in it is written over two lines, as a hand may leave it.
fn is_empty_over_lines(element: Node<'_>) -> bool {
    let mut others = element.document().root().descendants().filter(|other| other.local_name() == element.local_name());
    let empty = others.find(|other| other.content().is_none_or(|content| is_blank(*other, content)));
    empty.and_then(Node::content).is_some_and(|content| !content.is_empty())
}

/// Whether a part of an element's content is white space, or nothing.
pub(super) fn is_blank(element: Node<'_>, part: Span) -> bool {
    element.document().source().slice(part).chars().all(is_space)
}
