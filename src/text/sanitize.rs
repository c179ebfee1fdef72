//! Makes text safe for display, and limits its length.

use std::borrow::Cow;

/// The maximum length of a document's text in a sentence, in bytes; a host name has at most 253.
pub const MAX_TEXT_BYTES: usize = 1_000;

/// The maximum length of a message, in bytes.
pub const MAX_MESSAGE_BYTES: usize = 4_096;

/// Whether a character controls a terminal, or changes the order or visibility of surrounding text, rather than
/// being visible: control characters, line separators, and Unicode's `Default_Ignorable_Code_Point`:
/// bidirectional marks, zero-width characters, fillers, variation selectors and tags.
pub fn is_unsafe_for_display(character: char) -> bool {
    character.is_control()
        || matches!(character,
            '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}'
            | '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}'
            | '\u{3164}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{FFA0}' | '\u{FFF0}'..='\u{FFFB}'
            | '\u{1BCA0}'..='\u{1BCA3}' | '\u{1D173}'..='\u{1D17A}' | '\u{E0000}'..='\u{E0FFF}')
}

/// Escapes the characters of a text that are [unsafe for display](is_unsafe_for_display).
pub fn sanitize(text: &str) -> String {
    // Most of what is printed is plain.
    if text.bytes().all(|byte| (b' '..=b'~').contains(&byte)) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        if is_unsafe_for_display(character) { out.extend(character.escape_unicode()) } else { out.push(character) }
    }
    out
}

/// Like [`sanitize`], truncated to [`MAX_TEXT_BYTES`].
pub fn sanitize_truncated(text: &str) -> String {
    sanitize_to(text, MAX_TEXT_BYTES)
}

/// Like [`sanitize`], truncated to `max` bytes.
pub fn sanitize_to(text: &str, max: usize) -> String {
    // Escapes are longer than the characters that they replace, so that no more of the text can be printed.
    match text.char_indices().nth(max) {
        Some((end, _)) => {
            let (kept, left) = text.split_at(end);
            truncate_with_count(&sanitize(kept), max, left.chars().count())
        }
        None => truncate_with_count(&sanitize(text), max, 0),
    }
}

/// Escapes all control sequences for a terminal, except line ends, tabs and, with `colour`, colour sequences.
pub fn for_terminal(text: &str, colour: bool) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(is_unsafe_for_display) {
        let (safe, unsafe_text) = rest.split_at(at);
        out.push_str(safe);
        let (found, after) = unsafe_text.split_at(allowed_length(unsafe_text, colour));
        out.push_str(found);
        let mut characters = after.chars();
        if found.is_empty() {
            out.extend(characters.next().into_iter().flat_map(char::escape_unicode));
        }
        rest = characters.as_str();
    }
    out + rest
}

/// The length of the allowed control sequence at the beginning of a text.
fn allowed_length(text: &str, colour: bool) -> usize {
    if text.starts_with(['\n', '\t']) {
        return 1;
    }
    if text.starts_with("\r\n") {
        return 2;
    }
    let Some(sequence) = text.strip_prefix("\u{1b}[").filter(|_| colour) else { return 0 };
    let end = sequence.find(|character: char| !(character.is_ascii_digit() || character == ';'));
    end.filter(|&end| sequence[end..].starts_with('m')).map_or(0, |end| end + "\u{1b}[m".len())
}

/// Truncates a text to `max` bytes, without escaping.
pub fn truncate(text: &str, max: usize) -> String {
    truncate_with_count(text, max, 0)
}

/// Truncates a text to `max` bytes and appends the number of omitted characters, including `left` further ones.
fn truncate_with_count(text: &str, max: usize, left: usize) -> String {
    if text.len() <= max && left == 0 {
        return text.to_owned();
    }
    let (kept, rest) = text.split_at(text.floor_char_boundary(max));
    format!("{kept}… ({} more characters)", rest.chars().count() + left)
}

/// As many whole lines as fit in `max` bytes, and the number of omitted ones.
pub fn whole_lines(text: &str, max: usize) -> Cow<'_, str> {
    if text.len() <= max {
        return text.into();
    }
    let room = text.floor_char_boundary(max - "… (18446744073709551615 more lines)\n".len());
    let (kept, _) = text.split_at(room);
    let end = kept.rfind('\n').map_or(room, |feed| feed + 1);
    let (kept, rest) = text.split_at(end);
    format!("{kept}… ({} more lines)\n", rest.lines().count()).into()
}

#[cfg(test)]
mod tests {
    use super::{MAX_TEXT_BYTES, for_terminal, sanitize, sanitize_to, sanitize_truncated, truncate, whole_lines};

    #[test]
    fn nothing_steers_a_terminal() {
        assert_eq!(sanitize("a\u{1b}[31m\u{202E}b\n"), "a\\u{1b}[31m\\u{202e}b\\u{a}");
        assert_eq!(sanitize("münchen"), "münchen");
    }

    #[test]
    fn long_texts_are_cut_between_characters() {
        assert_eq!(sanitize_to("aüöb", 3), "aü… (2 more characters)");
        assert_eq!(sanitize_to("aüö", 5), "aüö");
        assert_eq!(sanitize_truncated(&"x".repeat(MAX_TEXT_BYTES)).len(), MAX_TEXT_BYTES);
        for text in ["x", "\u{202e}", "\u{e0041}"].map(|one| one.repeat(100_000)) {
            assert!(sanitize_truncated(&text).len() < MAX_TEXT_BYTES + 40, "{}", sanitize_truncated(&text).len());
        }
    }

    #[test]
    fn a_terminal_gets_colour_and_nothing_else_that_steers() {
        let text = "a\u{1b}[1;31mb\u{1b}[0m\tc\r\n\u{1b}[2J\u{9b}d\re\u{2028}\u{e0041}f\u{1b}[";
        let plain = "a\\u{1b}[1;31mb\\u{1b}[0m\tc\r\n\\u{1b}[2J\\u{9b}d\\u{d}e\\u{2028}\\u{e0041}f\\u{1b}[";
        assert_eq!(for_terminal(text, false), plain);
        assert_eq!(
            for_terminal(text, true),
            plain.replace("\\u{1b}[1;31m", "\u{1b}[1;31m").replace("\\u{1b}[0m", "\u{1b}[0m")
        );
    }

    #[test]
    fn texts_are_cut_between_characters() {
        assert_eq!(truncate("aüöb", 2), "a… (3 more characters)");
        assert_eq!(truncate("aüöb", 6), "aüöb");
    }

    #[test]
    fn long_messages_are_cut_between_lines() {
        let text = "one line\n".repeat(100);
        let short = whole_lines(&text, 100);
        assert_eq!(short, format!("{}… (94 more lines)\n", "one line\n".repeat(6)));
        assert_eq!(whole_lines("short\n", 100), "short\n");
        assert!(whole_lines(&"x".repeat(5_000), 100).len() <= 100);
    }
}
