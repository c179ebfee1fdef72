//! Plain text for terminals.

use std::fmt;

use crate::text::{LONGEST, cut_off, is_unsafe_for_display};

/// Text of a document made safe for a terminal: control characters, and characters that turn the direction of
/// writing or cannot be seen, are written as escapes.
pub fn sanitize(text: &str) -> String {
    // Most of what is printed is plain.
    if text.bytes().all(|byte| (b' '..=b'~').contains(&byte)) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        if is_unsafe_for_display(character) { out.extend(character.escape_unicode()) } else { out.push(character) }
    }
    out
}

/// As [`sanitize`], and cut after [`LONGEST`] bytes: a name of a megabyte is told, not printed.
pub fn shown(text: &str) -> String {
    clipped(text, LONGEST)
}

/// As [`sanitize`], and cut after `most` bytes.
pub fn clipped(text: &str, most: usize) -> String {
    // Escapes are longer than what they stand for, so that no more of the text than this can be printed.
    match text.char_indices().nth(most) {
        Some((end, _)) => {
            let (kept, left) = text.split_at(end);
            cut_off(&sanitize(kept), most, left.chars().count())
        }
        None => cut_off(&sanitize(text), most, 0),
    }
}

/// A text for a terminal: all that could steer it is escaped, but for the ends of lines, tabs and, with `colour`,
/// sequences that do nothing but colour.
pub fn for_terminal(text: &str, colour: bool) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(is_unsafe_for_display) {
        let (safe, unsafe_text) = rest.split_at(at);
        out.push_str(safe);
        let (found, after) = unsafe_text.split_at(kept(unsafe_text, colour));
        out.push_str(found);
        let mut characters = after.chars();
        if found.is_empty() {
            out.extend(characters.next().into_iter().flat_map(char::escape_unicode));
        }
        rest = characters.as_str();
    }
    out + rest
}

/// The length of what a terminal may get at the beginning of a text.
fn kept(text: &str, colour: bool) -> usize {
    if text.starts_with(['\n', '\t']) {
        return 1;
    }
    if text.starts_with("\r\n") {
        return 2;
    }
    let Some(sequence) = text.strip_prefix("\u{1b}[").filter(|_| colour) else { return 0 };
    let end = sequence.find(|character: char| !(character.is_ascii_digit() || character == ';'));
    end.filter(|&end| sequence[end..].starts_with('m')).map_or(0, |end| end + "\u{1b}[m".len())
}

/// Words in lines of at most `width` characters, escape sequences not counted; a longer word has its own line.
pub fn wrapped(words: &str, width: Option<usize>) -> Vec<String> {
    let Some(width) = width else { return vec![words.to_owned()] };
    let mut lines: Vec<String> = Vec::new();
    for word in words.split(' ') {
        match lines.last_mut() {
            Some(line) if columns(line) + 1 + columns(word) <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

/// The characters of a text, without its colour.
fn columns(text: &str) -> usize {
    anstream::adapter::strip_str(text).map(|part| part.chars().count()).sum()
}

/// A table with one space-separated row a line; widths in characters.
#[derive(Clone, Debug)]
pub struct Table<const COLUMNS: usize> {
    rows: Vec<[String; COLUMNS]>,
}

impl<const COLUMNS: usize> Table<COLUMNS> {
    /// A table with these headings.
    pub fn new(headings: [&str; COLUMNS]) -> Self {
        Self { rows: vec![headings.map(str::to_owned)] }
    }

    /// A table without headings.
    pub fn headless() -> Self {
        Self { rows: Vec::new() }
    }

    /// Adds a row.
    pub fn row(&mut self, cells: [String; COLUMNS]) {
        self.rows.push(cells.map(|cell| shown(&cell)));
    }

    /// The table, or, where it is wider than a terminal of `width` columns, its rows one below the other: the first
    /// cell, then each other one that is not empty, with its heading.
    pub fn fitted(&self, width: Option<usize>) -> String {
        let columns = self.widths().iter().sum::<usize>() + 2 * COLUMNS.saturating_sub(1);
        match (width, self.rows.split_first()) {
            (Some(width), Some((headings, rows))) if columns > width => {
                rows.iter().map(|row| block(headings, row)).collect::<Vec<_>>().join("\n")
            }
            _ => self.to_string(),
        }
    }

    fn widths(&self) -> [usize; COLUMNS] {
        let mut widths = [0; COLUMNS];
        for row in &self.rows {
            for (width, cell) in widths.iter_mut().zip(row) {
                *width = (*width).max(cell.chars().count());
            }
        }
        widths
    }
}

fn block(headings: &[String], cells: &[String]) -> String {
    let widest = headings.iter().map(|heading| heading.chars().count()).max().unwrap_or_default();
    let mut lines = format!("{}\n", cells.first().map_or("", String::as_str));
    for (heading, cell) in headings.iter().zip(cells).skip(1).filter(|(_, cell)| !cell.is_empty()) {
        lines.push_str(&format!("  {:widest$}  {cell}\n", heading.to_lowercase()));
    }
    lines
}

impl<const COLUMNS: usize> fmt::Display for Table<COLUMNS> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let widths = self.widths();
        for row in &self.rows {
            let cells = row.iter().zip(widths).map(|(cell, width)| format!("{cell:width$}"));
            writeln!(f, "{}", cells.collect::<Vec<_>>().join("  ").trim_end())?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::{LONGEST, Table, clipped, for_terminal, sanitize, shown};

    #[test]
    fn a_table_that_does_not_fit_is_written_in_blocks() {
        let mut table = Table::new(["POOL", "SITE", "BACKUP POOL"]);
        table.row(["pool01", "Seattle", ""].map(str::to_owned));
        table.row(["pool02", "Chicago", "pool03"].map(str::to_owned));
        assert_eq!(table.fitted(None), table.to_string());
        assert_eq!(table.fitted(Some(28)), table.to_string());
        let blocks = "pool01\n  site         Seattle\n\npool02\n  site         Chicago\n  backup pool  pool03\n";
        assert_eq!(table.fitted(Some(27)), blocks);
    }

    #[test]
    fn nothing_steers_a_terminal() {
        assert_eq!(sanitize("a\u{1b}[31m\u{202E}b\n"), "a\\u{1b}[31m\\u{202e}b\\u{a}");
        assert_eq!(sanitize("münchen"), "münchen");
    }

    #[test]
    fn long_texts_are_cut_between_characters() {
        assert_eq!(clipped("aüöb", 3), "aü… (2 more characters)");
        assert_eq!(clipped("aüö", 5), "aüö");
        assert_eq!(shown(&"x".repeat(LONGEST)).len(), LONGEST);
        for text in ["x", "\u{202e}", "\u{e0041}"].map(|one| one.repeat(100_000)) {
            assert!(shown(&text).len() < LONGEST + 40, "{}", shown(&text).len());
        }
    }

    #[test]
    fn a_terminal_gets_colour_and_nothing_else_that_steers() {
        let text = "a\u{1b}[1;31mb\u{1b}[0m\tc\r\n\u{1b}[2J\u{9b}d\re\u{2028}\u{e0041}f\u{1b}[";
        let plain = "a\\u{1b}[1;31mb\\u{1b}[0m\tc\r\n\\u{1b}[2J\\u{9b}d\\u{d}e\\u{2028}\\u{e0041}f\\u{1b}[";
        assert_eq!(for_terminal(text, false), plain);
        assert_eq!(
            for_terminal(text, true),
            plain.replace("\\u{1b}[1;31m", "\u{1b}[1;31m").replace("\\u{1b}[0m", "\u{1b}[0m")
        );
    }
}
