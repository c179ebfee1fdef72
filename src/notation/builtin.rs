//! The built-in notation, and reading one from a file.

use std::sync::LazyLock;

use super::{Error, Notation};

/// The text of the built-in notation, comments and evidence included.
pub const BUILT_IN: &str = include_str!("builtin.toml");

static PARSED: LazyLock<Notation> = LazyLock::new(|| match toml::from_str(BUILT_IN) {
    Ok(notation) => notation,
    // A test reads it, so this is never met in a released program.
    Err(error) => unreachable!("the built-in notation does not parse: {error}"),
});

impl Notation {
    /// The best-supported hypothesis; unverified.
    pub fn built_in() -> Self {
        PARSED.clone()
    }

    /// Reads a notation file.
    ///
    /// # Errors
    ///
    /// When the text is no TOML of this shape, or is of a later format version; with the place in the text.
    pub fn from_toml(name: &str, text: &str) -> Result<Self, Error> {
        let notation: Self = toml::from_str(text).map_err(|error| Error::malformed(name, text, &error))?;
        if notation.format_version == 1 { Ok(notation) } else { Err(Error::later_version(name, text, &notation)) }
    }

    /// Writes a notation file.
    pub fn to_toml(&self) -> String {
        toml::to_string(self).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::Notation;
    use crate::notation::Evidence;

    #[test]
    fn the_built_in_notation_says_that_it_is_unverified() {
        assert_eq!(Notation::built_in().evidence, Evidence::Unverified);
    }

    #[test]
    fn a_written_notation_reads_back() {
        let notation = Notation::built_in();
        assert_eq!(Notation::from_toml("n.toml", &notation.to_toml()).unwrap(), notation);
    }
}
