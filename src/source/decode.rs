//! Decoding of stored bytes.

use super::declaration::Declaration;
use super::fault::{DocumentKind, SourceError, SourceFault};
use super::{Encoding, Span, utf16};

/// A document as stored, with its text.
#[derive(Debug)]
pub(super) enum Stored {
    /// The bytes are the text, with the byte order mark if there is one.
    Utf8(String),
    /// The bytes, and the text without the byte order mark.
    Utf16(Vec<u8>, String),
}

/// How a document is stored.
#[derive(Clone, Copy, Debug)]
pub(super) struct Form {
    pub(super) encoding: Encoding,
    pub(super) bom: bool,
}

impl Form {
    /// Detects the encoding from the first bytes, as in appendix F of the XML recommendation.
    pub(super) fn detect(file: &str, bytes: &[u8]) -> Result<Self, SourceError> {
        let fault = |fault| Err(SourceError::after(fault, file, "", 0, "from the first byte on"));
        let unsupported = |name: &str| fault(SourceFault::UnsupportedEncoding { name: name.into() });
        let form = |encoding, bom| Ok(Self { encoding, bom });
        match bytes {
            [] => fault(SourceFault::Empty),
            [0xFF, 0xFE, 0, 0, ..] | [0, 0, 0xFE, 0xFF, ..] | [b'<', 0, 0, 0, ..] | [0, 0, 0, b'<', ..] => {
                unsupported("utf-32")
            }
            [0xEF, 0xBB, 0xBF, ..] => form(Encoding::Utf8, true),
            [0xFF, 0xFE, ..] => form(Encoding::Utf16Le, true),
            [0xFE, 0xFF, ..] => form(Encoding::Utf16Be, true),
            [b'<', 0, ..] => form(Encoding::Utf16Le, false),
            [0, b'<', ..] => form(Encoding::Utf16Be, false),
            [b'+', b'/', b'v', ..] => unsupported("utf-7"),
            [0x4C, 0x6F, 0xA7, 0x94, ..] => unsupported("ebcdic"),
            [0x1F, 0x8B, ..] => fault(SourceFault::NotXml(DocumentKind::Gzip)),
            _ => form(Encoding::Utf8, false),
        }
    }

    /// The length of the byte order mark.
    pub(super) fn skipped(self) -> usize {
        if self.bom { self.encoding.byte_order_mark().len() } else { 0 }
    }

    /// Decodes all of `bytes`. Nothing is replaced: a byte that cannot be decoded is an error.
    pub(super) fn decode(self, file: &str, bytes: Vec<u8>) -> Result<Stored, SourceError> {
        match self.encoding {
            Encoding::Utf8 => utf8(file, bytes, self.skipped()).map(Stored::Utf8),
            _ => self.utf16(file, &bytes).map(|text| Stored::Utf16(bytes, text)),
        }
    }

    fn utf16(self, file: &str, bytes: &[u8]) -> Result<String, SourceError> {
        let skipped = self.skipped();
        let whole = bytes.get(skipped..bytes.len() - bytes.len() % 2).unwrap_or_default();
        let text = utf16::decode(whole, self.encoding).map_err(|(at, text)| {
            let byte_offset = (skipped + at) as u64;
            let fault = SourceFault::LoneSurrogate { byte_offset };
            SourceError::after(fault, file, &text, byte_offset, "the other half is missing here")
        })?;
        if bytes.len() % 2 == 1 {
            let fault = SourceFault::OddByteCount { byte_count: bytes.len() as u64 };
            return Err(SourceError::after(fault, file, &text, bytes.len() as u64 - 1, "one byte after this"));
        }
        Ok(text)
    }
}

fn utf8(file: &str, bytes: Vec<u8>, skipped: usize) -> Result<String, SourceError> {
    String::from_utf8(bytes).map_err(|error| {
        let (at, length) = (error.utf8_error().valid_up_to(), error.utf8_error().error_len());
        let (readable, rest) = error.as_bytes().split_at(at);
        let readable = str::from_utf8(readable.get(skipped..).unwrap_or_default()).unwrap_or_default();
        if let Some((name, span)) = Declaration::find(readable).and_then(|declaration| declaration.encoding)
            && !is_utf(name)
        {
            return declared_unsupported(file, name, readable, skipped, span);
        }
        let fault = SourceFault::InvalidUtf8 { reason: invalid(rest, length), byte_offset: at as u64 };
        SourceError::after(fault, file, readable, at as u64, "no text from here on")
    })
}

/// Why the bytes are not UTF-8, by table 3-7 of the Unicode standard.
fn invalid(rest: &[u8], length: Option<usize>) -> &'static str {
    match (rest, length) {
        (_, None) => "a character that is cut off",
        ([0xC0 | 0xC1, ..] | [0xE0, 0x80..=0x9F, ..] | [0xF0, 0x80..=0x8F, ..], _) => "an overlong form",
        ([0xED, 0xA0..=0xBF, ..], _) => "a surrogate",
        ([0xF4, 0x90..=0xBF, ..] | [0xF5..=0xFF, ..], _) => "a byte beyond Unicode",
        ([0x80..=0xBF, ..], _) => "a stray continuation byte",
        _ => "a byte of another encoding",
    }
}

/// Whether this names an encoding that every XML processor supports.
pub(super) fn is_utf(name: &str) -> bool {
    [Encoding::Utf8, Encoding::Utf16Le, Encoding::Utf16Be]
        .iter()
        .any(|encoding| encoding.may_be_declared_as(name, true))
}

/// A declared encoding that is not supported.
fn declared_unsupported(file: &str, name: &str, readable: &str, skipped: usize, span: Span) -> SourceError {
    let before = readable.get(..span.start as usize).unwrap_or_default();
    let fault = SourceFault::UnsupportedEncoding { name: name.into() };
    SourceError::after(fault, file, before, (skipped + before.len()) as u64, "declared here")
}
