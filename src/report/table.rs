//! Plain-text tables and line wrapping.

use std::fmt;

use crate::text::sanitize_truncated;

/// Wraps words into lines of at most `width` characters, ignoring escape sequences; a longer word gets its own line.
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

/// The number of characters, without escape sequences.
fn columns(text: &str) -> usize {
    anstream::adapter::strip_str(text).map(|part| part.chars().count()).sum()
}

/// A table with one row per line and columns separated by spaces.
#[derive(Clone, Debug)]
pub struct Table<const COLUMNS: usize> {
    rows: Vec<[String; COLUMNS]>,
}

impl<const COLUMNS: usize> Table<COLUMNS> {
    /// Creates a table with headings.
    pub fn new(headings: [&str; COLUMNS]) -> Self {
        Self { rows: vec![headings.map(str::to_owned)] }
    }

    /// Creates a table without headings from sanitized cells; those of the last column may be styled.
    pub fn of(rows: Vec<[String; COLUMNS]>) -> Self {
        Self { rows }
    }

    /// The rows, the headings first.
    pub fn rows(&self) -> &[[String; COLUMNS]] {
        &self.rows
    }

    /// Adds a row.
    pub fn row(&mut self, cells: [String; COLUMNS]) {
        self.rows.push(cells.map(|cell| sanitize_truncated(&cell)));
    }

    /// The table, or, if it is wider than `width` columns, a list with the first cell of each row and below it the
    /// non-empty other cells with their headings.
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
    use super::Table;

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
}
