//! How text for people looks.

use anstyle::{AnsiColor, Style};

/// How text for people looks. Who prints knows what the terminal can do; nothing here asks it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OutputStyle {
    /// For a terminal: with lines drawn around excerpts.
    Graphical {
        /// Whether escape sequences for colour are written.
        colour: bool,
        /// How many columns there are.
        width: usize,
    },
    /// For files, pipes, logs and screen readers: words alone, places as `file:line:column`.
    Plain,
}

impl OutputStyle {
    /// What a section is about.
    pub const HEADING: Style = Style::new().bold();
    /// Less important than what is around it.
    pub const FAINT: Style = Style::new().dimmed();
    /// What comes, or is well.
    pub const GOOD: Style = AnsiColor::Green.on_default();
    /// What may need a second thought.
    pub const DOUBTFUL: Style = AnsiColor::Yellow.on_default();
    /// What goes, or is broken.
    pub const BAD: Style = AnsiColor::Red.on_default();

    /// How many columns there are, where there is an end to a line.
    pub fn width(self) -> Option<usize> {
        match self {
            Self::Graphical { width, .. } => Some(width),
            Self::Plain => None,
        }
    }

    /// `text` in a colour, where there is any.
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
