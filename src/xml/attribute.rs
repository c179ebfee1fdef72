//! The attributes of a start tag.

use std::borrow::Cow;

use crate::source::Span;

use super::name::is_space;
use super::text::attribute_value;

/// An attribute of an element, or a namespace declaration.
#[derive(Clone, Copy, Debug)]
pub struct Attribute<'d> {
    name: &'d str,
    raw: &'d str,
    quote: u8,
    name_start: usize,
    value_start: usize,
}

impl<'d> Attribute<'d> {
    /// The name as written, with its prefix.
    pub fn name(&self) -> &'d str {
        self.name
    }

    /// The name without its prefix.
    pub fn local_name(&self) -> &'d str {
        self.name.split_once(':').map_or(self.name, |(_, local)| local)
    }

    /// The prefix, if there is one.
    pub fn prefix(&self) -> Option<&'d str> {
        self.name.split_once(':').map(|(prefix, _)| prefix)
    }

    /// Whether this is `xmlns` or `xmlns:…`.
    pub fn is_namespace_declaration(&self) -> bool {
        self.name == "xmlns" || self.prefix() == Some("xmlns")
    }

    /// The normalized value: references resolved, white space as blanks.
    pub fn value(&self) -> Cow<'d, str> {
        attribute_value(self.raw)
    }

    /// The value as it is written between the quotes.
    pub fn raw_value(&self) -> &'d str {
        self.raw
    }

    /// From the name to the closing quote.
    pub fn span(&self) -> Span {
        Span::new(self.name_start, self.value_start + self.raw.len() + 1)
    }

    /// Between the quotes.
    pub fn value_span(&self) -> Span {
        Span::new(self.value_start, self.value_start + self.raw.len())
    }

    /// The quote around the value: `"` or `'`.
    pub fn quote(&self) -> char {
        self.quote.into()
    }
}

/// The attributes and namespace declarations of a start tag, in the order written.
///
/// Read from the text again; the text was checked before.
#[derive(Clone, Debug)]
pub struct Attributes<'d> {
    text: &'d str,
    offset: usize,
}

impl<'d> Attributes<'d> {
    /// The attributes in `text`, which ends with the tag, starting after the element's name at `offset`.
    pub(super) fn new(text: &'d str, offset: usize) -> Self {
        Self { text, offset }
    }
}

impl<'d> Iterator for Attributes<'d> {
    type Item = Attribute<'d>;

    fn next(&mut self) -> Option<Self::Item> {
        let rest = self.text.get(self.offset..)?;
        let bytes = rest.as_bytes();
        let start = bytes.iter().position(|&byte| !is_space(byte))?;
        let equals = start + bytes.get(start..)?.iter().position(|&byte| byte == b'=')?;
        // Only white space may surround the `=`.
        let name = rest.get(start..equals)?.trim_ascii_end();
        let open = equals + bytes.get(equals..)?.iter().position(|&byte| byte == b'"' || byte == b'\'')?;
        let quote = *bytes.get(open)?;
        let raw = rest.get(open + 1..)?;
        let raw = raw.get(..memchr::memchr(quote, raw.as_bytes())?)?;
        let (name_start, value_start) = (self.offset + start, self.offset + open + 1);
        self.offset = value_start + raw.len() + 1;
        Some(Attribute { name, raw, quote, name_start, value_start })
    }
}
