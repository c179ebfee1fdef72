//! A script without its literals and comments, read as PowerShell's tokenizer reads.

/// What is left of a script when the content of every literal and comment is taken out.
pub(crate) fn skeleton(script: &str) -> String {
    let mut left = String::new();
    let mut rest = script.trim_start_matches('\u{FEFF}');
    while let Some(first) = rest.chars().next() {
        rest = &rest[first.len_utf8()..];
        left.push(first);
        match first {
            '<' if rest.starts_with('#') => rest = after(rest, "#>"),
            '#' => rest = &rest[rest.find('\n').unwrap_or(rest.len())..],
            _ if is_single_quote(first) => rest = after_literal(rest),
            '"' | '\u{201C}' | '\u{201D}' | '\u{201E}' => left.push_str("a string that expands: none is generated"),
            _ => {}
        }
    }
    left
}

fn after<'t>(text: &'t str, end: &str) -> &'t str {
    text.split_once(end).map_or("", |(_, rest)| rest)
}

/// What follows a literal: a quote of any kind ends it, two in a row stand for one.
fn after_literal(text: &str) -> &str {
    let mut characters = text.char_indices().peekable();
    while let Some((at, character)) = characters.next() {
        if is_single_quote(character) && characters.next_if(|(_, next)| is_single_quote(*next)).is_none() {
            return &text[at + character.len_utf8()..];
        }
    }
    "a literal without an end"
}

fn is_single_quote(character: char) -> bool {
    matches!(character, '\'' | '\u{2018}' | '\u{2019}' | '\u{201A}' | '\u{201B}')
}

#[cfg(test)]
mod tests {
    use super::skeleton;

    #[test]
    fn code_is_told_from_text() {
        assert_eq!(skeleton("a = 'x''y'; b # c\n<# '\n#>d"), skeleton("a = ''; b #\n<##>d"));
        assert_ne!(skeleton("a = 'x\u{2019}; b; '"), skeleton("a = 'x'"));
        assert_ne!(skeleton("a = \"$(b)\""), skeleton("a = ''"));
    }
}
