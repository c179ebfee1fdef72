//! Error messages: with an excerpt on a terminal, as plain lines otherwise.

use std::fmt::Write as _;

use miette::{Diagnostic, GraphicalReportHandler, GraphicalTheme};

use super::sanitized::SanitizedDiagnostic;
use super::style::OutputStyle;
use crate::text::{MAX_MESSAGE_BYTES, whole_lines};

/// The message of a diagnostic, at most [`MAX_MESSAGE_BYTES`] long.
pub fn message(diagnostic: &SanitizedDiagnostic<'_>, style: OutputStyle) -> String {
    let message = match style {
        OutputStyle::Graphical { colour, width } => graphical(diagnostic, colour, width),
        OutputStyle::Plain => None,
    };
    let severity = if diagnostic.is_warning() { "warning" } else { "error" };
    let code = diagnostic.code().map_or_else(String::new, |code| format!("[{code}]"));
    let message = message.unwrap_or_else(|| plain(&format!("{severity}{code}"), diagnostic));
    whole_lines(&message, MAX_MESSAGE_BYTES).into_owned()
}

/// The message as miette renders it; `None` if a label lies outside of its text.
pub(super) fn graphical(diagnostic: &dyn Diagnostic, colour: bool, width: usize) -> Option<String> {
    let theme = if colour { GraphicalTheme::unicode() } else { GraphicalTheme::unicode_nocolor() };
    let handler = GraphicalReportHandler::new_themed(theme).with_width(width).with_links(false);
    let mut out = String::new();
    handler.render_report(&mut out, diagnostic).ok()?;
    Some(out)
}

/// The message as plain lines: `error[code]: message`, one indented line per label, and the help.
pub(super) fn plain(heading: &str, diagnostic: &dyn Diagnostic) -> String {
    let mut out = format!("{heading}: {diagnostic}\n");
    for DiagnosticLocation { file, position, text } in locations(diagnostic) {
        let position = position.map_or_else(String::new, |(line, column)| format!("{file}:{line}:{column}: "));
        let _ = writeln!(out, "    {position}{text}");
    }
    if let Some(help) = diagnostic.help() {
        let _ = writeln!(out, "    help: {}", help.to_string().replace('\n', "\n    "));
    }
    out
}

/// A labelled position of a diagnostic.
#[derive(Clone, Debug)]
pub struct DiagnosticLocation {
    /// The file.
    pub file: String,
    /// The line and the column in characters, from 1.
    pub position: Option<(u32, u32)>,
    /// The text of the label.
    pub text: String,
}

/// The labelled positions of a diagnostic, the primary one first.
pub fn locations(diagnostic: &dyn Diagnostic) -> impl Iterator<Item = DiagnosticLocation> {
    let source = diagnostic.source_code();
    diagnostic.labels().into_iter().flatten().map(move |label| {
        // Without context lines, a source returns the position of the span itself.
        let contents = source.and_then(|source| source.read_span(label.inner(), 0, 0).ok());
        let one_based = |number: usize| u32::try_from(number + 1).unwrap_or(u32::MAX);
        DiagnosticLocation {
            file: contents.as_ref().and_then(|found| found.name()).unwrap_or("input").to_owned(),
            position: contents.as_ref().map(|found| (one_based(found.line()), one_based(found.column()))),
            text: label.label().unwrap_or("here").to_owned(),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::{SanitizedDiagnostic, message};
    use crate::Export;
    use crate::report::style::OutputStyle;

    #[test]
    fn places_are_told_without_excerpts_where_there_is_no_terminal() {
        let error = Export::read("a.xml", b"<a>\n  <b></a>".to_vec(), &Default::default()).unwrap_err();
        let text = message(&SanitizedDiagnostic::all(&error)[0], OutputStyle::Plain);
        assert!(text.starts_with("error[poolpair::xml::mismatched-end-tag]: "), "{text}");
        assert!(text.contains("\n    a.xml:2:6: closed here\n"), "{text}");
        assert!(text.contains("\n    help: "), "{text}");
    }
}
