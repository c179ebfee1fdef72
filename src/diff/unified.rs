//! The unified diff of two decoded texts.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

use similar::udiff::UnifiedHunkHeader;
use similar::{ChangeTag, DiffOp, TextDiff};

/// The changed lines of two texts, each with three lines of context; prints as a unified diff.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnifiedDiff {
    /// The names of the two texts.
    names: [String; 2],
    /// Empty if the texts are equal.
    pub hunks: Vec<Hunk>,
}

/// A contiguous group of changed lines with their context.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hunk {
    /// Its lines in the old text, counted from 0.
    pub old: Range<usize>,
    /// Its lines in the new text, counted from 0.
    pub new: Range<usize>,
    /// The lines.
    pub lines: Vec<DiffLine>,
}

/// A line of a diff.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DiffLine {
    /// Whether it was added, removed or unchanged.
    pub tag: ChangeTag,
    /// The line with its line end.
    pub text: String,
}

/// The diff of two decoded texts.
///
/// Decoding makes a diff of UTF-16 exports read like any other. CRLF is treated as LF, unless the texts differ only in
/// line ends.
pub fn unified(before_name: &str, before: &str, after_name: &str, after: &str) -> UnifiedDiff {
    let (folded_before, folded_after) = (folded(before), folded(after));
    let line_ends_differ = folded_before == folded_after && before != after;
    let compared = match line_ends_differ {
        true => ComparedRange::of(before, after),
        false => ComparedRange::of(&folded_before, &folded_after),
    };
    let diff = TextDiff::from_lines(compared.before, compared.after);
    let mut unified = diff.unified_diff();
    let hunks = unified.context_radius(3).iter_hunks().map(|hunk| {
        let lines = hunk.iter_changes();
        let lines = lines.map(|line| DiffLine { tag: line.tag(), text: line.value().to_owned() });
        Hunk {
            old: compared.lines(hunk.ops(), DiffOp::old_range),
            new: compared.lines(hunk.ops(), DiffOp::new_range),
            lines: lines.collect(),
        }
    });
    UnifiedDiff { names: [before_name.to_owned(), after_name.to_owned()], hunks: hunks.collect() }
}

impl UnifiedDiff {
    /// The number of lines in all hunks.
    pub fn line_count(&self) -> usize {
        self.hunks.iter().map(|hunk| hunk.lines.len()).sum()
    }
}

impl Hunk {
    /// The position, as `@@ -12,7 +12,8 @@`.
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

/// The part of two texts that is compared: edits are few and close together, and documents are long.
struct ComparedRange<'t> {
    before: &'t str,
    after: &'t str,
    /// The number of equal lines before it.
    lines_before: usize,
}

/// How many equal lines are kept around the difference, for the context, and because a hunk may slide along repeated
/// lines.
const MARGIN: usize = 1000;

impl<'t> ComparedRange<'t> {
    fn of(before: &'t str, after: &'t str) -> Self {
        let (old, new) = (before.as_bytes(), after.as_bytes());
        let head = equal_start(old, new);
        let start = line_starts(old.get(..head).unwrap_or_default()).nth(MARGIN).unwrap_or(0);
        let (old, new) = (old.get(head..).unwrap_or_default(), new.get(head..).unwrap_or_default());
        let tail = equal_end(old, new);
        let shared = old.get(old.len() - tail..).unwrap_or_default();
        let skipped = memchr::memchr_iter(b'\n', shared).nth(MARGIN).map_or(0, |end| shared.len() - end - 1);
        Self {
            before: before.get(start..before.len() - skipped).unwrap_or(before),
            after: after.get(start..after.len() - skipped).unwrap_or(after),
            lines_before: memchr::memchr_iter(b'\n', before.as_bytes().get(..start).unwrap_or_default()).count(),
        }
    }

    /// The lines of a hunk in one of the whole texts.
    fn lines(&self, operations: &[DiffOp], range: fn(&DiffOp) -> Range<usize>) -> Range<usize> {
        let start = operations.first().map_or(0, |first| range(first).start);
        let end = operations.last().map_or(start, |last| range(last).end);
        start + self.lines_before..end + self.lines_before
    }
}

/// The length of the common prefix in bytes, compared block by block.
fn equal_start(old: &[u8], new: &[u8]) -> usize {
    let equal = equal_blocks(old.chunks(BLOCK).zip(new.chunks(BLOCK)));
    let (old, new) = (old.get(equal..).unwrap_or_default(), new.get(equal..).unwrap_or_default());
    equal + old.iter().zip(new).take_while(|(old, new)| old == new).count()
}

/// The length of the common suffix in bytes.
fn equal_end(old: &[u8], new: &[u8]) -> usize {
    let equal = equal_blocks(old.rchunks(BLOCK).zip(new.rchunks(BLOCK)));
    let (old, new) = (&old[..old.len() - equal], &new[..new.len() - equal]);
    equal + old.iter().rev().zip(new.iter().rev()).take_while(|(old, new)| old == new).count()
}

fn equal_blocks<'b>(blocks: impl Iterator<Item = (&'b [u8], &'b [u8])>) -> usize {
    blocks.take_while(|(old, new)| old == new).map(|(old, _)| old.len()).sum()
}

const BLOCK: usize = 4096;

/// The starts of lines, last one first.
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
