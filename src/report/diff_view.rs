//! A unified diff taken apart, for pages that show both sides.

use std::ops::Range;

/// A unified diff, cut to what a page can show.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DiffView<'d> {
    /// Its parts.
    pub hunks: Vec<Hunk<'d>>,
    /// How many lines are left out.
    pub hidden: usize,
}

/// Lines of a diff that stand together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hunk<'d> {
    /// The line that begins with `@@`.
    pub header: &'d str,
    /// Its rows.
    pub rows: Vec<Row<'d>>,
}

/// A row with a line of each side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Row<'d> {
    /// The same line on both sides.
    Same {
        /// Its numbers before and after.
        numbers: [usize; 2],
        /// Its text.
        text: &'d str,
    },
    /// A line that goes, one that comes, or one that becomes another.
    Changed([Option<Line<'d>>; 2]),
}

/// A line of one side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line<'d> {
    /// Its number, from 1.
    pub number: usize,
    /// Its text.
    pub text: &'d str,
    /// What of it differs from the other side.
    pub changed: Range<usize>,
}

impl<'d> DiffView<'d> {
    /// Reads what [`unified`](crate::diff::unified) wrote, up to `most` lines.
    pub fn of(diff: &'d str, most: usize) -> Self {
        let mut view = Self::default();
        let mut reader = Reader::default();
        let mut lines = diff.lines().skip_while(|line| !line.starts_with("@@"));
        for line in lines.by_ref().take(most) {
            reader.read(line, &mut view);
        }
        reader.flush(&mut view);
        view.hidden = lines.count();
        view
    }
}

#[derive(Default)]
struct Reader<'d> {
    /// The numbers of the next lines.
    next: [usize; 2],
    removed: Vec<(usize, &'d str)>,
    added: Vec<(usize, &'d str)>,
}

impl<'d> Reader<'d> {
    fn read(&mut self, line: &'d str, view: &mut DiffView<'d>) {
        let [before, after] = self.next;
        if line.starts_with("@@") {
            self.flush(view);
            self.next = starts(line);
            view.hunks.push(Hunk { header: line, rows: Vec::new() });
        } else if let Some(text) = line.strip_prefix('-') {
            if !self.added.is_empty() {
                self.flush(view);
            }
            self.removed.push((before, text));
            self.next = [before + 1, after];
        } else if let Some(text) = line.strip_prefix('+') {
            self.added.push((after, text));
            self.next = [before, after + 1];
        } else if let Some(text) = line.strip_prefix(' ') {
            self.flush(view);
            push(view, Row::Same { numbers: [before, after], text });
            self.next = [before + 1, after + 1];
        }
    }

    /// Pairs what went with what came, line by line.
    fn flush(&mut self, view: &mut DiffView<'d>) {
        let (removed, added) = (std::mem::take(&mut self.removed), std::mem::take(&mut self.added));
        for at in 0..removed.len().max(added.len()) {
            let (was, is) = (removed.get(at).copied(), added.get(at).copied());
            let ranges = match (was, is) {
                (Some((_, was)), Some((_, is))) => differing(was, is),
                _ => [was, is].map(|line| 0..line.map_or(0, |(_, text)| text.len())),
            };
            let [was_range, is_range] = ranges;
            let line =
                |line: Option<(usize, &'d str)>, changed| line.map(|(number, text)| Line { number, text, changed });
            push(view, Row::Changed([line(was, was_range), line(is, is_range)]));
        }
    }
}

fn push<'d>(view: &mut DiffView<'d>, row: Row<'d>) {
    if let Some(hunk) = view.hunks.last_mut() {
        hunk.rows.push(row);
    }
}

/// The numbers of `@@ -12,7 +12,8 @@`; a side without lines says 0.
fn starts(header: &str) -> [usize; 2] {
    let number = |sign: char| {
        let after = header.split_once(sign).map_or("", |(_, after)| after);
        let digits: String = after.chars().take_while(char::is_ascii_digit).collect();
        digits.parse().unwrap_or(0)
    };
    [number('-'), number('+')]
}

/// What lies between the beginning and the end that two lines share.
fn differing(was: &str, is: &str) -> [Range<usize>; 2] {
    let common = was.bytes().zip(is.bytes()).take_while(|(one, other)| one == other).count();
    let start = was.floor_char_boundary(common).min(is.floor_char_boundary(common));
    let rest = (was.len() - start).min(is.len() - start);
    let tail = was.bytes().rev().zip(is.bytes().rev()).take(rest).take_while(|(one, other)| one == other).count();
    let end = |text: &str| text.ceil_char_boundary(text.len() - tail).max(start);
    [start..end(was), start..end(is)]
}

impl<'d> Line<'d> {
    /// The line in three parts, the middle one being what differs, with `room` bytes at most before it, of it and
    /// after it; what is cut is told by `…`.
    pub fn parts(&self, room: usize) -> [String; 3] {
        let Range { start, end } = self.changed.clone();
        let text = self.text;
        let from = text.ceil_char_boundary(start.saturating_sub(room));
        let to = text.floor_char_boundary((end + room).min(text.len()));
        let stop = text.floor_char_boundary((start + room).min(end));
        let part = |range: Range<usize>| text.get(range).unwrap_or_default();
        let (before, after) = (part(from..start), part(end..to));
        let lead = if from > 0 { "…" } else { "" };
        let trail = if to < text.len() { "…" } else { "" };
        let cut = if stop < end { "…" } else { "" };
        [format!("{lead}{before}"), format!("{}{cut}", part(start..stop)), format!("{after}{trail}")]
    }
}

#[cfg(test)]
mod tests {
    use super::{DiffView, Row};

    const DIFF: &str = "--- a\n+++ b\n@@ -3,3 +3,4 @@\n same\n-<a x=\"1\"/>\n+<a x=\"2\"/>\n+new\n last\n";

    #[test]
    fn lines_stand_beside_what_they_become() {
        let view = DiffView::of(DIFF, 100);
        let rows = &view.hunks[0].rows;
        assert_eq!(rows[0], Row::Same { numbers: [3, 3], text: "same" });
        let Row::Changed([Some(was), Some(is)]) = &rows[1] else { panic!("{rows:?}") };
        assert_eq!([was.number, is.number], [4, 4]);
        assert_eq!(was.parts(80), ["<a x=\"", "1", "\"/>"].map(String::from));
        assert_eq!(is.parts(2), ["…=\"", "2", "\"/…"].map(String::from));
        assert!(matches!(&rows[2], Row::Changed([None, Some(line)]) if line.text == "new" && line.number == 5));
        assert_eq!(rows[3], Row::Same { numbers: [5, 6], text: "last" });
    }

    #[test]
    fn what_is_left_out_is_counted() {
        assert_eq!(DiffView::of(DIFF, 2).hidden, 4);
        assert_eq!(DiffView::of("", 2), DiffView::default());
    }

    #[test]
    fn a_line_is_cut_between_characters() {
        let diff = "@@ -1 +1 @@\n-äöüx\n+äöäx\n";
        let view = DiffView::of(diff, 9);
        let Row::Changed([Some(was), Some(_)]) = &view.hunks[0].rows[0] else { panic!() };
        assert_eq!(was.parts(80), ["äö", "ü", "x"].map(String::from));
        assert_eq!(was.parts(1), ["…", "…", "x"].map(String::from));
    }
}
