//! Escaping text that is written into a document.

use std::borrow::Cow;

use super::name::is_char;

/// A character that no XML document can contain, even as a reference.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("XML cannot hold the character U+{:04X}", *.0 as u32)]
pub struct Unwritable(pub char);

/// `text` as the value of an attribute between two of `quote`, which is `"` or `'`.
///
/// White space other than the blank becomes a reference: written as is, it would be read back as a blank. These and `>`
/// are written as .NET writes them, so that new values look like old ones.
///
/// # Errors
/// XML cannot represent a character of `text`.
pub fn attribute(text: &str, quote: char) -> Result<Cow<'_, str>, Unwritable> {
    escape(text, |character| match character {
        '&' => Some("&amp;"),
        '<' => Some("&lt;"),
        '>' => Some("&gt;"),
        '"' if quote == '"' => Some("&quot;"),
        '\'' if quote == '\'' => Some("&apos;"),
        '\t' => Some("&#x9;"),
        '\n' => Some("&#xA;"),
        '\r' => Some("&#xD;"),
        _ => None,
    })
}

/// `text` as the content of an element.
///
/// # Errors
/// XML cannot represent a character of `text`.
pub fn text(text: &str) -> Result<Cow<'_, str>, Unwritable> {
    escape(text, |character| match character {
        '&' => Some("&amp;"),
        '<' => Some("&lt;"),
        '>' => Some("&gt;"),
        '\r' => Some("&#xD;"),
        _ => None,
    })
}

fn escape(text: &str, written: impl Fn(char) -> Option<&'static str>) -> Result<Cow<'_, str>, Unwritable> {
    if let Some(bad) = text.chars().find(|&character| !is_char(character)) {
        return Err(Unwritable(bad));
    }
    let Some(first) = text.find(|character| written(character).is_some()) else {
        return Ok(Cow::Borrowed(text));
    };
    let (plain, rest) = text.split_at(first);
    let mut out = String::with_capacity(text.len() + 8);
    out.push_str(plain);
    for character in rest.chars() {
        match written(character) {
            Some(reference) => out.push_str(reference),
            None => out.push(character),
        }
    }
    Ok(Cow::Owned(out))
}
