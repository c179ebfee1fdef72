//! The readable text of a damaged file.

use super::archive;
use super::decode::Form;

/// The text of a file, with U+FFFD for each part that cannot be decoded; `None` if it is not UTF-8 or UTF-16.
pub fn decode_lossy(bytes: &[u8]) -> Option<String> {
    if bytes.is_empty() {
        return Some(String::new());
    }
    if archive::is_archive(bytes) {
        return None;
    }
    let form = Form::detect("", bytes).ok()?;
    let content = bytes.get(form.skipped()..).unwrap_or_default();
    let (text, _) = form.encoding.decoder().decode_without_bom_handling(content);
    Some(text.into_owned())
}

#[cfg(test)]
mod tests {
    use super::decode_lossy;

    #[test]
    fn what_can_be_decoded_is_and_the_rest_is_marked() {
        let utf_16 = |text: &str| {
            "\u{feff}".encode_utf16().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect::<Vec<_>>()
        };
        assert_eq!(decode_lossy(&utf_16("<a>é</a>")).as_deref(), Some("<a>é</a>"));
        let mut cut = utf_16("<a>é</a>");
        cut.pop();
        assert_eq!(decode_lossy(&cut).as_deref(), Some("<a>é</a\u{fffd}"));
        let half = [
            utf_16("<a>"),
            0xD83D_u16.to_le_bytes().to_vec(),
            "</a>".encode_utf16().flat_map(u16::to_le_bytes).collect(),
        ]
        .concat();
        assert_eq!(decode_lossy(&half).as_deref(), Some("<a>\u{fffd}</a>"));
        assert_eq!(decode_lossy(b"<a>\xE9</a>").as_deref(), Some("<a>\u{fffd}</a>"));
        assert_eq!(decode_lossy(b"").as_deref(), Some(""));
        assert_eq!(decode_lossy(b"PK\x03\x04"), None);
        assert_eq!(decode_lossy(b"\x1F\x8B\x08"), None);
    }
}
