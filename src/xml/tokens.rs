//! The tokens of quick-xml with their positions in the text.

use quick_xml::Reader;
use quick_xml::events::Event;

use super::name::is_space;

/// The tokens of a text, without the white space before each.
pub(super) struct Tokens<'d> {
    text: &'d str,
    reader: Reader<&'d [u8]>,
}

/// A token and its position.
pub(super) struct Token<'d> {
    /// The offset after the previous token.
    pub(super) before: usize,
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) event: Event<'d>,
}

impl<'d> Tokens<'d> {
    /// `text` must not start with a byte order mark: the reader would skip it, and its offsets would be shifted.
    pub(super) fn new(text: &'d str) -> Self {
        let mut reader = Reader::from_str(text);
        let config = reader.config_mut();
        // The builder compares end tags itself, since it knows where the start tag is.
        config.check_end_names = false;
        config.allow_unmatched_ends = true;
        // Most text is white space between tags, which needs no token.
        config.trim_text_start = true;
        Self { text, reader }
    }

    /// The next token, or the offset of markup that quick-xml rejects.
    pub(super) fn next(&mut self) -> Result<Token<'d>, usize> {
        let before = self.reader.buffer_position() as usize;
        let event = self.reader.read_event().map_err(|_| self.reader.error_position() as usize)?;
        let rest = self.text.as_bytes().get(before..).unwrap_or_default();
        let start = before + rest.iter().position(|&byte| !is_space(byte)).unwrap_or(rest.len());
        Ok(Token { before, start, end: self.reader.buffer_position() as usize, event })
    }
}
