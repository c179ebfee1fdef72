//! Text from documents in HTML: sanitized and truncated here, escaped by maud.

use crate::text::{Piece, pieces, sanitize_truncated};
use maud::{Markup, html};

/// A message with names in backticks.
pub fn prose(message: &str) -> Markup {
    sanitized_prose(&sanitize_truncated(message))
}

/// A message that is already sanitized and truncated.
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

/// A message as plain text, without markup.
pub fn plain(message: &str) -> String {
    sanitize_truncated(message).replace('`', "")
}

/// A name as code.
pub fn name(name: &str) -> Markup {
    html! { code { (sanitize_truncated(name)) } }
}

/// A term with its description.
pub fn fact(term: &str, words: &str) -> Markup {
    html! { div { dt { (term) } dd { (prose(words)) } } }
}
