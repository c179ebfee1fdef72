//! The style of text output.

use anstyle::{AnsiColor, Style};

/// The style of text output. The caller knows the capabilities of the terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OutputStyle {
    /// For a terminal: excerpts are drawn with lines.
    Graphical {
        /// Whether to write escape sequences for colour.
        colour: bool,
        /// The number of columns.
        width: usize,
    },
    /// For files, pipes, logs and screen readers: plain text, positions as `file:line:column`.
    Plain,
}

impl OutputStyle {
    /// A section heading.
    pub const HEADING: Style = Style::new().bold();
    /// Less important text.
    pub const FAINT: Style = Style::new().dimmed();
    /// An addition, or a good state.
    pub const GOOD: Style = AnsiColor::Green.on_default();
    /// A state that needs attention.
    pub const DOUBTFUL: Style = AnsiColor::Yellow.on_default();
    /// A removal, or a bad state.
    pub const BAD: Style = AnsiColor::Red.on_default();

    /// The number of columns, if lines are limited.
    pub fn width(self) -> Option<usize> {
        match self {
            Self::Graphical { width, .. } => Some(width),
            Self::Plain => None,
        }
    }

    /// Applies a style to `text` if colour is enabled.
    pub fn paint(self, style: Style, text: &str) -> String {
        match self {
            Self::Graphical { colour: true, .. } if !text.is_empty() => format!("{style}{text}{style:#}"),
            _ => text.to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::OutputStyle;

    #[test]
    fn only_a_terminal_with_colour_gets_escape_sequences() {
        let graphical = |colour| OutputStyle::Graphical { colour, width: 80 };
        assert_eq!(graphical(true).paint(OutputStyle::BAD, "x"), "\u{1b}[31mx\u{1b}[0m");
        assert_eq!(graphical(false).paint(OutputStyle::BAD, "x"), "x");
        assert_eq!(OutputStyle::Plain.paint(OutputStyle::BAD, "x"), "x");
    }
}
