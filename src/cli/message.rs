//! A failure in words: with an excerpt on a terminal, as plain lines elsewhere.

use std::fmt::Write as _;

use miette::{Diagnostic, GraphicalReportHandler, GraphicalTheme, SourceCode};

use crate::report::style::OutputStyle;

/// The message of a diagnostic and of all that are related to it.
pub(super) fn message(diagnostic: &dyn Diagnostic, style: OutputStyle) -> String {
    match style {
        OutputStyle::Graphical { colour, width } => {
            graphical(diagnostic, colour, width).unwrap_or_else(|| plain(diagnostic, None))
        }
        OutputStyle::Plain => plain(diagnostic, None),
    }
}

/// As miette draws it; `None` where it can not, since a label lies outside of its text.
fn graphical(diagnostic: &dyn Diagnostic, colour: bool, width: usize) -> Option<String> {
    let theme = if colour { GraphicalTheme::unicode() } else { GraphicalTheme::unicode_nocolor() };
    let handler = GraphicalReportHandler::new_themed(theme).with_width(width).with_links(false);
    let mut out = String::new();
    handler.render_report(&mut out, diagnostic).ok()?;
    Some(out)
}

/// In the form of plain findings: `error[code]: message`, then one indented line a place, then the help. What is
/// related may point into the text of the diagnostic that it is related to.
fn plain(diagnostic: &dyn Diagnostic, outer: Option<&dyn SourceCode>) -> String {
    let source = diagnostic.source_code().or(outer);
    let code = diagnostic.code().map_or_else(String::new, |code| format!("[{code}]"));
    let mut out = format!("error{code}: {diagnostic}\n");
    for label in diagnostic.labels().into_iter().flatten() {
        // Without lines around it, a text tells where the span itself begins.
        let contents = source.and_then(|source| source.read_span(label.inner(), 0, 0).ok());
        let place = contents.map_or_else(String::new, |found| {
            format!("{}:{}:{}: ", found.name().unwrap_or("input"), found.line() + 1, found.column() + 1)
        });
        let _ = writeln!(out, "    {place}{}", label.label().unwrap_or("here"));
    }
    if let Some(help) = diagnostic.help() {
        let _ = writeln!(out, "    help: {}", help.to_string().replace('\n', "\n    "));
    }
    for related in diagnostic.related().into_iter().flatten() {
        out.push_str(&plain(related, source));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::message;
    use crate::Export;
    use crate::report::style::OutputStyle;

    #[test]
    fn places_are_told_without_excerpts_where_there_is_no_terminal() {
        let error = Export::read("a.xml", b"<a>\n  <b></a>".to_vec(), &Default::default()).unwrap_err();
        let text = message(&error, OutputStyle::Plain);
        assert!(text.starts_with("error[poolpair::xml::mismatched-end-tag]: "), "{text}");
        assert!(text.contains("\n    a.xml:2:6: closed here\n"), "{text}");
        assert!(text.contains("\n    help: "), "{text}");
    }
}
