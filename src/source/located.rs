//! An error and the place it is about.

use std::fmt;

use miette::{Diagnostic, LabeledSpan, SourceCode};

use super::lines::Lines;
use super::{Position, Snippet, Span};

/// A fault, and where it is, ready to be printed by miette.
///
/// It owns the few lines that it shows, and is one pointer wide.
pub struct LocatedFault<F>(Box<Inner<F>>);

struct Inner<F> {
    fault: F,
    file: String,
    place: Option<ShownAt>,
}

struct ShownAt {
    position: Position,
    labels: Vec<LabeledSpan>,
    snippet: Snippet,
}

/// A place to point at, and what is said there.
#[derive(Clone, Debug, PartialEq)]
pub struct Label {
    /// Where.
    pub span: Span,
    /// A few words.
    pub text: String,
}

impl Label {
    /// Says `text` at `span`.
    pub fn new(span: Span, text: impl Into<String>) -> Self {
        Self { span, text: text.into() }
    }
}

impl<F: Diagnostic> LocatedFault<F> {
    /// `fault` of a document that has no text, or none that can be shown.
    pub(super) fn without_place(fault: F, file: &str) -> Self {
        Self(Box::new(Inner { fault, file: file.into(), place: None }))
    }

    /// `fault` after the readable part of a document, whose other part is no text.
    pub(super) fn after(fault: F, file: &str, readable: &str, byte_offset: u64, label: &str) -> Self {
        let span = Span::empty_at(readable.len());
        let lines = Lines::new(readable);
        let count = lines.count(readable, readable.len());
        let position = Position { line: count.lines + 1, column: count.column + 1, byte_offset };
        let snippet = Snippet::new(file, readable, &lines, &[span]);
        Self::shown(fault, file, Some((position, snippet)), vec![Label::new(span, label)])
    }

    pub(super) fn shown(fault: F, file: &str, place: Option<(Position, Snippet)>, labels: Vec<Label>) -> Self {
        let place = place.map(|(position, snippet)| {
            let label = |(index, label): (usize, Label)| {
                let span = snippet.label(label.span);
                match index {
                    0 => LabeledSpan::new_primary_with_span(Some(label.text), span),
                    _ => LabeledSpan::new_with_span(Some(label.text), span),
                }
            };
            let labels = labels.into_iter().enumerate().map(label).collect();
            ShownAt { position, labels, snippet }
        });
        Self(Box::new(Inner { fault, file: file.into(), place }))
    }
}

impl<F> LocatedFault<F> {
    /// What is wrong.
    pub fn fault(&self) -> &F {
        &self.0.fault
    }

    /// The document, as [`Source::name`](super::Source::name) gives it.
    pub fn file(&self) -> &str {
        &self.0.file
    }

    /// Where; none for a document without text.
    pub fn position(&self) -> Option<Position> {
        self.0.place.as_ref().map(|place| place.position)
    }
}

impl<F: fmt::Display> fmt::Display for LocatedFault<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fault.fmt(f)
    }
}

impl<F: fmt::Debug> fmt::Debug for LocatedFault<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Located")
            .field("fault", &self.0.fault)
            .field("file", &self.0.file)
            .field("position", &self.position())
            .finish_non_exhaustive()
    }
}

impl<F: Diagnostic> std::error::Error for LocatedFault<F> {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.0.fault.source()
    }
}

impl<F: Diagnostic> Diagnostic for LocatedFault<F> {
    fn code<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        self.0.fault.code()
    }

    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        self.0.fault.help()
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        self.0.place.as_ref().map(|place| &place.snippet as &dyn SourceCode)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let place = self.0.place.as_ref()?;
        Some(Box::new(place.labels.iter().cloned()))
    }
}
