//! Texts have an end, whatever the input.

use std::borrow::Cow;

/// The longest text of a document that is printed in a sentence, in bytes. Every valid sentence is shorter: a host
/// name has at most 253.
pub const LONGEST: usize = 1_000;

/// The longest message, in bytes.
pub const LONGEST_MESSAGE: usize = 4_096;

/// A text as it is, cut after `most` bytes.
pub fn cut(text: &str, most: usize) -> String {
    cut_off(text, most, 0)
}

/// A text cut after `most` bytes, with the number of characters that are missing; `left` more follow it.
pub(crate) fn cut_off(text: &str, most: usize, left: usize) -> String {
    if text.len() <= most && left == 0 {
        return text.to_owned();
    }
    let (kept, rest) = text.split_at(text.floor_char_boundary(most));
    format!("{kept}… ({} more characters)", rest.chars().count() + left)
}

/// As many whole lines as `most` bytes hold, with the number of those that are missing.
pub fn whole_lines(text: &str, most: usize) -> Cow<'_, str> {
    if text.len() <= most {
        return text.into();
    }
    let room = text.floor_char_boundary(most - "… (18446744073709551615 more lines)\n".len());
    let (kept, _) = text.split_at(room);
    let end = kept.rfind('\n').map_or(room, |feed| feed + 1);
    let (kept, rest) = text.split_at(end);
    format!("{kept}… ({} more lines)\n", rest.lines().count()).into()
}

#[cfg(test)]
mod tests {
    use super::{cut, whole_lines};

    #[test]
    fn long_texts_are_cut_between_characters() {
        assert_eq!(cut("aüöb", 2), "a… (3 more characters)");
        assert_eq!(cut("aüöb", 6), "aüöb");
    }

    #[test]
    fn long_messages_are_cut_between_lines() {
        let text = "one line\n".repeat(100);
        let cut = whole_lines(&text, 100);
        assert_eq!(cut, format!("{}… (94 more lines)\n", "one line\n".repeat(6)));
        assert_eq!(whole_lines("short\n", 100), "short\n");
        assert!(whole_lines(&"x".repeat(5_000), 100).len() <= 100);
    }
}
