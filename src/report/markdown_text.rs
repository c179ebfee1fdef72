//! Messages and names as parts of a Markdown document.

use super::text::clipped;
use super::words::{Piece, pieces};
use crate::text::markdown::escape;

/// A sentence whose names stand in backticks, as our messages have them: names are set as code, all is escaped.
pub fn prose(message: &str) -> String {
    let piece = |piece: &Piece<'_>| match piece {
        Piece::Words(words) => escape(words).replace("&#32;", " "),
        Piece::Name(name) => code(name),
    };
    pieces(&clipped(message, LONGEST)).iter().map(piece).collect()
}

/// A name as code. Where a character of it could end the code or the table cell, it is set as escaped words.
pub fn code(name: &str) -> String {
    let name = clipped(name, LONGEST);
    let is_plain = |character: char| character.is_ascii_alphanumeric() || "-_./: =,+'%".contains(character);
    if !name.is_empty() && name.chars().all(is_plain) && name.trim() == name {
        format!("`{name}`")
    } else {
        escape(&name)
    }
}

/// The longest text of a document within a sentence, in characters.
const LONGEST: usize = 400;

#[cfg(test)]
mod tests {
    use super::{code, prose};

    #[test]
    fn names_are_code_where_they_can_be() {
        assert_eq!(prose("`a.b` is <b>"), "`a.b` is &lt;b&gt;");
        assert_eq!(code("a|b"), "a\\|b");
        assert_eq!(prose("`a`|`b"), "\\`a\\`\\|\\`b");
    }
}
