//! A diagnostic whose texts steer no terminal: file names and flags come from outside, like the names in a document.

use std::error::Error;
use std::fmt;

use miette::{
    Diagnostic, LabeledSpan, MietteError, MietteSpanContents, Severity, SourceCode, SourceSpan, SpanContents,
};

use crate::report::text::harmless;

/// A diagnostic whose texts steer no terminal.
#[derive(Debug)]
pub(super) struct Tame<'d> {
    message: String,
    code: Option<String>,
    severity: Option<Severity>,
    help: Option<String>,
    labels: Option<Vec<LabeledSpan>>,
    source: Option<TameSource<'d>>,
    cause: Option<Box<Cause>>,
    related: Vec<Tame<'d>>,
}

impl<'d> Tame<'d> {
    pub(super) fn new(wild: &'d dyn Diagnostic) -> Self {
        let label = |label: LabeledSpan| LabeledSpan::new_with_span(label.label().map(lines), *label.inner());
        Self {
            message: lines(&wild.to_string()),
            code: wild.code().map(|code| lines(&code.to_string())),
            severity: wild.severity(),
            help: wild.help().map(|help| lines(&help.to_string())),
            labels: wild.labels().map(|labels| labels.map(label).collect()),
            source: wild.source_code().map(TameSource),
            cause: wild.source().map(Cause::new),
            related: wild.related().into_iter().flatten().map(Tame::new).collect(),
        }
    }
}

/// Line by line, for a message may have several.
fn lines(text: &str) -> String {
    text.split('\n').map(harmless).collect::<Vec<_>>().join("\n")
}

impl fmt::Display for Tame<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl Error for Tame<'_> {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.cause.as_deref().map(|cause| cause as _)
    }
}

impl Diagnostic for Tame<'_> {
    fn code<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        self.code.as_ref().map(|code| Box::new(code) as _)
    }

    fn severity(&self) -> Option<Severity> {
        self.severity
    }

    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        self.help.as_ref().map(|help| Box::new(help) as _)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        self.labels.as_ref().map(|labels| Box::new(labels.iter().cloned()) as _)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        self.source.as_ref().map(|source| source as _)
    }

    fn related<'a>(&'a self) -> Option<Box<dyn Iterator<Item = &'a dyn Diagnostic> + 'a>> {
        let related = self.related.iter().map(|one| one as &dyn Diagnostic);
        (!self.related.is_empty()).then(|| Box::new(related) as _)
    }
}

/// What a failure comes from.
#[derive(Debug)]
struct Cause {
    message: String,
    cause: Option<Box<Cause>>,
}

impl Cause {
    fn new(wild: &(dyn Error + 'static)) -> Box<Self> {
        Box::new(Self { message: lines(&wild.to_string()), cause: wild.source().map(Self::new) })
    }
}

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl Error for Cause {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.cause.as_deref().map(|cause| cause as _)
    }
}

/// A text under a tame name. The text itself is made harmless where excerpts are cut, for its spans must stay.
struct TameSource<'d>(&'d dyn SourceCode);

impl fmt::Debug for TameSource<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TameSource")
    }
}

impl SourceCode for TameSource<'_> {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        lines_before: usize,
        lines_after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let found = self.0.read_span(span, lines_before, lines_after)?;
        let (data, span, line, column, count) =
            (found.data(), *found.span(), found.line(), found.column(), found.line_count());
        Ok(Box::new(match found.name() {
            Some(name) => MietteSpanContents::new_named(harmless(name), data, span, line, column, count),
            None => MietteSpanContents::new(data, span, line, column, count),
        }))
    }
}

#[cfg(test)]
mod tests {
    use miette::{Diagnostic, GraphicalReportHandler, GraphicalTheme, NamedSource};

    use super::Tame;

    #[derive(Debug, thiserror::Error, Diagnostic)]
    #[error("no `a\u{1b}[31mb\u{202e}`")]
    #[diagnostic(code("poolpair::cli::wild"), help("not `\u{9b}`\nbut"))]
    struct Wild {
        #[source_code]
        source_code: NamedSource<String>,
        #[label("\u{1b}here")]
        span: std::ops::Range<usize>,
        #[source]
        cause: std::io::Error,
        #[related]
        related: Vec<Wild>,
    }

    fn wild(related: Vec<Wild>) -> Wild {
        let cause = std::io::Error::other("\u{2066}gone");
        Wild { source_code: NamedSource::new("\u{1b}a.xml", "text\n".to_owned()), span: 0..2, cause, related }
    }

    #[test]
    fn nothing_of_a_diagnostic_steers() {
        let wild = wild(vec![wild(Vec::new())]);
        let mut shown = String::new();
        let handler = GraphicalReportHandler::new_themed(GraphicalTheme::unicode_nocolor());
        handler.render_report(&mut shown, &Tame::new(&wild)).unwrap();
        assert!(!shown.contains(['\u{1b}', '\u{9b}', '\u{202e}', '\u{2066}']), "{shown:?}");
        for told in ["no `a\\u{1b}[31mb\\u{202e}`", "poolpair::cli::wild", "\\u{1b}here", "\\u{1b}a.xml:1:1", "gone"] {
            assert!(shown.matches(told).count() == 2, "{told} in {shown}");
        }
    }
}
