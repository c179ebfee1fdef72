//! Text of documents within a page. maud escapes what it is given; before that, what cannot be seen is written
//! out, and what is endless is cut.

use crate::text::{Piece, pieces, sanitize_truncated};
use maud::{Markup, html};

/// A sentence whose names stand in backticks.
pub fn prose(message: &str) -> Markup {
    sanitized_prose(&sanitize_truncated(message))
}

/// The same of a text that is sanitized and cut already.
pub fn sanitized_prose(message: &str) -> Markup {
    html! {
        @for piece in pieces(message) {
            @match piece {
                Piece::Words(words) => (words),
                Piece::Name(name) => code { (name) },
            }
        }
    }
}

/// A sentence where no markup can stand.
pub fn plain(message: &str) -> String {
    sanitize_truncated(message).replace('`', "")
}

/// A name.
pub fn name(name: &str) -> Markup {
    html! { code { (sanitize_truncated(name)) } }
}

/// A row of a list of facts.
pub fn fact(term: &str, words: &str) -> Markup {
    html! { div { dt { (term) } dd { (prose(words)) } } }
}
