//! PowerShell quoting: the only place where text becomes part of a script.

use crate::text::is_unsafe_for_display;

/// Why a text cannot be part of a script.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{}` holds {}, which cannot stand in a script", text.escape_debug(), character.escape_unicode())]
pub struct QuoteError {
    /// The refused text.
    pub text: String,
    /// Its first refused character.
    pub character: char,
}

/// `text` as one single-quoted PowerShell literal.
///
/// PowerShell closes a single-quoted string at `'` and at the typographic quotes U+2018, U+2019, U+201A and
/// U+201B; each of them is doubled. Nothing else has a meaning there. Invisible characters stay as they are:
/// a runbook with any is refused before a script is written.
pub fn quote(text: &str) -> String {
    let mut quoted = "'".to_owned();
    for character in text.chars() {
        if matches!(character, '\'' | '\u{2018}' | '\u{2019}' | '\u{201A}' | '\u{201B}') {
            quoted.push(character);
        }
        quoted.push(character);
    }
    quoted + "'"
}

/// Refuses a text of a script with characters that a reviewer cannot see.
pub(super) fn check_visible(text: &str) -> Result<(), QuoteError> {
    match text.chars().find(|character| is_unsafe_for_display(*character)) {
        Some(character) => Err(QuoteError { text: text.to_owned(), character }),
        None => Ok(()),
    }
}

/// Free text on one line: invisible characters become spaces, and runs of white space become one space.
///
/// For free text (reasons, site names, questions), never for names that a computer looks up.
pub fn one_line(text: &str) -> String {
    let visible: String = text.chars().map(|c| if is_unsafe_for_display(c) { ' ' } else { c }).collect();
    visible.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Free text as a literal.
pub(super) fn quote_line(text: &str) -> String {
    quote(&one_line(text))
}

/// Free text for a block comment: one line in which the comment cannot end.
pub fn comment(text: &str) -> String {
    one_line(text).replace("#>", "# >").replace("<#", "< #")
}
