//! Hashes that other tools can check.

use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

/// The SHA-256 of `bytes` in lower-case hexadecimal digits; `Get-FileHash` prints it in upper case.
pub fn sha256(bytes: &[u8]) -> String {
    HEXLOWER.encode(&Sha256::digest(bytes))
}

/// The text without what saving it again may change: the XML declaration, the kind of line ends, and white space at
/// both ends.
///
/// Two exports of one topology are equal in this form, whatever program saved them.
pub fn normalised(text: &str) -> String {
    pieces(text).collect()
}

/// Whether the text is already in its normalised form.
pub(super) fn is_normalised(text: &str) -> bool {
    let is_whole = || pieces(text).map(str::len).sum::<usize>() == text.len();
    memchr::memchr(b'\r', text.as_bytes()).is_none() && is_whole()
}

/// The SHA-256 of the [normalised] text in UTF-8, in lower-case hexadecimal digits.
pub fn normalised_sha256(text: &str) -> String {
    let mut hasher = Sha256::new();
    pieces(text).for_each(|piece| hasher.update(piece));
    HEXLOWER.encode(&hasher.finalize())
}

/// The normalised text in pieces: each line, and a line feed between two lines.
fn pieces(text: &str) -> impl Iterator<Item = &str> {
    const WHITE_SPACE: [char; 4] = [' ', '\t', '\r', '\n'];
    let text = text.trim_matches(WHITE_SPACE);
    let body = match super::declaration::Declaration::find(text) {
        Some(declaration) => text.get(declaration.end..).unwrap_or_default().trim_start_matches(WHITE_SPACE),
        None => text,
    };
    let ends = memchr::memchr_iter(b'\r', body.as_bytes()).chain([body.len()]);
    ends.scan(0, |start, end| {
        let line = body.get(*start..end)?;
        // A carriage return and line feed are one line end.
        let ends = *start > 0 && !line.starts_with('\n');
        *start = end + 1;
        Some([if ends { "\n" } else { "" }, line])
    })
    .flatten()
}

#[cfg(test)]
mod tests {
    use super::{is_normalised, normalised, normalised_sha256, sha256};

    #[test]
    fn what_saving_again_may_change_does_not_count() {
        let plain = "<a>\n  <b />\n</a>";
        assert!(is_normalised(plain));
        for same in [
            plain,
            "<a>\r\n  <b />\r\n</a>\r\n",
            "<a>\r  <b />\r</a>\r",
            "<?xml version=\"1.0\" encoding=\"utf-16\"?>\r\n<a>\r\n  <b />\r\n</a>\r\n",
            "\n\t<a>\r\n  <b />\n</a> ",
        ] {
            assert_eq!(normalised(same), plain, "{same:?}");
            assert_eq!(is_normalised(same), same == plain, "{same:?}");
            assert_eq!(normalised_sha256(same), sha256(plain.as_bytes()), "{same:?}");
        }
        for other in ["<a>\n  <b/>\n</a>", "<a>\n\n  <b />\n</a>", "<a>\r\r\n  <b />\n</a>"] {
            assert_ne!(normalised(other), plain, "{other:?}");
        }
        assert_eq!(normalised("a\r\r\n\n\rb"), "a\n\n\n\nb");
        assert_eq!(normalised(""), "");
    }

    #[test]
    fn a_hash_is_what_other_tools_print() {
        assert_eq!(sha256(b"abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }
}
