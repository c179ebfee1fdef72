//! Spans and positions in a document.

use std::ops::Range;

/// A range of the decoded text, in bytes of UTF-8, without a byte order mark.
///
/// [`Source::slice`](super::Source::slice) gives its text, and [`Source::stored_range`](super::Source::stored_range)
/// its range in the file. The file size limit keeps offsets in 32 bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The offset of the first byte.
    pub start: u32,
    /// The offset after the last byte.
    pub end: u32,
}

impl Span {
    /// The span from `start` (inclusive) to `end` (exclusive).
    pub fn new(start: usize, end: usize) -> Self {
        Self { start: narrow(start), end: narrow(end) }
    }

    /// The empty span at `offset`.
    pub fn empty_at(offset: usize) -> Self {
        Self::new(offset, offset)
    }

    /// The length in bytes.
    pub fn len(self) -> usize {
        self.range().len()
    }

    /// Whether the span has no bytes.
    pub fn is_empty(self) -> bool {
        self.range().is_empty()
    }

    /// The span as a range of `usize`.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Whether `inner` lies within this span.
    pub fn contains(self, inner: Self) -> bool {
        self.start <= inner.start && inner.end <= self.end
    }
}

/// Offsets above the file size limit cannot occur, so saturation has no effect.
fn narrow(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(u32::MAX)
}

/// A value and the span that it was read from.
#[derive(Clone, Debug, PartialEq)]
pub struct Spanned<T> {
    /// The value.
    pub value: T,
    /// Its span.
    pub span: Span,
}

impl<T> Spanned<T> {
    /// Pairs `value` with its span.
    pub fn new(value: T, span: Span) -> Self {
        Self { value, span }
    }
}

/// A position for people, as line and column, and for programs, as a byte offset.
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
