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

/// The part that a text plays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StyleRole {
    /// What a section is about.
    Heading,
    /// Less important than what is around it.
    Faint,
    /// What comes, or is well.
    Good,
    /// What may need a second thought.
    Doubtful,
    /// What goes, or is broken.
    Bad,
}

impl OutputStyle {
    /// How many columns there are, where there is an end to a line.
    pub fn width(self) -> Option<usize> {
        match self {
            Self::Graphical { width, .. } => Some(width),
            Self::Plain => None,
        }
    }

    /// `text` in the colour of its part.
    pub fn paint(self, part: StyleRole, text: &str) -> String {
        if !matches!(self, Self::Graphical { colour: true, .. }) || text.is_empty() {
            return text.to_owned();
        }
        let style = match part {
            StyleRole::Heading => Style::new().bold(),
            StyleRole::Faint => Style::new().dimmed(),
            StyleRole::Good => AnsiColor::Green.on_default(),
            StyleRole::Doubtful => AnsiColor::Yellow.on_default(),
            StyleRole::Bad => AnsiColor::Red.on_default(),
        };
        format!("{style}{text}{style:#}")
    }
}

#[cfg(test)]
mod tests {
    use super::{OutputStyle, StyleRole};

    #[test]
    fn only_a_terminal_with_colour_gets_escape_sequences() {
        let graphical = |colour| OutputStyle::Graphical { colour, width: 80 };
        assert_eq!(graphical(true).paint(StyleRole::Bad, "x"), "\u{1b}[31mx\u{1b}[0m");
        assert_eq!(graphical(false).paint(StyleRole::Bad, "x"), "x");
        assert_eq!(OutputStyle::Plain.paint(StyleRole::Bad, "x"), "x");
    }
}
