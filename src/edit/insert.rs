//! Putting an element in, in the layout of its neighbours.

use super::remove::is_blank;
use super::style::{Style, gap_before};
use crate::source::{Edit, Span};
use crate::xml::Node;
use crate::xml::escape::Unwritable;

/// Inserts a child after the last or before the first one.
pub(crate) fn insert_child(
    parent: Node<'_>,
    last: bool,
    write: impl Fn(&Style) -> Result<String, Unwritable>,
) -> Result<Edit, Unwritable> {
    let mut children = parent.children();
    match if last { children.last() } else { children.next() } {
        Some(sibling) if last => insert_after(sibling, write),
        Some(sibling) => {
            let style = Style::beside(sibling);
            let at = Span::empty_at(sibling.span().range().start);
            Ok(Edit { span: at, text: format!("{}{}", write(&style)?, style.gap) })
        }
        None => {
            let style = Style::inside(parent);
            Ok(open_up(parent, &style.gap, &write(&style)?))
        }
    }
}

/// Inserts an element after another one, at the same distance.
pub(crate) fn insert_after(
    sibling: Node<'_>,
    write: impl Fn(&Style) -> Result<String, Unwritable>,
) -> Result<Edit, Unwritable> {
    let style = Style::beside(sibling);
    let at = Span::empty_at(sibling.span().range().end);
    Ok(Edit { span: at, text: format!("{}{}", style.gap, write(&style)?) })
}

/// Gives an element without children its first one.
fn open_up(parent: Node<'_>, gap: &str, child: &str) -> Edit {
    let closing = gap_before(parent);
    match parent.content() {
        Some(span) => {
            // White space that is there already comes before the end tag.
            let blank = is_blank(parent, span) && !span.is_empty();
            let closing = if blank { "" } else { closing };
            Edit { span: Span::empty_at(span.range().start), text: format!("{gap}{child}{closing}") }
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
