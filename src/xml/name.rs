//! The characters of names.

/// The length in bytes of the name that `text` starts with, colons not included; 0 when there is none.
///
/// These are the productions 4 and 4a of Namespaces in XML, on the character classes of the fifth edition of XML 1.0.
pub(super) fn prefix_len(text: &str) -> usize {
    if let Some(plain) = plain_prefix_len(text.as_bytes()) {
        return plain;
    }
    let mut characters = text.char_indices();
    match characters.next() {
        Some((_, first)) if is_start(first) => {
            characters.find(|&(_, next)| !is_part(next)).map_or(text.len(), |(end, _)| end)
        }
        _ => 0,
    }
}

/// The same for a name of ASCII characters only; `None` if the text does not begin with one.
pub(super) fn plain_prefix_len(text: &[u8]) -> Option<usize> {
    let plain = text.iter().take_while(|&&byte| CLASS[byte as usize] & NAME != 0).count();
    let starts = text.first().is_some_and(|&byte| CLASS[byte as usize] & START != 0);
    (starts && text.get(plain).is_none_or(u8::is_ascii)).then_some(plain)
}

/// Whether all of `text` is a name without a colon.
pub(crate) fn is_ncname(text: &str) -> bool {
    !text.is_empty() && prefix_len(text) == text.len()
}

/// Whether all of `text` is a name with at most one prefix.
pub(super) fn is_qname(text: &str) -> bool {
    let (prefix, local) = text.split_once(':').unwrap_or((text, text));
    is_ncname(prefix) && is_ncname(local)
}

/// Whether XML treats this as white space.
pub(super) fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\r' | b'\n')
}

/// Whether XML allows this character at all (production 2).
pub(super) fn is_char(character: char) -> bool {
    matches!(character, '\t' | '\n' | '\r' | '\u{20}'..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..)
}

/// Whether a byte ends the plain part of an attribute value: a quote, `<` or `&`.
pub(super) fn ends_value(byte: u8) -> bool {
    CLASS[byte as usize] & VALUE_END != 0
}

/// Whether normalization changes this byte of a value: `&`, or white space other than the blank.
pub(super) fn changes_value(byte: u8) -> bool {
    CLASS[byte as usize] & CHANGES != 0
}

const NAME: u8 = 1;
const START: u8 = 2;
const VALUE_END: u8 = 4;
const CHANGES: u8 = 8;

/// The classes of the ASCII characters.
static CLASS: [u8; 256] = {
    let mut class = [0; 256];
    let mut byte = 0;
    while byte < 128 {
        class[byte] = match byte as u8 {
            b'A'..=b'Z' | b'a'..=b'z' | b'_' => NAME | START,
            b'0'..=b'9' | b'-' | b'.' => NAME,
            b'"' | b'\'' | b'<' => VALUE_END,
            b'&' => VALUE_END | CHANGES,
            b'\t' | b'\r' | b'\n' => CHANGES,
            _ => 0,
        };
        byte += 1;
    }
    class
};

/// Production 4 without the colon.
fn is_start(character: char) -> bool {
    matches!(character,
        'A'..='Z' | '_' | 'a'..='z' | '\u{C0}'..='\u{D6}' | '\u{D8}'..='\u{F6}' | '\u{F8}'..='\u{2FF}'
        | '\u{370}'..='\u{37D}' | '\u{37F}'..='\u{1FFF}' | '\u{200C}'..='\u{200D}' | '\u{2070}'..='\u{218F}'
        | '\u{2C00}'..='\u{2FEF}' | '\u{3001}'..='\u{D7FF}' | '\u{F900}'..='\u{FDCF}' | '\u{FDF0}'..='\u{FFFD}'
        | '\u{10000}'..='\u{EFFFF}')
}

/// Production 4a without the colon.
fn is_part(character: char) -> bool {
    is_start(character)
        || matches!(character,
            '-' | '.' | '0'..='9' | '\u{B7}' | '\u{300}'..='\u{36F}' | '\u{203F}'..='\u{2040}')
}

#[cfg(test)]
mod tests {
    use super::{is_char, is_ncname, prefix_len};

    #[test]
    fn names_end_where_the_grammar_says() {
        for (text, name) in [
            ("Cluster Fqdn", "Cluster"),
            ("a:b", "a"),
            ("_1-2.3=", "_1-2.3"),
            ("größe>", "größe"),
            ("a\u{B7}b\u{D7}", "a\u{B7}b"),
            ("\u{E0001}x", "\u{E0001}x"),
            ("\u{F0000}", ""),
            ("a\u{F0000}", "a"),
            ("1a", ""),
            ("-a", ""),
            ("\u{300}a", ""),
            ("a\u{300}", "a\u{300}"),
            (":a", ""),
            ("", ""),
        ] {
            assert_eq!(&text[..prefix_len(text)], name, "{text:?}");
        }
        assert!(is_ncname("Größe") && !is_ncname("a b") && !is_ncname(""));
    }

    #[test]
    fn characters_that_xml_cannot_hold() {
        for bad in ['\0', '\u{B}', '\u{1F}', '\u{FFFE}', '\u{FFFF}'] {
            assert!(!is_char(bad), "{bad:?}");
        }
        for good in ['\t', ' ', '\u{7F}', '\u{85}', '\u{D7FF}', '\u{E000}', '\u{FFFD}', '\u{10FFFF}', '\u{1FFFE}'] {
            assert!(is_char(good), "{good:?}");
        }
    }
}
