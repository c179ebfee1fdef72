//! Diagnostics with sanitized and truncated text, since file names and flags are as untrusted as documents.

use std::fmt;

use miette::{Diagnostic, LabeledSpan, MietteDiagnostic, MietteError, Severity, SourceCode, SourceSpan, SpanContents};

use crate::source::{Snippet, Span};
use crate::text::{for_terminal, sanitize_to, sanitize_truncated, truncate};

/// A diagnostic with sanitized and truncated text.
#[derive(Debug, thiserror::Error, Diagnostic)]
#[error("{inner}")]
#[diagnostic(forward(inner))]
pub struct SanitizedDiagnostic<'d> {
    inner: MietteDiagnostic,
    #[source_code]
    excerpt: Option<ExcerptSource<'d>>,
}

impl<'d> SanitizedDiagnostic<'d> {
    /// A diagnostic and its related ones, which may refer to its source text.
    pub fn all(diagnostic: &'d dyn Diagnostic) -> Vec<Self> {
        let mut all = Vec::new();
        let mut left = vec![(diagnostic, None)];
        while let Some((diagnostic, outer)) = left.pop() {
            let text = diagnostic.source_code().or(outer);
            all.push((diagnostic, text));
            let related: Vec<_> = diagnostic.related().into_iter().flatten().collect();
            left.extend(related.into_iter().rev().map(|one| (one, text)));
        }
        all.into_iter().map(|(diagnostic, text)| Self::new(diagnostic, text)).collect()
    }

    fn new(diagnostic: &'d dyn Diagnostic, text: Option<&'d dyn SourceCode>) -> Self {
        let labels: Vec<_> = diagnostic.labels().into_iter().flatten().collect();
        let excerpt = text.filter(|_| !labels.is_empty()).map(|text| ExcerptSource::new(text, &labels));
        let label = |label: LabeledSpan| {
            let span = excerpt.as_ref().map_or(*label.inner(), |excerpt| excerpt.span(*label.inner()));
            LabeledSpan::new_with_span(label.label().map(|text| sanitize_to(text, MAX_LABEL)), span)
        };
        let inner = MietteDiagnostic {
            message: lines(&diagnostic.to_string(), MAX_MESSAGE_TEXT),
            code: diagnostic.code().map(|code| sanitize_truncated(&code.to_string())),
            severity: diagnostic.severity(),
            help: diagnostic.help().map(|help| lines(&help.to_string(), MAX_HELP)),
            url: None,
            labels: (!labels.is_empty()).then(|| labels.into_iter().map(label).collect()),
        };
        Self { inner, excerpt }
    }

    /// The diagnostic as a warning.
    pub fn into_warning(mut self) -> Self {
        self.inner.severity = Some(Severity::Warning);
        self
    }

    /// Whether it is a warning.
    pub fn is_warning(&self) -> bool {
        self.inner.severity == Some(Severity::Warning)
    }
}

/// The maximum length of a message without labels and help, in bytes: it may contain a list.
const MAX_MESSAGE_TEXT: usize = 1_200;
/// The maximum length of a help text.
const MAX_HELP: usize = 800;
/// The maximum length of a label.
const MAX_LABEL: usize = 300;

/// Sanitizes and truncates text of several lines.
fn lines(text: &str, max: usize) -> String {
    let text = truncate(&for_terminal(text, false), max);
    match text.match_indices('\n').nth(MAX_LINES) {
        Some((end, _)) => {
            let (kept, rest) = text.split_at(end);
            format!("{kept}\n… ({} more lines)", rest.lines().count() - 1)
        }
        None => text,
    }
}

/// The maximum number of printed lines, minus one.
const MAX_LINES: usize = 30;

/// The text that labels refer to.
enum ExcerptSource<'d> {
    /// An excerpt of the whole text.
    Snippet(Snippet),
    /// Already excerpted and sanitized by the creator of the diagnostic.
    Original(&'d dyn SourceCode),
}

impl<'d> ExcerptSource<'d> {
    fn new(text: &'d dyn SourceCode, labels: &[LabeledSpan]) -> Self {
        let Ok(whole) = text.read_span(&SourceSpan::from(0), 0, usize::MAX) else { return Self::Original(text) };
        let data = String::from_utf8_lossy(whole.data());
        let has_all = labels.iter().all(|label| label.offset() + label.len() <= data.len());
        if whole.span().offset() != 0 || !has_all {
            return Self::Original(text);
        }
        let spans: Vec<_> = labels.iter().map(|label| span(*label.inner())).collect();
        Self::Snippet(Snippet::of_text(&sanitize_truncated(whole.name().unwrap_or_default()), &data, &spans))
    }

    /// Clips a span to the excerpt.
    fn span(&self, original: SourceSpan) -> SourceSpan {
        match self {
            Self::Snippet(snippet) => snippet.label(span(original)),
            Self::Original(_) => original,
        }
    }
}

impl SourceCode for ExcerptSource<'_> {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        before: usize,
        after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        match self {
            Self::Snippet(snippet) => snippet.read_span(span, before, after),
            Self::Original(text) => text.read_span(span, before, after),
        }
    }
}

fn span(span: SourceSpan) -> Span {
    Span::new(span.offset(), span.offset() + span.len())
}

impl fmt::Debug for ExcerptSource<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Excerpt")
    }
}

#[cfg(test)]
mod tests {
    use miette::{Diagnostic, GraphicalReportHandler, GraphicalTheme, NamedSource};

    use super::SanitizedDiagnostic;
    use crate::report::OutputStyle;
    use crate::report::message::message;
    use crate::text::MAX_MESSAGE_BYTES;

    #[derive(Debug, thiserror::Error, Diagnostic)]
    #[error("no `a\u{1b}[31mb\u{202e}`")]
    #[diagnostic(code("poolpair::cli::diagnostic"), help("not `\u{9b}`\nbut"))]
    struct UnsafeText {
        #[source_code]
        source_code: NamedSource<String>,
        #[label("\u{1b}here")]
        span: std::ops::Range<usize>,
        #[related]
        related: Vec<UnsafeText>,
    }

    fn diagnostic(related: Vec<UnsafeText>) -> UnsafeText {
        UnsafeText { source_code: NamedSource::new("\u{1b}a.xml", "t\u{202e}xt\n".to_owned()), span: 0..2, related }
    }

    #[test]
    fn nothing_of_a_diagnostic_steers() {
        let diagnostic = diagnostic(vec![diagnostic(Vec::new())]);
        let handler = GraphicalReportHandler::new_themed(GraphicalTheme::unicode_nocolor());
        let mut shown = String::new();
        for one in SanitizedDiagnostic::all(&diagnostic) {
            handler.render_report(&mut shown, &one).unwrap();
        }
        assert!(!shown.contains(['\u{1b}', '\u{9b}', '\u{202e}']), "{shown:?}");
        for text in ["no `a\\u{1b}[31mb\\u{202e}`", "poolpair::cli::diagnostic", "\\u{1b}here", "\\u{1b}a.xml:1:1"] {
            assert!(shown.matches(text).count() == 2, "{text} in {shown}");
        }
    }

    #[derive(Debug, thiserror::Error, Diagnostic)]
    #[error("no {0}")]
    #[diagnostic(code("poolpair::cli::long"), help("not {0}"))]
    struct LongText(String, #[source_code] NamedSource<String>, #[label("{0}")] std::ops::Range<usize>);

    /// Messages of one or many lines, plain or graphical, are truncated and keep their help.
    #[test]
    fn a_message_of_a_megabyte_is_short() {
        for text in ["x".repeat(1 << 20), "x\n".repeat(1 << 19), "\u{202e}".repeat(1 << 18)] {
            let long = LongText(text.clone(), NamedSource::new("x".repeat(9_000), text.clone()), 0..text.len());
            for style in [OutputStyle::Plain, OutputStyle::Graphical { colour: true, width: 80 }] {
                for one in SanitizedDiagnostic::all(&long) {
                    let shown = message(&one, style);
                    assert!(shown.len() <= MAX_MESSAGE_BYTES, "{}", shown.len());
                    assert!(shown.contains("help: "), "{shown}");
                }
            }
        }
    }
}
