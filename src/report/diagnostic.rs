//! A finding as a miette diagnostic, with excerpts from one document or two.

use miette::{
    Diagnostic, LabeledSpan, MietteDiagnostic, MietteError, MietteSpanContents, NamedSource, SourceCode, SourceSpan,
    SpanContents,
};

use crate::rules::{Finding, Place, Severity};
use crate::source::{Snippet, Source, Span};
use crate::text::sanitize_truncated;

/// The texts that findings refer to.
#[derive(Clone, Copy, Debug)]
pub struct Texts<'a> {
    /// The topology.
    pub topology: &'a Source,
    /// The request, if it came from a file: [`Request::source`](crate::request::Request::source).
    pub request: Option<&'a NamedSource<String>>,
}

/// A finding as a miette diagnostic. It owns the lines that it shows, clipped and sanitized.
#[derive(Debug, thiserror::Error, Diagnostic)]
#[error("{inner}")]
#[diagnostic(forward(inner))]
pub(super) struct FindingDiagnostic {
    inner: MietteDiagnostic,
    #[source_code]
    excerpts: Excerpts,
}

impl FindingDiagnostic {
    pub(super) fn new(finding: &Finding, texts: &Texts<'_>) -> Self {
        let in_topology: Vec<_> = places_in_topology(finding).collect();
        let mut shown = vec![(texts.topology.snippet_of(&spans(&in_topology)), texts.topology.text(), in_topology)];
        if let Some(request) = texts.request {
            let places: Vec<_> = places_in_request(finding).collect();
            let snippet = Snippet::of_text(request.name(), request.inner(), &spans(&places));
            shown.push((snippet, request.inner(), places));
        }
        if matches!(finding.labels.first().map(|label| &label.place), Some(Place::Request(_))) {
            shown.reverse();
        }
        let (mut labels, mut excerpts) = (Vec::new(), Excerpts::default());
        for (snippet, text, places) in shown {
            let shift = excerpts.end();
            for (span, text) in places {
                let label = snippet.label(span);
                let shifted = SourceSpan::from((label.offset() + shift, label.len()));
                labels.push(match labels.is_empty() {
                    true => LabeledSpan::new_primary_with_span(Some(sanitize_truncated(text)), shifted),
                    false => LabeledSpan::new_with_span(Some(sanitize_truncated(text)), shifted),
                });
            }
            excerpts.0.push(ShiftedSnippet { snippet, shift, length: text.len() });
        }
        let severity = finding.effective_severity();
        let inner = MietteDiagnostic {
            message: sanitize_truncated(&finding.sentence()),
            code: Some(format!("{}[{}]", severity.name(), finding.rule.id)),
            severity: Some(match severity {
                Severity::Error => miette::Severity::Error,
                Severity::Warning => miette::Severity::Warning,
                Severity::Note => miette::Severity::Advice,
            }),
            help: Some(footer(finding).join("\n")),
            url: None,
            labels: Some(labels),
        };
        Self { inner, excerpts }
    }

    /// Severity and rule, such as `error[same-site]`.
    pub(super) fn heading(&self) -> &str {
        self.inner.code.as_deref().unwrap_or_default()
    }
}

fn spans(places: &[(Span, &str)]) -> Vec<Span> {
    places.iter().map(|(span, _)| *span).collect()
}

/// The labels of a finding in the topology.
pub(super) fn places_in_topology(finding: &Finding) -> impl Iterator<Item = (Span, &str)> {
    finding.labels.iter().filter_map(|label| match &label.place {
        Place::Topology(span) => Some((*span, label.text.as_str())),
        _ => None,
    })
}

/// The labels of a finding in the text of the request.
fn places_in_request(finding: &Finding) -> impl Iterator<Item = (Span, &str)> {
    finding.labels.iter().filter_map(|label| match &label.place {
        Place::Request(range) => Some((Span::new(range.start, range.end), label.text.as_str())),
        _ => None,
    })
}

/// The lines below a finding: help, the flags that it refers to, the reason for allowing it, and its source.
fn footer(finding: &Finding) -> Vec<String> {
    let allowed = finding.allowed.as_ref().map(|reason| format!("allowed: {}", sanitize_truncated(reason)));
    let flags = finding.labels.iter().filter_map(|label| match label.place {
        Place::Flag(flag) => Some(format!("`{flag}`: {}", sanitize_truncated(&label.text))),
        _ => None,
    });
    let help = (!finding.help.is_empty()).then(|| sanitize_truncated(&finding.help));
    let source = format!("source: {}", finding.rule.source_title());
    help.into_iter().chain(flags).chain(allowed).chain([source]).collect()
}

/// Excerpts from one document or two. miette supports one document per diagnostic, so the offsets of the second one
/// continue after the end of the first.
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
        let contains =
            |excerpt: &&ShiftedSnippet| (excerpt.shift..=excerpt.shift + excerpt.length).contains(&span.offset());
        let ShiftedSnippet { snippet, shift, .. } = self.0.iter().find(contains).ok_or(MietteError::OutOfBounds)?;
        let local = SourceSpan::from((span.offset() - shift, span.len()));
        let contents = snippet.read_span(&local, lines_before, lines_after)?;
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
