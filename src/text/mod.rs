//! Text for people: sanitizing, counts and lists, suggestions, Markdown.

pub mod markdown;
mod sanitize;
mod suggest;
mod words;

pub use sanitize::{
    MAX_MESSAGE_BYTES, MAX_TEXT_BYTES, for_terminal, is_unsafe_for_display, sanitize, sanitize_to, sanitize_truncated,
    truncate, whole_lines,
};
pub use suggest::{nearest, nearest_few};
pub use words::{Piece, capitalized, count, count_of, did_you_mean, list, listed, pieces};
