//! The few lines of a document that a message shows.

use miette::{MietteError, MietteSpanContents, SourceCode, SourceSpan, SpanContents};

use super::Span;
use super::lines::Lines;
use crate::text::is_unsafe_for_display;

/// Short excerpts around places of a document, for miette to print.
///
/// Labels keep their offsets into the decoded text. A snippet owns what it shows and clips long lines, so that it
/// outlives the document and a file that is one line of 50 MB prints a few words. Control characters and marks that
/// turn the direction of writing are replaced: nothing in a document can steer a terminal.
#[derive(Clone, Debug)]
pub struct Snippet {
    name: String,
    excerpts: Vec<SnippetExcerpt>,
}

/// One piece of the text.
#[derive(Clone, Debug)]
struct SnippetExcerpt {
    start: usize,
    shown: String,
    /// Lines before it.
    line: usize,
    /// Characters before it on its first line.
    column: usize,
}

/// How many bytes of a line are shown before a label, of the label, and after it.
const CLIP: usize = 60;
/// The longest neighbouring line that is shown.
const NEIGHBOUR: usize = 2 * CLIP;

impl Snippet {
    /// Cuts the surroundings of `spans` out of `text`.
    pub(crate) fn new(name: &str, text: &str, lines: &Lines, spans: &[Span]) -> Self {
        let mut windows: Vec<_> = spans.iter().map(|span| window(text, *span)).collect();
        windows.sort_unstable();
        windows.dedup_by(|next, kept| {
            let touches = next.0 <= kept.1;
            kept.1 = if touches { kept.1.max(next.1) } else { kept.1 };
            touches
        });
        let excerpt = |(start, end)| {
            let before = lines.count(text, start);
            let mut shown = sanitize(text.get(start..end).unwrap_or_default());
            if end == text.len() {
                // Something must be there for a label to point at the end.
                shown.push(' ');
            }
            SnippetExcerpt { start, shown, line: before.lines as usize, column: before.column as usize }
        };
        Self { name: sanitize(name), excerpts: windows.into_iter().map(excerpt).collect() }
    }

    /// Cuts the surroundings of `spans` out of a text that is no [`Source`](super::Source), such as a request file;
    /// `name` is what messages call it.
    pub fn of_text(name: &str, text: &str, spans: &[Span]) -> Self {
        Self::new(name, text, &Lines::new(text), spans)
    }

    /// `span` as a label: as much of its first line as is shown.
    pub fn label(&self, span: Span) -> SourceSpan {
        let Span { start, end } = span;
        let (start, end) = (start as usize, end as usize);
        let shown = self.excerpts.iter().find_map(|excerpt| excerpt.from(start));
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
            excerpt.start <= span.offset() && span.offset() + span.len() <= excerpt.start + excerpt.shown.len()
        };
        let excerpt = self.excerpts.iter().find(covers).ok_or(MietteError::OutOfBounds)?;
        // Without context miette asks where the label itself is, for the heading.
        let (line, column) =
            if lines_before == 0 { excerpt.place(span.offset()) } else { (excerpt.line, excerpt.column) };
        Ok(Box::new(MietteSpanContents::new_named(
            self.name.clone(),
            excerpt.shown.as_bytes(),
            (excerpt.start, excerpt.shown.len()).into(),
            line,
            column,
            excerpt.shown.lines().count(),
        )))
    }
}

impl SnippetExcerpt {
    /// What is shown from the offset `start` of the document on.
    fn from(&self, start: usize) -> Option<&str> {
        start.checked_sub(self.start).and_then(|skipped| self.shown.get(skipped..))
    }

    fn place(&self, offset: usize) -> (usize, usize) {
        let before = self.shown.get(..offset - self.start).unwrap_or_default();
        match before.rsplit_once('\n') {
            Some((_, last)) => (self.line + before.matches('\n').count(), last.chars().count()),
            None => (self.line, self.column + before.chars().count()),
        }
    }
}

/// The line of the label, clipped, and its neighbours where they are short.
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

/// The end of the line at `offset`, before its line feed or both characters of its end.
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

/// The start of the character at `offset`, or the end of the text.
fn boundary(text: &str, offset: usize) -> usize {
    let back = (0..=offset.min(text.len())).rev();
    back.into_iter().find(|&at| text.is_char_boundary(at)).unwrap_or(0)
}

/// Replaces what could steer a terminal by something of the same length, which keeps the offsets.
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
