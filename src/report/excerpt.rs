//! Excerpts of a document for HTML pages.

use miette::{SourceCode, SourceSpan};

use crate::source::{Source, Span};

/// A few lines of a document around a span, with long lines clipped and invisible characters replaced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Excerpt {
    /// The line of the span, from 1.
    pub line: u32,
    /// The text before the span.
    pub before: String,
    /// The text of the span, clipped to its first line.
    pub marked: String,
    /// The text after the span.
    pub after: String,
}

impl Excerpt {
    /// Extracts an excerpt; `None` if the span is out of bounds.
    pub fn of(source: &Source, span: Span) -> Option<Self> {
        let snippet = source.snippet(span);
        Self::around(&snippet, snippet.label(span))
    }

    /// Extracts an excerpt from the source of a diagnostic; `None` if the label is out of bounds.
    pub fn around(source: &dyn SourceCode, label: SourceSpan) -> Option<Self> {
        let contents = source.read_span(&label, 1, 1).ok()?;
        let text = std::str::from_utf8(contents.data()).ok()?;
        let start = label.offset().checked_sub(contents.span().offset())?;
        let (before, rest) = text.split_at_checked(start)?;
        let (marked, after) = rest.split_at_checked(label.len())?;
        let plain = |text: &str| text.replace('\r', "");
        // Only a clip at the start of a line is detectable.
        let lead = if contents.column() > 0 { "…" } else { "" };
        let excerpt = Self {
            line: u32::try_from(contents.line() + lines(before) + 1).unwrap_or(u32::MAX),
            before: format!("{lead}{}", plain(before)),
            marked: plain(marked),
            after: plain(after),
        };
        (!text.is_empty()).then_some(excerpt)
    }
}

/// The number of line ends in a text.
fn lines(text: &str) -> usize {
    text.replace("\r\n", "\n").matches(['\r', '\n']).count()
}
