//! The unified diff of two decoded texts.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

use similar::udiff::UnifiedHunkHeader;
use similar::{ChangeTag, DiffOp, TextDiff};

/// The lines in which two texts differ, each with three lines of context; prints as a unified diff.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnifiedDiff {
    /// What the two texts are called.
    names: [String; 2],
    /// None where the texts are equal.
    pub hunks: Vec<Hunk>,
}

/// Lines of a diff that stand together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hunk {
    /// Its lines in the text before, counted from 0.
    pub old: Range<usize>,
    /// Its lines in the text after, counted from 0.
    pub new: Range<usize>,
    /// The lines.
    pub lines: Vec<DiffLine>,
}

/// A line of a diff.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DiffLine {
    /// Whether it is in both texts.
    pub tag: ChangeTag,
    /// The line with its end.
    pub text: String,
}

/// The diff of two texts.
///
/// Both are decoded first, so that a diff of UTF-16 exports reads like any other. Carriage returns before a line
/// feed are kept out of the way: a diff of a file with CRLF line ends is written with LF, unless line ends are the
/// difference.
pub fn unified(before_name: &str, before: &str, after_name: &str, after: &str) -> UnifiedDiff {
    let (folded_before, folded_after) = (folded(before), folded(after));
    let line_ends_differ = folded_before == folded_after && before != after;
    let window = match line_ends_differ {
        true => Window::of(before, after),
        false => Window::of(&folded_before, &folded_after),
    };
    let diff = TextDiff::from_lines(window.before, window.after);
    let mut unified = diff.unified_diff();
    let hunks = unified.context_radius(3).iter_hunks().map(|hunk| {
        let lines = hunk.iter_changes();
        let lines = lines.map(|line| DiffLine { tag: line.tag(), text: line.value().to_owned() });
        Hunk {
            old: window.lines(hunk.ops(), DiffOp::old_range),
            new: window.lines(hunk.ops(), DiffOp::new_range),
            lines: lines.collect(),
        }
    });
    UnifiedDiff { names: [before_name.to_owned(), after_name.to_owned()], hunks: hunks.collect() }
}

impl UnifiedDiff {
    /// How many lines it shows.
    pub fn line_count(&self) -> usize {
        self.hunks.iter().map(|hunk| hunk.lines.len()).sum()
    }
}

impl Hunk {
    /// Where it is, as `@@ -12,7 +12,8 @@`.
    pub fn header(&self) -> String {
        let (old, new) = (&self.old, &self.new);
        let whole =
            DiffOp::Replace { old_index: old.start, old_len: old.len(), new_index: new.start, new_len: new.len() };
        UnifiedHunkHeader::new(&[whole]).to_string()
    }
}

impl fmt::Display for UnifiedDiff {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.hunks.is_empty() {
            return Ok(());
        }
        let [before, after] = &self.names;
        writeln!(f, "--- {before}\n+++ {after}")?;
        for hunk in &self.hunks {
            writeln!(f, "{}", hunk.header())?;
            for DiffLine { tag, text } in &hunk.lines {
                write!(f, "{tag}{text}")?;
                if !text.ends_with('\n') {
                    writeln!(f, "\n\\ No newline at end of file")?;
                }
            }
        }
        Ok(())
    }
}

fn folded(text: &str) -> Cow<'_, str> {
    if memchr::memchr(b'\r', text.as_bytes()).is_some() { text.replace("\r\n", "\n").into() } else { text.into() }
}

/// The lines of two texts that are worth comparing: edits are few and near each other, and the document is long.
struct Window<'t> {
    before: &'t str,
    after: &'t str,
    /// The lines before it, which are equal.
    lines_before: usize,
}

/// How many equal lines are kept around the difference: for the context, and since a hunk may slide along lines that
/// are alike.
const MARGIN: usize = 1000;

impl<'t> Window<'t> {
    fn of(before: &'t str, after: &'t str) -> Self {
        let (old, new) = (before.as_bytes(), after.as_bytes());
        let head = equal_start(old, new);
        let start = line_starts(old.get(..head).unwrap_or_default()).nth(MARGIN).unwrap_or(0);
        let (old, new) = (old.get(head..).unwrap_or_default(), new.get(head..).unwrap_or_default());
        let tail = equal_end(old, new);
        let shared = old.get(old.len() - tail..).unwrap_or_default();
        let spare = memchr::memchr_iter(b'\n', shared).nth(MARGIN).map_or(0, |end| shared.len() - end - 1);
        Self {
            before: before.get(start..before.len() - spare).unwrap_or(before),
            after: after.get(start..after.len() - spare).unwrap_or(after),
            lines_before: memchr::memchr_iter(b'\n', before.as_bytes().get(..start).unwrap_or_default()).count(),
        }
    }

    /// The lines of a hunk on one side, counted in the whole text.
    fn lines(&self, operations: &[DiffOp], range: fn(&DiffOp) -> Range<usize>) -> Range<usize> {
        let start = operations.first().map_or(0, |first| range(first).start);
        let end = operations.last().map_or(start, |last| range(last).end);
        start + self.lines_before..end + self.lines_before
    }
}

/// How many bytes two texts have in common at their start: block by block as long as those are equal.
fn equal_start(old: &[u8], new: &[u8]) -> usize {
    let equal = equal_blocks(old.chunks(BLOCK).zip(new.chunks(BLOCK)));
    let (old, new) = (old.get(equal..).unwrap_or_default(), new.get(equal..).unwrap_or_default());
    equal + old.iter().zip(new).take_while(|(old, new)| old == new).count()
}

/// The same at their end.
fn equal_end(old: &[u8], new: &[u8]) -> usize {
    let equal = equal_blocks(old.rchunks(BLOCK).zip(new.rchunks(BLOCK)));
    let (old, new) = (&old[..old.len() - equal], &new[..new.len() - equal]);
    equal + old.iter().rev().zip(new.iter().rev()).take_while(|(old, new)| old == new).count()
}

fn equal_blocks<'b>(blocks: impl Iterator<Item = (&'b [u8], &'b [u8])>) -> usize {
    blocks.take_while(|(old, new)| old == new).map(|(old, _)| old.len()).sum()
}

const BLOCK: usize = 4096;

/// Where lines start, from the last one on.
fn line_starts(text: &[u8]) -> impl Iterator<Item = usize> {
    memchr::memrchr_iter(b'\n', text).map(|end| end + 1)
}

#[cfg(test)]
mod tests {
    use super::unified;

    #[test]
    fn equal_texts_have_no_diff() {
        assert!(unified("a", "x\r\n", "b", "x\r\n").hunks.is_empty());
    }

    #[test]
    fn crlf_is_folded_unless_it_is_the_difference() {
        assert_eq!(
            unified("a", "x\r\ny\r\n", "b", "x\r\nz\r\n").to_string(),
            "--- a\n+++ b\n@@ -1,2 +1,2 @@\n x\n-y\n+z\n"
        );
        assert_eq!(unified("a", "x\r\n", "b", "x\n").to_string(), "--- a\n+++ b\n@@ -1 +1 @@\n-x\r\n+x\n");
    }

    #[test]
    fn far_from_the_ends_it_is_the_diff_of_the_whole_texts() {
        let lines = |range: std::ops::Range<usize>| range.map(|line| format!("line {line}\n")).collect::<String>();
        let text = lines(0..5000);
        for after in [
            text.replace("line 2500\n", "line 2500\nnew\n"),
            text.replace("line 2500\n", "").replace("line 3900\n", "other\nother\n"),
            text.replace("line 0\n", ""),
            text.replace("line 4999\n", "line 4999"),
            text.clone() + "one\nmore",
            lines(0..2500) + &lines(1400..5000),
        ] {
            let mut whole = similar::TextDiff::from_lines(&text, &after).unified_diff().header("a", "b").to_string();
            assert_eq!(unified("a", &text, "b", &after).to_string(), whole);
            whole = similar::TextDiff::from_lines(&after, &text).unified_diff().header("b", "a").to_string();
            assert_eq!(unified("b", &after, "a", &text).to_string(), whole);
        }
    }
}
