//! UTF-16 to text.

use super::Encoding;

/// Decodes `bytes`, whole code units, or tells the offset of a lone surrogate and the text before it.
///
/// Exports are ASCII but for a few names: whole blocks of it are narrowed at once, and only a block with something
/// else in it is read character by character.
pub(super) fn decode(bytes: &[u8], encoding: Encoding) -> Result<String, (usize, String)> {
    let mut text = String::with_capacity(bytes.len() / 2);
    let mut rest = bytes;
    while let Some((block, after)) = rest.split_first_chunk::<BLOCK>() {
        let narrow = narrowed(block, encoding);
        if let Some(ascii) = narrow.as_ref().and_then(|narrow| ascii(narrow)) {
            text.push_str(ascii);
            rest = after;
        } else if let Err(left) = characters(&mut rest, BLOCK, encoding, &mut text) {
            return Err((bytes.len() - left, text));
        }
    }
    match characters(&mut rest, usize::MAX, encoding, &mut text) {
        Ok(()) => Ok(text),
        Err(left) => Err((bytes.len() - left, text)),
    }
}

/// Bytes that are narrowed at once; enough for the compiler to use wide registers.
const BLOCK: usize = 256;

/// The low bytes, when all others are 0.
fn narrowed(block: &[u8; BLOCK], encoding: Encoding) -> Option<[u8; BLOCK / 2]> {
    let (low, high) = if encoding == Encoding::Utf16Be { (1, 0) } else { (0, 1) };
    let (units, _) = block.as_chunks::<2>();
    let mut narrow = [0; BLOCK / 2];
    let mut others = 0;
    for (narrow, unit) in narrow.iter_mut().zip(units) {
        *narrow = unit[low];
        others |= unit[high];
    }
    (others == 0).then_some(narrow)
}

fn ascii(bytes: &[u8]) -> Option<&str> {
    bytes.is_ascii().then(|| str::from_utf8(bytes).ok())?
}

/// Takes about `most` bytes of characters from `rest`; the error is the number of bytes left at a lone surrogate.
fn characters(rest: &mut &[u8], most: usize, encoding: Encoding, text: &mut String) -> Result<(), usize> {
    let wanted = rest.len().saturating_sub(most);
    let (units, _) = rest.as_chunks::<2>();
    let units = units.iter().map(|unit| match encoding {
        Encoding::Utf16Be => u16::from_be_bytes(*unit),
        _ => u16::from_le_bytes(*unit),
    });
    let mut left = rest.len();
    for character in char::decode_utf16(units) {
        let character = character.map_err(|_| left)?;
        text.push(character);
        left -= 2 * character.len_utf16();
        if left <= wanted {
            break;
        }
    }
    *rest = rest.get(rest.len() - left..).unwrap_or_default();
    Ok(())
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
