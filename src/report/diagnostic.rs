//! A finding as a miette diagnostic, with excerpts of one document or of two.

use miette::{
    Diagnostic, LabeledSpan, MietteDiagnostic, MietteError, MietteSpanContents, NamedSource, SourceCode, SourceSpan,
    SpanContents,
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

/// A finding as a miette diagnostic. It owns the few lines that it shows, clipped and sanitized.
#[derive(Debug, thiserror::Error, Diagnostic)]
#[error("{words}")]
#[diagnostic(forward(words))]
pub(super) struct FindingDiagnostic {
    words: MietteDiagnostic,
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
        let words = MietteDiagnostic {
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
        Self { words, excerpts }
    }

    /// Severity and rule, as `error[same-site]`.
    pub(super) fn heading(&self) -> &str {
        self.words.code.as_deref().unwrap_or_default()
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

/// What is said below a finding: what to do, the flags that it is about, why it is allowed, where it is documented.
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
