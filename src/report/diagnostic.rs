//! A finding as a miette diagnostic, with excerpts of one document or of two.

use std::fmt;

use miette::{
    Diagnostic, LabeledSpan, MietteError, MietteSpanContents, NamedSource, SourceCode, SourceSpan, SpanContents,
};

use crate::rules::{Finding, Place, Severity};
use crate::source::{Snippet, Source, Span};
use crate::text::sanitize_truncated;

/// The texts that findings point into.
#[derive(Clone, Copy, Debug)]
pub struct Texts<'a> {
    /// The topology.
    pub topology: &'a Source,
    /// The request, where it came from a file: [`Request::source`](crate::request::Request::source).
    pub request: Option<&'a NamedSource<String>>,
}

/// A finding as a miette diagnostic. It owns the few lines that it shows, clipped and sanitize.
#[derive(Debug, thiserror::Error)]
#[error("{message}")]
pub(super) struct FindingDiagnostic {
    message: String,
    code: String,
    severity: Severity,
    help: String,
    labels: Vec<LabeledSpan>,
    excerpts: Excerpts,
}

impl FindingDiagnostic {
    pub(super) fn new(finding: &Finding, texts: &Texts<'_>) -> Self {
        let mut diagnostic = Self {
            message: sanitize_truncated(&finding.sentence()),
            code: format!("{}[{}]", finding.effective_severity().name(), finding.rule.id),
            severity: finding.effective_severity(),
            help: footer(finding).join("\n"),
            labels: Vec::new(),
            excerpts: Excerpts::default(),
        };
        let request_is_main = matches!(finding.labels.first().map(|label| &label.place), Some(Place::Request(_)));
        if request_is_main {
            diagnostic.show_request(finding, texts);
            diagnostic.show_topology(finding, texts);
        } else {
            diagnostic.show_topology(finding, texts);
            diagnostic.show_request(finding, texts);
        }
        diagnostic
    }

    fn show_topology(&mut self, finding: &Finding, texts: &Texts<'_>) {
        let places: Vec<_> = places_in_topology(finding).collect();
        let spans: Vec<_> = places.iter().map(|(span, _)| *span).collect();
        self.show(texts.topology.snippet_of(&spans), texts.topology.text().len(), &places);
    }

    fn show_request(&mut self, finding: &Finding, texts: &Texts<'_>) {
        let Some(request) = texts.request else { return };
        let places: Vec<_> = places_in_request(finding).collect();
        let spans: Vec<_> = places.iter().map(|(span, _)| *span).collect();
        let text = request.inner().as_str();
        self.show(Snippet::of_text(request.name(), text, &spans), text.len(), &places);
    }

    fn show(&mut self, snippet: Snippet, length: usize, places: &[(Span, &str)]) {
        let shift = self.excerpts.end();
        for (span, text) in places {
            let label = snippet.label(*span);
            let shifted = SourceSpan::from((label.offset() + shift, label.len()));
            self.labels.push(match self.labels.is_empty() {
                true => LabeledSpan::new_primary_with_span(Some(sanitize_truncated(text)), shifted),
                false => LabeledSpan::new_with_span(Some(sanitize_truncated(text)), shifted),
            });
        }
        self.excerpts.0.push(ShiftedSnippet { snippet, shift, length });
    }
}

/// The labels of a finding in the topology.
pub(super) fn places_in_topology(finding: &Finding) -> impl Iterator<Item = (Span, &str)> {
    finding.labels.iter().filter_map(|label| match &label.place {
        Place::Topology(span) => Some((*span, label.text.as_str())),
        _ => None,
    })
}

/// The labels of a finding in the text of the request.
pub(super) fn places_in_request(finding: &Finding) -> impl Iterator<Item = (Span, &str)> {
    finding.labels.iter().filter_map(|label| match &label.place {
        Place::Request(range) => Some((Span::new(range.start, range.end), label.text.as_str())),
        _ => None,
    })
}

/// What is said below a finding: what to do, the flags that it is about, why it is allowed, where it is documented.
pub(super) fn footer(finding: &Finding) -> Vec<String> {
    let allowed = finding.allowed.as_ref().map(|reason| format!("allowed: {}", sanitize_truncated(reason)));
    let flags = finding.labels.iter().filter_map(|label| match label.place {
        Place::Flag(flag) => Some(format!("`{flag}`: {}", sanitize_truncated(&label.text))),
        _ => None,
    });
    let help = (!finding.help.is_empty()).then(|| sanitize_truncated(&finding.help));
    let source = format!("source: {}", finding.rule.source_title());
    help.into_iter().chain(flags).chain(allowed).chain([source]).collect()
}

impl Diagnostic for FindingDiagnostic {
    fn code<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        Some(Box::new(&self.code))
    }

    fn severity(&self) -> Option<miette::Severity> {
        Some(match self.severity {
            Severity::Error => miette::Severity::Error,
            Severity::Warning => miette::Severity::Warning,
            Severity::Note => miette::Severity::Advice,
        })
    }

    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        Some(Box::new(&self.help))
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        (!self.labels.is_empty()).then_some(&self.excerpts)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        Some(Box::new(self.labels.iter().cloned()))
    }
}

/// The surroundings of labels in one document or two. miette knows one document a diagnostic, so that the offsets of
/// the second are counted on from the end of the first.
#[derive(Debug, Default)]
struct Excerpts(Vec<ShiftedSnippet>);

#[derive(Debug)]
struct ShiftedSnippet {
    snippet: Snippet,
    shift: usize,
    length: usize,
}

impl Excerpts {
    fn end(&self) -> usize {
        self.0.last().map_or(0, |last| last.shift + last.length + 1)
    }
}

impl SourceCode for Excerpts {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        lines_before: usize,
        lines_after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let of = |excerpt: &&ShiftedSnippet| (excerpt.shift..=excerpt.shift + excerpt.length).contains(&span.offset());
        let ShiftedSnippet { snippet, shift, .. } = self.0.iter().find(of).ok_or(MietteError::OutOfBounds)?;
        let own = SourceSpan::from((span.offset() - shift, span.len()));
        let contents = snippet.read_span(&own, lines_before, lines_after)?;
        let around = SourceSpan::from((contents.span().offset() + shift, contents.span().len()));
        Ok(Box::new(MietteSpanContents::new_named(
            sanitize_truncated(contents.name().unwrap_or_default()),
            contents.data(),
            around,
            contents.line(),
            contents.column(),
            contents.line_count(),
        )))
    }
}
