//! An error and its position.

use std::fmt;

use miette::{Diagnostic, LabeledSpan};

use super::lines::Lines;
use super::{Position, Snippet, Span};

/// A fault and its position, ready to be printed by miette.
///
/// It owns the lines that it shows, and is one pointer wide.
#[derive(Debug, thiserror::Error, Diagnostic)]
#[error(transparent)]
#[diagnostic(transparent)]
pub struct LocatedFault<F: Diagnostic + 'static>(Box<Inner<F>>);

#[derive(Debug, Diagnostic)]
#[diagnostic(forward(fault))]
struct Inner<F: Diagnostic + 'static> {
    fault: F,
    file: String,
    position: Option<Position>,
    #[label(collection)]
    labels: Vec<LabeledSpan>,
    #[source_code]
    snippet: Option<Snippet>,
}

/// A labelled span of a document.
#[derive(Clone, Debug, PartialEq)]
pub struct Label {
    /// The span.
    pub span: Span,
    /// A few words.
    pub text: String,
}

impl Label {
    /// Creates a label with `text` at `span`.
    pub fn new(span: Span, text: impl Into<String>) -> Self {
        Self { span, text: text.into() }
    }
}

impl<F: Diagnostic> LocatedFault<F> {
    /// A fault of a document whose text cannot be shown.
    pub(super) fn without_position(fault: F, file: &str) -> Self {
        Self::build(fault, file, None, Vec::new())
    }

    /// A fault directly after the readable part of a document.
    pub(super) fn after(fault: F, file: &str, readable: &str, byte_offset: u64, label: &str) -> Self {
        let span = Span::empty_at(readable.len());
        let lines = Lines::new(readable);
        let count = lines.count(readable, readable.len());
        let position = Position { line: count.lines + 1, column: count.column + 1, byte_offset };
        let snippet = Snippet::new(file, readable, &lines, &[span]);
        Self::build(fault, file, Some((position, snippet)), vec![Label::new(span, label)])
    }

    pub(super) fn build(fault: F, file: &str, location: Option<(Position, Snippet)>, labels: Vec<Label>) -> Self {
        let (position, snippet) = location.unzip();
        let label = |(index, Label { span, text }): (usize, Label)| {
            let span = snippet.as_ref().map_or_else(|| span.range().into(), |snippet| snippet.label(span));
            match index {
                0 => LabeledSpan::new_primary_with_span(Some(text), span),
                _ => LabeledSpan::new_with_span(Some(text), span),
            }
        };
        let labels = labels.into_iter().enumerate().map(label).collect();
        Self(Box::new(Inner { fault, file: file.into(), position, labels, snippet }))
    }

    /// The fault.
    pub fn fault(&self) -> &F {
        &self.0.fault
    }

    /// The document, as named by [`Source::name`](super::Source::name).
    pub fn file(&self) -> &str {
        &self.0.file
    }

    /// The position of the fault; `None` for a document without text.
    pub fn position(&self) -> Option<Position> {
        self.0.position
    }
}

impl<F: Diagnostic> fmt::Display for Inner<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.fault, f)
    }
}

impl<F: Diagnostic> std::error::Error for Inner<F> {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.fault.source()
    }
}
