//! A diagnostic whose texts steer no terminal: file names and flags come from outside, like the names in a document.

use std::error::Error;
use std::fmt;

use miette::{Diagnostic, LabeledSpan, NamedSource, Severity, SourceCode, SourceSpan};

use crate::report::text::sanitize;
use crate::text::is_unsafe_for_display;

/// A diagnostic whose texts steer no terminal.
#[derive(Debug)]
pub(super) struct SanitizedDiagnostic<'d> {
    message: String,
    code: Option<String>,
    severity: Option<Severity>,
    help: Option<String>,
    labels: Option<Vec<LabeledSpan>>,
    source: Option<Text<'d>>,
    cause: Option<Box<Cause>>,
    related: Vec<SanitizedDiagnostic<'d>>,
}

impl<'d> SanitizedDiagnostic<'d> {
    pub(super) fn new(diagnostic: &'d dyn Diagnostic) -> Self {
        let label = |label: LabeledSpan| LabeledSpan::new_with_span(label.label().map(lines), *label.inner());
        let labels: Option<Vec<_>> = diagnostic.labels().map(|labels| labels.map(label).collect());
        Self {
            message: lines(&diagnostic.to_string()),
            code: diagnostic.code().map(|code| lines(&code.to_string())),
            severity: diagnostic.severity(),
            help: diagnostic.help().map(|help| lines(&help.to_string())),
            source: diagnostic.source_code().map(|text| Text::new(text, labels.as_deref().unwrap_or_default())),
            labels,
            cause: diagnostic.source().map(Cause::new),
            related: diagnostic.related().into_iter().flatten().map(SanitizedDiagnostic::new).collect(),
        }
    }
}

/// Line by line, for a message may have several.
fn lines(text: &str) -> String {
    text.split('\n').map(sanitize).collect::<Vec<_>>().join("\n")
}

impl fmt::Display for SanitizedDiagnostic<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl Error for SanitizedDiagnostic<'_> {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.cause.as_deref().map(|cause| cause as _)
    }
}

impl Diagnostic for SanitizedDiagnostic<'_> {
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
        self.source.as_ref().map(Text::code)
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
    fn new(diagnostic: &(dyn Error + 'static)) -> Box<Self> {
        Box::new(Self { message: lines(&diagnostic.to_string()), cause: diagnostic.source().map(Self::new) })
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

/// The text that labels point into.
enum Text<'d> {
    /// All of it that is pointed at, copied.
    Copied(NamedSource<String>),
    /// Excerpts of it, which were made sanitize when they were cut.
    Cut(&'d dyn SourceCode),
}

impl<'d> Text<'d> {
    /// The text that `labels` point into.
    fn new(diagnostic: &'d dyn SourceCode, labels: &[LabeledSpan]) -> Self {
        let Ok(whole) = diagnostic.read_span(&SourceSpan::from(0), 0, usize::MAX) else { return Self::Cut(diagnostic) };
        let length = whole.data().len();
        let has_all = labels.iter().all(|label| label.offset() + label.len() <= length);
        if whole.span().offset() != 0 || !has_all {
            return Self::Cut(diagnostic);
        }
        let name = whole.name().map_or_else(String::new, sanitize);
        Self::Copied(NamedSource::new(name, replaced(whole.data())))
    }

    fn code(&self) -> &dyn SourceCode {
        match self {
            Self::Copied(text) => text,
            Self::Cut(text) => *text,
        }
    }
}

impl fmt::Debug for Text<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Text")
    }
}

/// A text with another character of the same length for each that is unsafe for display, so that spans stay.
fn replaced(text: &[u8]) -> String {
    let text = String::from_utf8_lossy(text);
    let mut characters = text.chars().peekable();
    let mut tame = String::with_capacity(text.len());
    while let Some(character) = characters.next() {
        let ends_line = character == '\r' && characters.peek().is_none_or(|next| *next == '\n');
        let stays = ends_line || matches!(character, '\n' | '\t') || !is_unsafe_for_display(character);
        tame.push(if stays { character } else { stand_in(character.len_utf8()) });
    }
    tame
}

/// A visible character of so many bytes.
fn stand_in(length: usize) -> char {
    match length {
        1 => '?',
        2 => '\u{bf}',
        3 => '\u{fffd}',
        _ => '\u{1f6ab}',
    }
}

#[cfg(test)]
mod tests {
    use miette::{Diagnostic, GraphicalReportHandler, GraphicalTheme, NamedSource};

    use super::{SanitizedDiagnostic, replaced};

    #[derive(Debug, thiserror::Error, Diagnostic)]
    #[error("no `a\u{1b}[31mb\u{202e}`")]
    #[diagnostic(code("poolpair::cli::diagnostic"), help("not `\u{9b}`\nbut"))]
    struct UnsafeText {
        #[source_code]
        source_code: NamedSource<String>,
        #[label("\u{1b}here")]
        span: std::ops::Range<usize>,
        #[source]
        cause: std::io::Error,
        #[related]
        related: Vec<UnsafeText>,
    }

    fn diagnostic(related: Vec<UnsafeText>) -> UnsafeText {
        let cause = std::io::Error::other("\u{2066}gone");
        UnsafeText {
            source_code: NamedSource::new("\u{1b}a.xml", "t\u{202e}xt\n".to_owned()),
            span: 0..2,
            cause,
            related,
        }
    }

    #[test]
    fn spans_stay() {
        let text = "a\u{1b}\u{9b}\u{202e}\u{e0041}\r\n\tb\rc";
        let tame = replaced(text.as_bytes());
        assert_eq!(tame, "a?\u{bf}\u{fffd}\u{1f6ab}\r\n\tb?c");
        assert_eq!(tame.len(), text.len());
    }

    #[test]
    fn nothing_of_a_diagnostic_steers() {
        let diagnostic = diagnostic(vec![diagnostic(Vec::new())]);
        let mut shown = String::new();
        let handler = GraphicalReportHandler::new_themed(GraphicalTheme::unicode_nocolor());
        handler.render_report(&mut shown, &SanitizedDiagnostic::new(&diagnostic)).unwrap();
        assert!(!shown.contains(['\u{1b}', '\u{9b}', '\u{202e}', '\u{2066}']), "{shown:?}");
        for told in
            ["no `a\\u{1b}[31mb\\u{202e}`", "poolpair::cli::diagnostic", "\\u{1b}here", "\\u{1b}a.xml:1:1", "gone"]
        {
            assert!(shown.matches(told).count() == 2, "{told} in {shown}");
        }
    }
}
