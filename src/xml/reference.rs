//! Resolving `&…;`.

use super::name::is_char;

/// Why a reference cannot be resolved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum BadReference {
    /// There is no `;`, or the text before it is neither a name nor a number.
    Syntax,
    /// Without a document type declaration only the five predefined entities exist.
    Undefined,
    /// The number is not that of a character that XML allows.
    Character,
}

/// The character that the reference `&body;` stands for.
pub(super) fn resolve(body: &str) -> Result<char, BadReference> {
    let Some(number) = body.strip_prefix('#') else {
        return entity(body);
    };
    let (digits, radix) = number.strip_prefix('x').map_or((number, 10), |digits| (digits, 16));
    if digits.is_empty() || !digits.chars().all(|digit| digit.is_digit(radix)) {
        return Err(BadReference::Syntax);
    }
    u32::from_str_radix(digits, radix)
        .ok()
        .and_then(char::from_u32)
        .filter(|&character| is_char(character))
        .ok_or(BadReference::Character)
}

fn entity(name: &str) -> Result<char, BadReference> {
    match name {
        "amp" => Ok('&'),
        "lt" => Ok('<'),
        "gt" => Ok('>'),
        "quot" => Ok('"'),
        "apos" => Ok('\''),
        _ if super::name::is_ncname(name) => Err(BadReference::Undefined),
        _ => Err(BadReference::Syntax),
    }
}

/// The body of the reference at the start of `text`, which begins with `&`, and the bytes after it.
pub(super) fn split(text: &str) -> Option<(&str, &str)> {
    let after = text.strip_prefix('&')?;
    let end = after.bytes().position(|byte| matches!(byte, b';' | b'&' | b'<' | b' ' | b'\t' | b'\r' | b'\n'))?;
    let (body, rest) = after.split_at_checked(end)?;
    Some((body, rest.strip_prefix(';')?))
}

#[cfg(test)]
mod tests {
    use super::{BadReference, resolve, split};

    #[test]
    fn references() {
        for (body, character) in [("amp", '&'), ("quot", '"'), ("#65", 'A'), ("#x1F600", '\u{1F600}'), ("#x0041", 'A')]
        {
            assert_eq!(resolve(body), Ok(character), "{body}");
        }
        for (body, fault) in [
            ("", BadReference::Syntax),
            ("#", BadReference::Syntax),
            ("#x", BadReference::Syntax),
            ("#X41", BadReference::Syntax),
            ("#+65", BadReference::Syntax),
            ("#6 5", BadReference::Syntax),
            ("a b", BadReference::Syntax),
            ("nbsp", BadReference::Undefined),
            ("AMP", BadReference::Undefined),
            ("#0", BadReference::Character),
            ("#xD800", BadReference::Character),
            ("#xFFFE", BadReference::Character),
            ("#x110000", BadReference::Character),
            ("#99999999999999999999", BadReference::Character),
        ] {
            assert_eq!(resolve(body), Err(fault), "{body}");
        }
        assert_eq!(split("&lt;rest"), Some(("lt", "rest")));
        assert_eq!(split("&lt"), None);
        assert_eq!(split("& lt;"), None);
    }
}
