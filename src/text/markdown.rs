//! Escapes text for Markdown.

use super::words::{Piece, pieces};
use super::{sanitize, sanitize_to};

/// Escapes `text` as plain words on one line, so that it contains no Markdown, HTML, link, mention or end of a table
/// cell. Invisible characters are escaped as for a terminal.
pub fn escape(text: &str) -> String {
    let line = sanitize(text);
    let mut out = String::with_capacity(line.len() + 8);
    let mut rest = line.chars().peekable();
    let mut only_digits = true;
    while let Some(character) = rest.next() {
        let at_start = out.is_empty();
        match character {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '@' => out.push_str("&#64;"),
            ':' if rest.peek() == Some(&'/') => out.push_str("&#58;"),
            '.' if out.to_ascii_lowercase().ends_with("www") => out.push_str("&#46;"),
            ' ' if at_start => out.push_str("&#32;"),
            _ => {
                let starts_block = at_start && matches!(character, '-' | '+' | '=');
                let marks_list = matches!(character, '.' | ')') && matches!(rest.peek(), None | Some(' '));
                let numbers_list = only_digits && !at_start && marks_list;
                if starts_block || numbers_list || MARKUP.contains(character) {
                    out.push('\\');
                }
                out.push(character);
            }
        }
        only_digits &= character.is_ascii_digit();
    }
    out
}

/// Parentheses and exclamation marks have a meaning only next to a bracket, which is escaped.
const MARKUP: &str = "\\`*_{}[]#|~$";

/// A fenced block. The fence is longer than any run of backticks inside, so that the text cannot end the block.
pub fn fenced(language: &str, text: &str) -> String {
    let longest = text.split(|character| character != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat((longest + 1).max(3));
    let end = if text.is_empty() || text.ends_with('\n') { "" } else { "\n" };
    format!("{fence}{language}\n{text}{end}{fence}\n")
}

/// Escapes a message, and formats its names in backticks as code.
pub fn prose(message: &str) -> String {
    names_as_code(&sanitize_to(message, MAX_INLINE_BYTES))
}

/// Like [`prose`], in full however long it is.
pub fn whole_prose(message: &str) -> String {
    names_as_code(&sanitize(message))
}

fn names_as_code(message: &str) -> String {
    let piece = |piece: &Piece<'_>| match piece {
        Piece::Words(words) => escape(words).replace("&#32;", " "),
        Piece::Name(name) => code(name),
    };
    pieces(message).iter().map(piece).collect()
}

/// Formats a name as code, or as escaped text if a character could end the code or the table cell.
pub fn code(name: &str) -> String {
    let name = sanitize_to(name, MAX_INLINE_BYTES);
    let is_plain = |character: char| character.is_ascii_alphanumeric() || "-_./: =,+'%".contains(character);
    if !name.is_empty() && name.chars().all(is_plain) && name.trim() == name {
        format!("`{name}`")
    } else {
        escape(&name)
    }
}

/// The maximum length of a text within a paragraph or table cell, in bytes.
const MAX_INLINE_BYTES: usize = 400;

#[cfg(test)]
mod tests {
    use super::{code, escape, fenced, prose};

    #[test]
    fn markup_is_taken_literally() {
        assert_eq!(escape("a|b `c` [d](e) <f> *g* _h_"), "a\\|b \\`c\\` \\[d\\](e) &lt;f&gt; \\*g\\* \\_h\\_");
        assert_eq!(escape("- a"), "\\- a");
        assert_eq!(escape("12. a"), "12\\. a");
        assert_eq!(escape("0.1.0"), "0.1.0");
        assert_eq!(escape("see https://x.y @z www.a.b"), "see https&#58;//x.y &#64;z www&#46;a.b");
        assert_eq!(escape("a\nb\u{202E}"), "a\\\\u\\{a\\}b\\\\u\\{202e\\}");
    }

    #[test]
    fn a_block_cannot_be_ended_from_inside() {
        assert_eq!(fenced("diff", "a\n````\n"), "`````diff\na\n````\n`````\n");
    }

    #[test]
    fn names_are_code_where_they_can_be() {
        assert_eq!(prose("`a.b` is <b>"), "`a.b` is &lt;b&gt;");
        assert_eq!(code("a|b"), "a\\|b");
        assert_eq!(prose("`a`|`b"), "\\`a\\`\\|\\`b");
    }
}
