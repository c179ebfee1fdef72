//! The rows of a unified diff, for pages that show both sides.

use std::ops::Range;

use similar::ChangeTag;

use crate::diff::{DiffLine, Hunk, UnifiedDiff};

/// A unified diff, cut to what a page can show.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DiffView<'d> {
    /// Its parts.
    pub hunks: Vec<HunkView<'d>>,
    /// How many lines are left out.
    pub hidden: usize,
}

/// Lines of a diff that stand together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HunkView<'d> {
    /// The line that begins with `@@`.
    pub header: String,
    /// Its rows.
    pub rows: Vec<DiffRow<'d>>,
}

/// A row with a line of each side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DiffRow<'d> {
    /// The same line on both sides.
    Same {
        /// Its numbers before and after.
        numbers: [usize; 2],
        /// Its text.
        text: &'d str,
    },
    /// A line that goes, one that comes, or one that becomes another.
    Changed([Option<NumberedLine<'d>>; 2]),
}

/// A line of one side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NumberedLine<'d> {
    /// Its number, from 1.
    pub number: usize,
    /// Its text.
    pub text: &'d str,
    /// What of it differs from the other side.
    pub changed: Range<usize>,
}

impl<'d> DiffView<'d> {
    /// The rows of a diff, up to `most` lines.
    pub fn of(diff: &'d UnifiedDiff, most: usize) -> Self {
        let mut room = most;
        let hunks = diff.hunks.iter().map(|hunk| {
            let lines = hunk.lines.get(..room).unwrap_or(&hunk.lines);
            room -= lines.len();
            HunkView { header: hunk.header(), rows: rows(hunk, lines) }
        });
        let hunks = hunks.filter(|hunk| !hunk.rows.is_empty()).collect();
        Self { hunks, hidden: diff.line_count() - (most - room) }
    }
}

/// What goes beside what comes, line by line.
fn rows<'d>(hunk: &Hunk, lines: &'d [DiffLine]) -> Vec<DiffRow<'d>> {
    let [mut before, mut after] = [hunk.old.start, hunk.new.start];
    let mut rows = Vec::new();
    for block in lines.chunk_by(|one, next| is_changed(one) && is_changed(next) && one.tag <= next.tag) {
        let of_tag = |tag| block.iter().filter(move |line| line.tag == tag).map(text);
        let (removed, added): (Vec<_>, Vec<_>) =
            (of_tag(ChangeTag::Delete).collect(), of_tag(ChangeTag::Insert).collect());
        for at in 0..removed.len().max(added.len()) {
            let (was, is) = (removed.get(at).copied(), added.get(at).copied());
            let [was_range, is_range] = match (was, is) {
                (Some(was), Some(is)) => differing(was, is),
                _ => [was, is].map(|line| 0..line.map_or(0, str::len)),
            };
            let line = |text: Option<&'d str>, first, changed| {
                text.map(|text| NumberedLine { number: first + at + 1, text, changed })
            };
            rows.push(DiffRow::Changed([line(was, before, was_range), line(is, after, is_range)]));
        }
        for text in of_tag(ChangeTag::Equal) {
            rows.push(DiffRow::Same { numbers: [before + 1, after + 1], text });
        }
        let same = block.len() - removed.len() - added.len();
        before += removed.len() + same;
        after += added.len() + same;
    }
    rows
}

fn is_changed(line: &DiffLine) -> bool {
    line.tag != ChangeTag::Equal
}

fn text(line: &DiffLine) -> &str {
    line.text.trim_end_matches(['\r', '\n'])
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

impl<'d> NumberedLine<'d> {
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
    use super::{DiffRow, DiffView};
    use crate::diff::unified;

    const BEFORE: &str = "1\n2\nsame\n<a x=\"1\"/>\nlast\n";
    const AFTER: &str = "1\n2\nsame\n<a x=\"2\"/>\nnew\nlast\n";

    #[test]
    fn lines_stand_beside_what_they_become() {
        let diff = unified("a", BEFORE, "b", AFTER);
        let view = DiffView::of(&diff, 100);
        assert_eq!(view.hunks[0].header, "@@ -1,5 +1,6 @@");
        let rows = &view.hunks[0].rows[2..];
        assert_eq!(rows[0], DiffRow::Same { numbers: [3, 3], text: "same" });
        let DiffRow::Changed([Some(was), Some(is)]) = &rows[1] else { panic!("{rows:?}") };
        assert_eq!([was.number, is.number], [4, 4]);
        assert_eq!(was.parts(80), ["<a x=\"", "1", "\"/>"].map(String::from));
        assert_eq!(is.parts(2), ["…=\"", "2", "\"/…"].map(String::from));
        assert!(matches!(&rows[2], DiffRow::Changed([None, Some(line)]) if line.text == "new" && line.number == 5));
        assert_eq!(rows[3], DiffRow::Same { numbers: [5, 6], text: "last" });
    }

    #[test]
    fn what_is_left_out_is_counted() {
        assert_eq!(DiffView::of(&unified("a", BEFORE, "b", AFTER), 2).hidden, 5);
        assert_eq!(DiffView::of(&unified("a", "", "b", ""), 2), DiffView::default());
    }

    #[test]
    fn a_line_is_cut_between_characters() {
        let diff = unified("a", "äöüx\n", "b", "äöäx\n");
        let view = DiffView::of(&diff, 9);
        let DiffRow::Changed([Some(was), Some(_)]) = &view.hunks[0].rows[0] else { panic!() };
        assert_eq!(was.parts(80), ["äö", "ü", "x"].map(String::from));
        assert_eq!(was.parts(1), ["…", "…", "x"].map(String::from));
    }
}
