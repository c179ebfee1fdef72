//! Where something stands in a document.

use std::ops::Range;

/// A range of the decoded text, in bytes of UTF-8, without a byte order mark.
///
/// A span is read back with [`Source::slice`](super::Source::slice); where its characters stand in the file
/// is told by [`Source::stored_range`](super::Source::stored_range). The file size limit keeps offsets in 32 bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The offset of the first byte.
    pub start: u32,
    /// The offset after the last byte.
    pub end: u32,
}

impl Span {
    /// The span from `start` up to, not including, `end`.
    pub fn new(start: usize, end: usize) -> Self {
        Self { start: narrow(start), end: narrow(end) }
    }

    /// The place before the byte at `offset`.
    pub fn empty_at(offset: usize) -> Self {
        Self::new(offset, offset)
    }

    /// The number of bytes.
    pub fn len(self) -> usize {
        self.range().len()
    }

    /// Whether this is a place between two bytes.
    pub fn is_empty(self) -> bool {
        self.range().is_empty()
    }

    /// The same as a range of `usize`.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Whether `inner` lies within this span.
    pub fn contains(self, inner: Self) -> bool {
        self.start <= inner.start && inner.end <= self.end
    }
}

/// Offsets above the largest file size are unreachable, so that saturating is never seen.
fn narrow(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(u32::MAX)
}

/// A value and the place that it was read from.
#[derive(Clone, Debug, PartialEq)]
pub struct Spanned<T> {
    /// What was read.
    pub value: T,
    /// Where it stands.
    pub span: Span,
}

impl<T> Spanned<T> {
    /// Joins `value` to its place.
    pub fn new(value: T, span: Span) -> Self {
        Self { value, span }
    }
}

/// A place as a person finds it in an editor, and as a program finds it in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// The line, from 1. Lines end at each line feed.
    pub line: u32,
    /// The column, from 1, in Unicode scalar values. A byte order mark has no column.
    pub column: u32,
    /// The offset in the file as stored, from 0, in bytes, byte order mark included.
    pub byte_offset: u64,
}

impl std::fmt::Display for Position {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "line {}, column {}", self.line, self.column)
    }
}
