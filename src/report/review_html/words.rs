//! Text of documents within the page. maud escapes what it is given; before that, what cannot be seen is written
//! out, and what is endless is cut.

use maud::{Markup, html};

use crate::report::text::shown;
use crate::report::words::{Piece, pieces};

/// A sentence whose names stand in backticks.
pub(super) fn prose(message: &str) -> Markup {
    let message = shown(message);
    html! {
        @for piece in pieces(&message) {
            @match piece {
                Piece::Words(words) => (words),
                Piece::Name(name) => code { (name) },
            }
        }
    }
}

/// A sentence where no markup can stand.
pub(super) fn plain(message: &str) -> String {
    shown(message).replace('`', "")
}

/// A name.
pub(super) fn name(name: &str) -> Markup {
    html! { code { (shown(name)) } }
}

/// A row of a list of facts.
pub(super) fn fact(term: &str, words: &str) -> Markup {
    html! { div { dt { (term) } dd { (prose(words)) } } }
}
