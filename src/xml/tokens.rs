//! The tokens of quick-xml, which splits a text at its markup, with their places in the text.

use quick_xml::Reader;
use quick_xml::events::Event;

use super::name::is_space;

/// The tokens of a text, white space before each left out.
pub(super) struct Tokens<'d> {
    text: &'d str,
    reader: Reader<&'d [u8]>,
}

/// A token, and where it is.
pub(super) struct Token<'d> {
    /// The offset after the token before.
    pub(super) before: usize,
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) event: Event<'d>,
}

impl<'d> Tokens<'d> {
    /// `text` must start with no byte order mark: the reader would skip it, and tell other offsets from there on.
    pub(super) fn new(text: &'d str) -> Self {
        let mut reader = Reader::from_str(text);
        let config = reader.config_mut();
        // The builder compares end tags itself, with the place of the start tag at hand.
        config.check_end_names = false;
        config.allow_unmatched_ends = true;
        // Most text is white space between tags, and not worth a token.
        config.trim_text_start = true;
        Self { text, reader }
    }

    /// The next token, or where markup starts that quick-xml gives up on.
    pub(super) fn next(&mut self) -> Result<Token<'d>, usize> {
        let before = self.reader.buffer_position() as usize;
        let event = self.reader.read_event().map_err(|_| self.reader.error_position() as usize)?;
        let rest = self.text.as_bytes().get(before..).unwrap_or_default();
        let start = before + rest.iter().position(|&byte| !is_space(byte)).unwrap_or(rest.len());
        Ok(Token { before, start, end: self.reader.buffer_position() as usize, event })
    }
}
