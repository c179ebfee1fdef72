//! Conversion of offsets to lines and columns.

/// Lines, columns and UTF-16 lengths at regular offsets of a text, so that a lookup scans at most one block, however
/// long the lines are.
#[derive(Debug)]
pub(crate) struct Lines {
    blocks: Vec<Count>,
}

/// The counts before an offset.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Count {
    /// Line feeds.
    pub(crate) lines: u32,
    /// Characters since the last line feed.
    pub(crate) column: u32,
    /// UTF-16 code units.
    pub(crate) utf16: u32,
}

const BLOCK: usize = 4096;

impl Lines {
    /// Scans `text` once.
    pub(crate) fn new(text: &str) -> Self {
        let mut blocks = Vec::with_capacity(text.len() / BLOCK + 1);
        let mut count = Count::default();
        for block in text.as_bytes().chunks(BLOCK) {
            blocks.push(count);
            count = count.after(block);
        }
        Self { blocks }
    }

    /// The counts before `offset` of the same text.
    pub(crate) fn count(&self, text: &str, offset: usize) -> Count {
        let offset = offset.min(text.len());
        let block = (offset / BLOCK).min(self.blocks.len().saturating_sub(1));
        let before = self.blocks.get(block).copied().unwrap_or_default();
        before.after(text.as_bytes().get(block * BLOCK..offset).unwrap_or_default())
    }
}

impl Count {
    fn after(self, bytes: &[u8]) -> Self {
        let (lines, column) = match memchr::memrchr(b'\n', bytes) {
            Some(last) => {
                let lines = memchr::memchr_iter(b'\n', bytes).count() as u32;
                (lines, characters(bytes.get(last + 1..).unwrap_or_default()))
            }
            None => (0, self.column + characters(bytes)),
        };
        let pairs = if bytes.is_ascii() { 0 } else { count(bytes, |byte| byte >= 0xF0) };
        let utf16 = self.utf16 + characters(bytes) + pairs;
        Self { lines: self.lines + lines, column, utf16 }
    }
}

/// Counts characters by their first byte, since a block may begin inside a character.
fn characters(bytes: &[u8]) -> u32 {
    if bytes.is_ascii() { bytes.len() as u32 } else { count(bytes, |byte| byte & 0xC0 != 0x80) }
}

fn count(bytes: &[u8], counts: impl Fn(u8) -> bool) -> u32 {
    bytes.iter().filter(|&&byte| counts(byte)).count() as u32
}

#[cfg(test)]
mod tests {
    use super::{BLOCK, Count, Lines};

    #[test]
    fn counts_are_those_of_a_plain_scan() {
        let text = "a\r\n\u{e9}\u{1F600}x\n\n".repeat(BLOCK / 5);
        let lines = Lines::new(&text);
        let mut plain = Count::default();
        for (offset, character) in text.char_indices() {
            assert_eq!(lines.count(&text, offset), plain, "at {offset}");
            plain.column += 1;
            plain.utf16 += character.len_utf16() as u32;
            if character == '\n' {
                (plain.lines, plain.column) = (plain.lines + 1, 0);
            }
        }
        assert_eq!(lines.count(&text, text.len()), plain);
        assert_eq!(lines.count(&text, usize::MAX), plain);
        assert_eq!(Lines::new("").count("", 0), Count::default());
    }
}
