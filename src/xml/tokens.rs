//! The tokens of quick-xml, which splits a text at its markup, with their places in the whole text.

use quick_xml::Reader;
use quick_xml::events::Event;

/// The tokens of a text.
pub(super) struct Tokens<'d> {
    reader: Reader<&'d [u8]>,
}

impl<'d> Tokens<'d> {
    /// `text` must start with no byte order mark: the reader would skip it, and tell other offsets from there on.
    pub(super) fn new(text: &'d str) -> Self {
        let mut reader = Reader::from_str(text);
        let config = reader.config_mut();
        // The builder compares end tags itself, with the place of the start tag at hand.
        config.check_end_names = false;
        config.allow_unmatched_ends = true;
        Self { reader }
    }

    /// Where the next token starts.
    pub(super) fn offset(&self) -> usize {
        self.reader.buffer_position() as usize
    }

    /// The next token, or where markup starts that quick-xml gives up on.
    pub(super) fn next(&mut self) -> Result<Event<'d>, usize> {
        self.reader.read_event().map_err(|_| self.reader.error_position() as usize)
    }
}
