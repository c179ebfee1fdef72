//! Why a notation file cannot be used.

use std::ops::Range;

use miette::{Diagnostic, LabeledSpan, NamedSource, SourceSpan};
use thiserror::Error;
use toml::de::{DeTable, DeValue};

use super::{Notation, NotationProblem};

/// Why a notation file cannot be used.
#[derive(Debug, Error, Diagnostic)]
pub enum Error {
    /// The file is not TOML, or does not have the shape of a notation.
    #[error("this is not a notation: {reason}")]
    #[diagnostic(
        code("poolpair::notation::malformed"),
        help("`poolpair schema notation` prints the shape; `poolpair learn` writes a notation from two exports")
    )]
    Malformed {
        /// What is wrong.
        reason: String,
        /// The file.
        #[source_code]
        text: NamedSource<String>,
        /// Where the error is.
        #[label("here")]
        span: Option<SourceSpan>,
    },
    /// The file was written by another version of poolpair.
    #[error("format version {found} of notations is not known here; this poolpair reads version 1")]
    #[diagnostic(code("poolpair::notation::later-version"), help("use the poolpair that wrote it, or a later one"))]
    LaterVersion {
        /// The version found.
        found: u32,
        /// The file.
        #[source_code]
        text: NamedSource<String>,
        /// Where the version is.
        #[label("here")]
        span: Option<SourceSpan>,
    },
    /// The file contains names or texts that cannot be written into a document.
    #[error("the notation cannot be used: {summary}")]
    #[diagnostic(
        code("poolpair::notation::invalid"),
        help("correct the file, or write it again with `poolpair learn --before A --after B --out notation.toml`")
    )]
    Invalid {
        /// What is wrong, in words.
        summary: String,
        /// The file.
        #[source_code]
        text: NamedSource<String>,
        /// Where each problem is, and what is wrong.
        #[label(collection)]
        labels: Vec<LabeledSpan>,
    },
    /// The file is larger than a notation can be.
    #[error("the notation file has more than {limit} bytes")]
    #[diagnostic(code("poolpair::notation::too-large"), help("give a notation that `poolpair learn` wrote"))]
    TooLarge {
        /// The maximum size in bytes.
        limit: usize,
    },
    /// The file is not text.
    #[error("the notation file is not {encoding}")]
    #[diagnostic(code("poolpair::notation::encoding"), help("save it as UTF-8"))]
    Encoding {
        /// The encoding that it should have.
        encoding: &'static str,
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

    pub(super) fn other_version(name: &str, text: &str, notation: &Notation) -> Self {
        Self::LaterVersion {
            found: notation.format_version,
            text: NamedSource::new(name, text.to_owned()),
            span: find_span(text, "format-version").map(SourceSpan::from),
        }
    }

    pub(super) fn invalid(name: &str, text: &str, problems: &[NotationProblem]) -> Self {
        let faults: Vec<_> = problems.iter().map(|problem| problem.fault.as_str()).collect();
        let labels = problems.iter().filter_map(|problem| {
            let span = find_span(text, &problem.path)?;
            Some(LabeledSpan::new_with_span(Some(problem.fault.clone()), span))
        });
        Self::Invalid {
            summary: faults.join("; "),
            labels: labels.collect(),
            text: NamedSource::new(name, text.to_owned()),
        }
    }
}

/// The span of a value such as `service.0.role` in a file, or of its innermost existing parent.
fn find_span(text: &str, path: &str) -> Option<Range<usize>> {
    let document = DeTable::parse(text).ok()?;
    let (first, rest) = path.split_once('.').unwrap_or((path, ""));
    let mut at = document.get_ref().get(first)?;
    for step in rest.split('.').filter(|step| !step.is_empty()) {
        let next = match at.get_ref() {
            DeValue::Table(table) => table.get(step),
            DeValue::Array(items) => step.parse().ok().and_then(|index: usize| items.get(index)),
            _ => None,
        };
        match next {
            Some(next) => at = next,
            None => break,
        }
    }
    Some(at.span())
}
