//! A few lines of a document around a place, for pages.

use miette::{SourceCode, SourceSpan};

use crate::source::{Source, Span};

/// A few lines of a document around a place, long lines clipped, what cannot be seen replaced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Excerpt {
    /// The line of the place, from 1.
    pub line: u32,
    /// What stands before the place.
    pub before: String,
    /// The place: as much of its first line as is shown.
    pub marked: String,
    /// What stands after it.
    pub after: String,
}

impl Excerpt {
    /// Cuts an excerpt out; nothing where the document has no such place.
    pub fn of(source: &Source, span: Span) -> Option<Self> {
        let snippet = source.snippet(span);
        Self::around(&snippet, snippet.label(span))
    }

    /// Takes an excerpt out of what a diagnostic shows of its text; nothing where it does not show the place.
    pub fn around(shown: &dyn SourceCode, label: SourceSpan) -> Option<Self> {
        let contents = shown.read_span(&label, 1, 1).ok()?;
        let text = std::str::from_utf8(contents.data()).ok()?;
        let start = label.offset().checked_sub(contents.span().offset())?;
        let (before, rest) = text.split_at_checked(start)?;
        let (marked, after) = rest.split_at_checked(label.len())?;
        let plain = |text: &str| text.replace('\r', "");
        // A cut line says so; whether the end is cut cannot be told, and matters less.
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

/// How many lines end in a text.
fn lines(text: &str) -> usize {
    text.replace("\r\n", "\n").matches(['\r', '\n']).count()
}
