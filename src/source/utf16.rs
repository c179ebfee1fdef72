//! Decoding of UTF-16.

use encoding_rs::DecoderResult;

use super::Encoding;

/// Decodes `bytes`, whole code units; the error is the offset of a lone surrogate and the text before it.
pub(super) fn decode(bytes: &[u8], encoding: Encoding) -> Result<String, (usize, String)> {
    let mut decoder = encoding.decoder().new_decoder_without_bom_handling();
    let max_length = decoder.max_utf8_buffer_length_without_replacement(bytes.len());
    let mut text = String::with_capacity(max_length.unwrap_or_default());
    match decoder.decode_to_string_without_replacement(bytes, &mut text, true) {
        (DecoderResult::Malformed(length, after), read) => Err((read - usize::from(length) - usize::from(after), text)),
        (DecoderResult::InputEmpty | DecoderResult::OutputFull, _) => Ok(text),
    }
}

#[cfg(test)]
mod tests {
    use super::decode;
    use crate::source::Encoding;

    #[test]
    fn what_is_encoded_is_decoded() {
        for filler in ["", "a", "\u{20AC}", "\u{1F600}", "a\u{1F600}", "\u{E9}b"] {
            for length in 0..80 {
                let text = [&"x".repeat(length), filler, &"y".repeat(70), filler].concat();
                for encoding in [Encoding::Utf16Le, Encoding::Utf16Be] {
                    let mut bytes = Vec::new();
                    bytes.extend_from_slice(&encoding.encoded(&text));
                    assert_eq!(decode(&bytes, encoding).as_deref(), Ok(text.as_str()));
                }
            }
        }
    }

    #[test]
    fn half_a_pair_is_found_where_it_is() {
        for before in [0, 1, 31, 32, 33, 100] {
            for half in [0xD83D_u16, 0xDE00] {
                let mut bytes = Vec::new();
                bytes.extend_from_slice(&Encoding::Utf16Le.encoded(&"x".repeat(before)));
                bytes.extend(half.to_le_bytes());
                let cut = decode(&bytes, Encoding::Utf16Le).unwrap_err();
                assert_eq!(cut, (2 * before, "x".repeat(before)), "at the end");
                bytes.extend_from_slice(&Encoding::Utf16Le.encoded(&"y".repeat(40)));
                let inside = decode(&bytes, Encoding::Utf16Le).unwrap_err();
                assert_eq!(inside, (2 * before, "x".repeat(before)), "inside");
            }
        }
    }
}
