//! Request files as text.

use std::path::Path;
use std::{borrow::Cow, fmt};

use encoding_rs::{Encoding, UTF_8};

use super::error::RequestErrors;
use super::problem::Problem;

/// The most bytes that a request file may have: far more than a request for every pool of a deployment needs.
pub(super) const MAX_BYTES: usize = 1 << 20;

/// The language of a request file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// TOML.
    Toml,
    /// JSON, without comments or trailing commas.
    Json,
}

impl Format {
    /// The language that the extension of a file name stands for: JSON for `.json`, else TOML.
    pub fn of(name: &str) -> Self {
        let extension = Path::new(name).extension();
        if extension.is_some_and(|extension| extension.eq_ignore_ascii_case("json")) { Self::Json } else { Self::Toml }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Toml => "TOML",
            Self::Json => "JSON",
        })
    }
}

/// The text of a request file, without its byte order mark.
pub(super) fn decode<'a>(name: &str, bytes: &'a [u8]) -> Result<Cow<'a, str>, RequestErrors> {
    if bytes.len() > MAX_BYTES {
        return Err(RequestErrors::whole(name, Problem::TooLarge { limit: MAX_BYTES }));
    }
    let (encoding, mark) = Encoding::for_bom(bytes).unwrap_or((UTF_8, 0));
    let content = bytes.get(mark..).unwrap_or_default();
    encoding
        .decode_without_bom_handling_and_without_replacement(content)
        .ok_or_else(|| RequestErrors::whole(name, Problem::Encoding { encoding: encoding.name() }))
}
