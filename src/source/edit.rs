//! Edits of a text, and the function that applies them.

use std::borrow::Cow;
use std::ops::Range;

use super::Span;

/// A replacement of one span of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// The replaced span; empty for an insertion.
    pub span: Span,
    /// The new text.
    pub text: String,
}

/// Edits in the order of the text, without overlaps.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Edits(Vec<Edit>);

impl Edits {
    /// Sorts edits; insertions at one position keep their order.
    ///
    /// # Errors
    ///
    /// Returns the first edit that overlaps the one before it.
    pub fn ordered(mut edits: Vec<Edit>) -> Result<Self, Edit> {
        edits.sort_by_key(|edit| edit.span);
        let mut merged: Vec<Edit> = Vec::with_capacity(edits.len());
        for edit in edits {
            match merged.last_mut() {
                Some(last) if last.span == edit.span && edit.span.is_empty() => last.text.push_str(&edit.text),
                Some(last) if edit.span.start < last.span.end => return Err(edit),
                _ => merged.push(edit),
            }
        }
        Ok(Self(merged))
    }

    /// The edits in the order of the text.
    pub fn iter(&self) -> std::slice::Iter<'_, Edit> {
        self.0.iter()
    }

    /// Whether there are no edits.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Maps a span of the edited text to the original text; inserted text maps to the span of its edit.
    pub fn origin_of(&self, span: Span) -> Span {
        let range = span.range();
        let (start, end) = (self.origin_of_offset(range.start, false), self.origin_of_offset(range.end, true));
        Span::new(start, end.max(start))
    }

    /// Maps an offset of the edited text to the original text. An offset within inserted text maps to the start of its
    /// edit's span, or to its end if `end` is set.
    fn origin_of_offset(&self, offset: usize, end: bool) -> usize {
        let (mut old_at, mut new_at) = (0, 0);
        for edit in &self.0 {
            let replaced = edit.span.range();
            let new_start = new_at + (replaced.start - old_at);
            let new_end = new_start + edit.text.len();
            if offset < new_start || (offset == new_start && end) {
                break;
            }
            if offset < new_end {
                return if end { replaced.end } else { replaced.start };
            }
            (old_at, new_at) = (replaced.end, new_end);
        }
        old_at + (offset - new_at)
    }

    /// The pieces of `bytes` after all edits; `locate` gives the range of a span in `bytes`, and `encode` encodes new
    /// text.
    pub(super) fn pieces<'b>(
        &'b self,
        bytes: &'b [u8],
        locate: impl Fn(Span) -> Range<usize>,
        encode: impl Fn(&'b str) -> Cow<'b, [u8]>,
    ) -> impl Iterator<Item = Cow<'b, [u8]>> {
        let slice = |range: Range<usize>| Cow::Borrowed(bytes.get(range).unwrap_or_default());
        let edits = self.0.iter().map(Some).chain(std::iter::once(None));
        edits
            .scan(0, move |from, edit| {
                let Range { start, end } = edit.map_or(bytes.len()..bytes.len(), |edit| locate(edit.span));
                let unchanged = slice(*from..start);
                *from = end;
                Some([unchanged, edit.map_or_else(Cow::default, |edit| encode(&edit.text))])
            })
            .flatten()
    }
}

impl<'a> IntoIterator for &'a Edits {
    type Item = &'a Edit;
    type IntoIter = std::slice::Iter<'a, Edit>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use super::{Edit, Edits};
    use crate::source::Span;

    fn edit(start: usize, end: usize, text: &str) -> Edit {
        Edit { span: Span::new(start, end), text: text.into() }
    }

    fn splice(edits: &Edits, text: &str) -> String {
        let pieces = edits.pieces(text.as_bytes(), Span::range, |text| text.as_bytes().into());
        String::from_utf8(pieces.flat_map(Cow::into_owned).collect()).unwrap()
    }

    #[test]
    fn splice_applies_all_edits_to_the_original_offsets() {
        let edits = Edits::ordered(vec![edit(4, 5, "E"), edit(1, 1, "x"), edit(1, 1, "y"), edit(2, 4, "")]).unwrap();
        assert_eq!(splice(&edits, "abcdef"), "axybEf");
    }

    #[test]
    fn a_span_of_the_result_leads_back_to_the_input() {
        let edits = Edits::ordered(vec![edit(1, 1, "xy"), edit(2, 4, ""), edit(5, 6, "FGH")]).unwrap();
        assert_eq!(splice(&edits, "abcdefg"), "axybeFGHg");
        for ((start, end), input) in [
            ((0, 1), (0, 1)),
            ((1, 3), (1, 1)),
            ((2, 3), (1, 1)),
            ((0, 4), (0, 2)),
            ((3, 4), (1, 2)),
            ((4, 5), (4, 5)),
            ((3, 5), (1, 5)),
            ((6, 7), (5, 6)),
            ((5, 8), (5, 6)),
            ((8, 9), (6, 7)),
        ] {
            assert_eq!(edits.origin_of(Span::new(start, end)), Span::new(input.0, input.1), "{start}..{end}");
        }
    }

    #[test]
    fn an_overlap_is_refused() {
        assert_eq!(Edits::ordered(vec![edit(0, 3, ""), edit(2, 4, "z")]), Err(edit(2, 4, "z")));
    }
}
