//! Notation files: TOML in UTF-8, or in UTF-16 as Windows PowerShell redirects it.

use std::sync::LazyLock;

use super::{Error, Notation};
use crate::source::text_of_file;

/// The text of the built-in notation, including comments and evidence.
pub const BUILT_IN: &str = include_str!("builtin.toml");

/// The maximum size of a notation file in bytes.
const MAX_BYTES: usize = 1 << 20;

static PARSED: LazyLock<Notation> = LazyLock::new(|| match toml::from_str(BUILT_IN) {
    Ok(notation) => notation,
    // A test parses it, so this cannot fail in a released program.
    Err(error) => unreachable!("the built-in notation does not parse: {error}"),
});

impl Notation {
    /// The version of the file format.
    pub const FORMAT_VERSION: u32 = 1;

    /// The built-in notation: the best-supported hypothesis, unverified.
    pub fn built_in() -> Self {
        PARSED.clone()
    }

    /// Reads the bytes of a notation file; `name` identifies it in messages.
    ///
    /// # Errors
    ///
    /// As for [`from_toml`](Self::from_toml), and when the bytes are too many or not text.
    pub fn from_bytes(name: &str, bytes: &[u8]) -> Result<Self, Error> {
        if bytes.len() > MAX_BYTES {
            return Err(Error::TooLarge { limit: MAX_BYTES });
        }
        Self::from_toml(name, &text_of_file(bytes).map_err(|encoding| Error::Encoding { encoding })?)
    }

    /// Reads the text of a notation file.
    ///
    /// # Errors
    ///
    /// When the text is not TOML of this shape, has another format version, or contains names or texts that cannot be
    /// written into a document; with their positions.
    pub fn from_toml(name: &str, text: &str) -> Result<Self, Error> {
        let notation: Self = toml::from_str(text).map_err(|error| Error::malformed(name, text, &error))?;
        if notation.format_version != Self::FORMAT_VERSION {
            return Err(Error::other_version(name, text, &notation));
        }
        let problems = notation.problems();
        if problems.is_empty() { Ok(notation) } else { Err(Error::invalid(name, text, &problems)) }
    }

    /// The text of a notation file.
    pub fn to_toml(&self) -> String {
        toml::to_string(self).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::Notation;
    use crate::notation::{BUILT_IN, Evidence};

    #[test]
    fn the_built_in_notation_says_that_it_is_unverified() {
        assert_eq!(Notation::built_in().evidence, Evidence::Unverified);
        assert_eq!(Notation::from_toml("built-in", BUILT_IN).unwrap(), Notation::built_in());
    }

    #[test]
    fn a_written_notation_reads_back_and_is_short() {
        let text = Notation::built_in().to_toml();
        assert_eq!(Notation::from_toml("n.toml", &text).unwrap(), Notation::built_in());
        assert!(!text.contains("placement") && !text.contains("position"), "{text}");
    }

    #[test]
    fn windows_powershell_redirects_into_utf_16() {
        let units = "\u{FEFF}".encode_utf16().chain(BUILT_IN.encode_utf16());
        let bytes: Vec<u8> = units.flat_map(u16::to_le_bytes).collect();
        assert_eq!(Notation::from_bytes("n.toml", &bytes).unwrap(), Notation::built_in());
    }
}
