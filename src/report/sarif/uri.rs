//! File names as URI references.

use std::fmt::Write as _;

/// Converts a file name to a URI reference with forward slashes (RFC 3986): relative for a relative name, a `file` URI
/// for an absolute Unix or Windows path.
///
/// A backslash is a separator, as on Windows, where topologies come from; in Unix file names it is very rare.
pub(super) fn reference(name: &str) -> String {
    let slashed = name.replace('\\', "/");
    let path = slashed.strip_prefix("./").unwrap_or(&slashed);
    let mut bytes = path.bytes();
    let has_drive = matches!((bytes.next(), bytes.next()), (Some(letter), Some(b':')) if letter.is_ascii_alphabetic());
    match (path.strip_prefix("//"), path.starts_with('/')) {
        (Some(share), _) => format!("file://{}", encoded(share, "/")),
        (None, true) => format!("file://{}", encoded(path, "/")),
        (None, false) if has_drive => format!("file:///{}", encoded(path, "/:")),
        (None, false) => encoded(path, "/"),
    }
}

/// Percent-encodes everything except unreserved characters and those in `kept`.
fn encoded(text: &str, kept: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        let plain = byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) || kept.as_bytes().contains(&byte);
        if plain {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::reference;

    #[test]
    fn names_become_references() {
        for (name, expected) in [
            ("topology.xml", "topology.xml"),
            (r"exports\site 1\topology.xml", "exports/site%201/topology.xml"),
            ("./a#b?.xml", "a%23b%3F.xml"),
            (r"C:\exports\topology.xml", "file:///C:/exports/topology.xml"),
            ("/srv/ü.xml", "file:///srv/%C3%BC.xml"),
            (r"\\server\share\t.xml", "file://server/share/t.xml"),
            ("<stdin>", "%3Cstdin%3E"),
        ] {
            assert_eq!(reference(name), expected);
        }
    }
}
