//! The supported encodings of an export.

use std::borrow::Cow;
use std::fmt;

/// How the characters of a document are stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Encoding {
    /// UTF-8, which includes ASCII.
    Utf8,
    /// UTF-16, low byte first: what `Out-File` and `>` write in Windows PowerShell.
    Utf16Le,
    /// UTF-16, high byte first.
    Utf16Be,
}

impl Encoding {
    /// The name in lower case.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Utf8 => "utf-8",
            Self::Utf16Le => "utf-16le",
            Self::Utf16Be => "utf-16be",
        }
    }

    /// The byte order mark in this encoding.
    pub fn byte_order_mark(self) -> &'static [u8] {
        match self {
            Self::Utf8 => b"\xEF\xBB\xBF",
            Self::Utf16Le => b"\xFF\xFE",
            Self::Utf16Be => b"\xFE\xFF",
        }
    }

    /// Encodes `text`, without a byte order mark.
    pub fn encoded(self, text: &str) -> Cow<'_, [u8]> {
        match self {
            Self::Utf8 => text.as_bytes().into(),
            Self::Utf16Le => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
            Self::Utf16Be => text.encode_utf16().flat_map(u16::to_be_bytes).collect(),
        }
    }

    /// The decoder of this encoding.
    pub(super) fn decoder(self) -> &'static encoding_rs::Encoding {
        match self {
            Self::Utf8 => encoding_rs::UTF_8,
            Self::Utf16Le => encoding_rs::UTF_16LE,
            Self::Utf16Be => encoding_rs::UTF_16BE,
        }
    }

    /// Whether an XML declaration may name this encoding `name`.
    ///
    /// `ascii_only`: the text has no character above U+007F, so that `us-ascii` is also correct.
    pub(super) fn may_be_declared_as(self, name: &str, ascii_only: bool) -> bool {
        let one_of = |names: &[&str]| names.iter().any(|known| name.eq_ignore_ascii_case(known));
        match self {
            Self::Utf8 => one_of(&["utf-8", "utf8"]) || ascii_only && one_of(&["us-ascii", "ascii"]),
            Self::Utf16Le => one_of(&["utf-16", "utf-16le", "iso-10646-ucs-2", "unicode"]),
            Self::Utf16Be => one_of(&["utf-16", "utf-16be", "iso-10646-ucs-2", "unicodefffe"]),
        }
    }
}

impl fmt::Display for Encoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
