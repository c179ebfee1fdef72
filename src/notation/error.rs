//! Why a notation file can not be used.

use miette::{Diagnostic, NamedSource, SourceSpan};
use thiserror::Error;

use super::Notation;

/// Why a notation file can not be used.
#[derive(Debug, Error, Diagnostic)]
pub enum Error {
    /// The file is no TOML, or has not the shape of a notation.
    #[error("this is no notation: {reason}")]
    #[diagnostic(
        code(poolpair::notation::malformed),
        help("`poolpair schema notation` prints the shape; `poolpair learn` writes a notation from two exports")
    )]
    Malformed {
        /// What is wrong.
        reason: String,
        /// The file.
        #[source_code]
        text: NamedSource<String>,
        /// Where.
        #[label("here")]
        span: Option<SourceSpan>,
    },
    /// The file was written by a later poolpair.
    #[error("format version {found} of notations is not known here; this poolpair reads version 1")]
    #[diagnostic(code(poolpair::notation::later_version), help("use the poolpair that wrote it, or a later one"))]
    LaterVersion {
        /// The version found.
        found: u32,
        /// The file.
        #[source_code]
        text: NamedSource<String>,
    },
}

impl Error {
    pub(super) fn malformed(name: &str, text: &str, error: &toml::de::Error) -> Self {
        Self::Malformed {
            reason: error.message().to_owned(),
            text: NamedSource::new(name, text.to_owned()),
            span: error.span().map(SourceSpan::from),
        }
    }

    pub(super) fn later_version(name: &str, text: &str, notation: &Notation) -> Self {
        Self::LaterVersion { found: notation.format_version, text: NamedSource::new(name, text.to_owned()) }
    }
}
