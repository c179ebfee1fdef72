//! Inserting an element in the layout of its neighbours.

use super::style::{DocumentStyle, Style, blank_rest_of_line, gap_before, is_blank, space_before};
use crate::source::{Edit, Span};
use crate::xml::Node;
use crate::xml::escape::Unwritable;

/// Inserts a child after the last or before the first one.
pub(crate) fn insert_child(
    parent: Node<'_>,
    last: bool,
    document_style: &DocumentStyle<'_>,
    write: impl Fn(&Style) -> Result<String, Unwritable>,
) -> Result<Edit, Unwritable> {
    match if last { parent.last_child() } else { parent.children().next() } {
        Some(sibling) if last => insert_after(sibling, document_style, write),
        Some(sibling) => {
            let (style, space) = (Style::of_neighbour(sibling, document_style), space_before(sibling));
            let at = sibling.span().range().start - space.len() + blank_rest_of_line(space);
            Ok(Edit { span: Span::empty_at(at), text: format!("{}{}", style.gap, write(&style)?) })
        }
        None => {
            let style = Style::inside(parent, document_style);
            Ok(open_up(parent, &style.gap, &write(&style)?))
        }
    }
}

/// Inserts an element after another one, on a separate line if that one has its own line.
pub(crate) fn insert_after(
    sibling: Node<'_>,
    document_style: &DocumentStyle<'_>,
    write: impl Fn(&Style) -> Result<String, Unwritable>,
) -> Result<Edit, Unwritable> {
    let style = Style::of_neighbour(sibling, document_style);
    let end = sibling.span().range().end;
    let rest = sibling.document().source().text().get(end..).unwrap_or_default();
    let blanks = if style.gap.contains('\n') { blank_rest_of_line(rest) } else { 0 };
    Ok(Edit { span: Span::empty_at(end + blanks), text: format!("{}{}", style.gap, write(&style)?) })
}

/// Inserts the first child of an element.
fn open_up(parent: Node<'_>, gap: &str, child: &str) -> Edit {
    let closing = gap_before(parent);
    match parent.content() {
        Some(span) => {
            // Existing white space comes before the end tag.
            let blank = is_blank(parent, span) && !span.is_empty();
            let (closing, blanks) = match blank {
                true => ("", blank_rest_of_line(parent.document().source().slice(span))),
                false => (closing, 0),
            };
            Edit { span: Span::empty_at(span.range().start + blanks), text: format!("{gap}{child}{closing}") }
        }
        None => {
            let tag = parent.document().source().slice(parent.start_tag());
            let open = tag.trim_end_matches("/>").trim_end();
            let start = parent.start_tag().range().start + open.len();
            let span = Span::new(start, parent.start_tag().range().end);
            Edit { span, text: format!(">{gap}{child}{closing}</{}>", parent.qualified_name()) }
        }
    }
}
