//! The lines of a document that are shown with a message.

use miette::{MietteError, MietteSpanContents, SourceCode, SourceSpan, SpanContents};

use super::Span;
use super::lines::Lines;
use crate::text::is_unsafe_for_display;

/// Short excerpts of a document around spans, for miette to print.
///
/// Labels keep their offsets into the decoded text. A snippet owns its text and clips long lines, so that it outlives
/// the document and a file of one 50 MB line prints a few words. Control characters and bidirectional marks are
/// replaced, so that no document can control a terminal.
#[derive(Clone, Debug)]
pub struct Snippet {
    name: String,
    excerpts: Vec<SnippetExcerpt>,
}

/// One excerpt of the text.
#[derive(Clone, Debug)]
struct SnippetExcerpt {
    start: usize,
    text: String,
    /// The number of lines before it.
    line: usize,
    /// The number of characters before it on its first line.
    column: usize,
}

/// How many bytes of a line are shown before a label, of the label, and after it.
const CLIP: usize = 60;
/// The longest adjacent line that is shown.
const NEIGHBOUR: usize = 2 * CLIP;

impl Snippet {
    /// Extracts the surroundings of `spans` from `text`.
    pub(crate) fn new(name: &str, text: &str, lines: &Lines, spans: &[Span]) -> Self {
        let mut windows: Vec<_> = spans.iter().map(|span| window(text, *span)).collect();
        windows.sort_unstable();
        windows.dedup_by(|next, previous| {
            let touches = next.0 <= previous.1;
            previous.1 = if touches { previous.1.max(next.1) } else { previous.1 };
            touches
        });
        let excerpt = |(start, end)| {
            let before = lines.count(text, start);
            let mut excerpt = sanitize(text.get(start..end).unwrap_or_default());
            if end == text.len() {
                // A label at the end of the text needs a character to point at.
                excerpt.push(' ');
            }
            SnippetExcerpt { start, text: excerpt, line: before.lines as usize, column: before.column as usize }
        };
        Self { name: sanitize(name), excerpts: windows.into_iter().map(excerpt).collect() }
    }

    /// Extracts the surroundings of `spans` from a text that is not a [`Source`](super::Source), such as a request
    /// file; `name` identifies it in messages.
    pub fn of_text(name: &str, text: &str, spans: &[Span]) -> Self {
        Self::new(name, text, &Lines::new(text), spans)
    }

    /// Converts `span` to a label, clipped to the visible part of its first line.
    pub fn label(&self, span: Span) -> SourceSpan {
        let Span { start, end } = span;
        let (start, end) = (start as usize, end as usize);
        let shown = self.excerpts.iter().find_map(|excerpt| excerpt.text_from(start));
        let line = shown.and_then(|shown| shown.split(['\r', '\n']).next()).unwrap_or_default();
        (start, (end - start).min(line.len())).into()
    }
}

impl SourceCode for Snippet {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        lines_before: usize,
        _lines_after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let covers = |excerpt: &&SnippetExcerpt| {
            excerpt.start <= span.offset() && span.offset() + span.len() <= excerpt.start + excerpt.text.len()
        };
        let excerpt = self.excerpts.iter().find(covers).ok_or(MietteError::OutOfBounds)?;
        // Without context lines, miette asks for the position of the label, for the heading.
        let (line, column) =
            if lines_before == 0 { excerpt.line_and_column(span.offset()) } else { (excerpt.line, excerpt.column) };
        Ok(Box::new(MietteSpanContents::new_named(
            self.name.clone(),
            excerpt.text.as_bytes(),
            (excerpt.start, excerpt.text.len()).into(),
            line,
            column,
            excerpt.text.lines().count(),
        )))
    }
}

impl SnippetExcerpt {
    /// The visible text from the offset `start` of the document.
    fn text_from(&self, start: usize) -> Option<&str> {
        start.checked_sub(self.start).and_then(|skipped| self.text.get(skipped..))
    }

    fn line_and_column(&self, offset: usize) -> (usize, usize) {
        let before = self.text.get(..offset - self.start).unwrap_or_default();
        match before.rsplit_once('\n') {
            Some((_, last)) => (self.line + before.matches('\n').count(), last.chars().count()),
            None => (self.line, self.column + before.chars().count()),
        }
    }
}

/// The range of the label's line, clipped, with the adjacent lines if they are short.
fn window(text: &str, span: Span) -> (usize, usize) {
    let (first, last) = (span.start as usize, span.end as usize);
    let start = line_start(text, first);
    let start = if first - start > CLIP { boundary(text, first - CLIP) } else { previous_line(text, start) };
    let clipped = boundary(text, last.min(first + CLIP) + CLIP);
    let end = line_end(text, first);
    let end = if clipped < end { clipped } else { next_line(text, end) };
    (start, end)
}

fn line_start(text: &str, offset: usize) -> usize {
    let before = text.as_bytes().get(..offset).unwrap_or_default();
    memchr::memrchr(b'\n', before).map_or(0, |feed| feed + 1)
}

/// The end of the line at `offset`, before its LF or CRLF.
fn line_end(text: &str, offset: usize) -> usize {
    let after = text.as_bytes().get(offset..).unwrap_or_default();
    let line = memchr::memchr(b'\n', after).map_or(after, |feed| &after[..feed]);
    let closed = line.len() < after.len() && line.ends_with(b"\r");
    offset + line.len() - usize::from(closed)
}

fn previous_line(text: &str, start: usize) -> usize {
    let previous = line_start(text, start.saturating_sub(1));
    if start - previous > NEIGHBOUR { start } else { previous }
}

fn next_line(text: &str, end: usize) -> usize {
    let rest = text.get(end..).unwrap_or_default();
    let feed = rest.len() - rest.trim_start_matches('\r').len() + 1;
    let next = line_end(text, (end + feed).min(text.len()));
    if next - end > NEIGHBOUR { end } else { next }
}

/// The nearest character boundary at or before `offset`.
fn boundary(text: &str, offset: usize) -> usize {
    let back = (0..=offset.min(text.len())).rev();
    back.into_iter().find(|&at| text.is_char_boundary(at)).unwrap_or(0)
}

/// Replaces characters that are unsafe for a terminal by ones of the same length, which keeps the offsets.
fn sanitize(text: &str) -> String {
    let mut next = text.chars().skip(1);
    let replace = |character: char| match (character, next.next()) {
        ('\n' | '\t', _) | ('\r', Some('\n')) => character,
        _ if !is_unsafe_for_display(character) => character,
        _ => match character.len_utf8() {
            1 => '?',
            2 => '\u{BF}',
            3 => '\u{FFFD}',
            _ => '\u{1F6AB}',
        },
    };
    text.chars().map(replace).collect()
}
