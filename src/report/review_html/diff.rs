//! The diff in HTML: side by side if there is room, otherwise one below the other.

use std::ops::Range;

use maud::{Markup, html};
use similar::ChangeTag;

use crate::diff::{DiffLine, Hunk, UnifiedDiff};
use crate::text::{count, sanitize};

/// The maximum number of lines that browsers display without delay.
const MAX_LINES: usize = 3_000;
/// Diffs of up to this many lines are expanded.
const MAX_OPEN_LINES: usize = 200;
/// The number of bytes of a line that are shown around a difference.
const CONTEXT: usize = 160;

pub(super) fn view(diff: &UnifiedDiff) -> Markup {
    let lines = diff.line_count();
    let mut room = MAX_LINES;
    let tables: Vec<_> = diff.hunks.iter().map_while(|hunk| table(hunk, &mut room)).collect();
    let hidden = lines.saturating_sub(MAX_LINES);
    html! {
        details open[lines <= MAX_OPEN_LINES] {
            summary { (count(lines, "line")) ", in " (count(tables.len(), "place")) }
            @for table in tables { (table) }
            @if hidden > 0 { p.faint { "and " (count(hidden, "more line")) " in topology.diff" } }
        }
    }
}

/// The table of a hunk with as many lines as remain; `None` if none remain.
fn table(hunk: &Hunk, room: &mut usize) -> Option<Markup> {
    let lines = hunk.lines.get(..*room).unwrap_or(&hunk.lines);
    *room -= lines.len();
    (!lines.is_empty()).then(|| {
        html! {
            table.diff {
                caption { code { (sanitize(&hunk.header())) } }
                colgroup { col.number; col; col.number; col; }
                thead.unseen { tr { th scope="col" { "Line" } th scope="col" { "Before" } th scope="col" { "Line" } th scope="col" { "After" } } }
                tbody { (rows(hunk, lines)) }
            }
        }
    })
}

/// Pairs removed lines with added lines.
fn rows(hunk: &Hunk, lines: &[DiffLine]) -> Markup {
    let [mut before, mut after] = [hunk.old.start, hunk.new.start];
    let mut rows = String::new();
    for block in lines.chunk_by(|one, next| is_changed(one) && is_changed(next) && one.tag <= next.tag) {
        let of_tag = |tag| block.iter().filter(|line| line.tag == tag).map(text).collect::<Vec<_>>();
        let [removed, added, same] = [ChangeTag::Delete, ChangeTag::Insert, ChangeTag::Equal].map(of_tag);
        for at in 0..removed.len().max(added.len()) {
            let (old, new) = (removed.get(at).copied(), added.get(at).copied());
            let [old_range, new_range] = differing(old.unwrap_or_default(), new.unwrap_or_default());
            let old = side(old.map(|old| (before + at + 1, parts(old, old_range, CONTEXT))), "old");
            let new = side(new.map(|new| (after + at + 1, parts(new, new_range, CONTEXT))), "new");
            rows += &html! { tr { (old) (new) } }.0;
        }
        for text in &same {
            let text = parts(text, 0..0, 2 * CONTEXT).concat();
            let (before, after) = (before + 1, after + 1);
            rows +=
                &html! { tr { td.number { (before) } td { (text) } td.number.twin { (after) } td.twin { (text) } } }.0;
        }
        before += removed.len() + same.len();
        after += added.len() + same.len();
    }
    maud::PreEscaped(rows)
}

fn is_changed(line: &DiffLine) -> bool {
    line.tag != ChangeTag::Equal
}

fn text(line: &DiffLine) -> &str {
    line.text.trim_end_matches(['\r', '\n'])
}

/// The ranges between the common prefix and suffix of two lines.
fn differing(old: &str, new: &str) -> [Range<usize>; 2] {
    let common = old.bytes().zip(new.bytes()).take_while(|(one, other)| one == other).count();
    let start = old.floor_char_boundary(common).min(new.floor_char_boundary(common));
    let rest = (old.len() - start).min(new.len() - start);
    let tail = old.bytes().rev().zip(new.bytes().rev()).take(rest).take_while(|(one, other)| one == other).count();
    let end = |text: &str| text.ceil_char_boundary(text.len() - tail).max(start);
    [start..end(old), start..end(new)]
}

/// Splits a line before and after the difference, with at most `room` bytes of each part; truncation is marked by `…`.
fn parts(text: &str, Range { start, end }: Range<usize>, room: usize) -> [String; 3] {
    let from = text.ceil_char_boundary(start.saturating_sub(room));
    let to = text.floor_char_boundary((end + room).min(text.len()));
    let clipped = text.floor_char_boundary((start + room).min(end));
    let cut = |is_cut| if is_cut { "…" } else { "" };
    let lead = format!("{}{}", cut(from > 0), &text[from..start]);
    let middle = format!("{}{}", &text[start..clipped], cut(clipped < end));
    let trail = format!("{}{}", &text[end..to], cut(to < text.len()));
    [lead, middle, trail].map(|part| sanitize(&part).replace("\\u{9}", "\t"))
}

/// The cells of a numbered line on one side.
fn side(line: Option<(usize, [String; 3])>, class: &str) -> Markup {
    let Some((number, [before, changed, after])) = line else {
        return html! { td.number.absent {} td.absent {} };
    };
    html! {
        td.number.(class) { (number) }
        td.(class) {
            @if class == "old" { (before) del { (changed) } (after) } @else { (before) ins { (changed) } (after) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{differing, parts, table};
    use crate::diff::unified;

    #[test]
    fn removed_and_added_lines_are_side_by_side() {
        let before = "1\n2\nsame\n<a x=\"1\"/>\nlast\n";
        let diff = unified("a", before, "b", &before.replace("\"1\"/>", "\"2\"/>\nnew"));
        let shown = |mut room| table(&diff.hunks[0], &mut room).unwrap().0;
        for row in [
            "<td class=\"number\">3</td><td>same</td><td class=\"number twin\">3</td>",
            "<td class=\"number old\">4</td><td class=\"old\">&lt;a x=&quot;<del>1</del>&quot;/&gt;</td>\
             <td class=\"number new\">4</td><td class=\"new\">&lt;a x=&quot;<ins>2</ins>&quot;/&gt;</td>",
            "<td class=\"absent\"></td><td class=\"number new\">5</td><td class=\"new\"><ins>new</ins></td>",
            "<td class=\"number\">5</td><td>last</td><td class=\"number twin\">6</td>",
        ] {
            assert!(shown(100).contains(row), "{row}\n{}", shown(100));
        }
        assert_eq!(shown(2).matches("class=\"number twin\"").count(), 2);
    }

    #[test]
    fn a_line_is_cut_between_characters() {
        let of_was = differing("äöüx", "äöäx")[0].clone();
        assert_eq!(parts("äöüx", of_was.clone(), 80), ["äö", "ü", "x"]);
        assert_eq!(parts("äöüx", of_was, 1), ["…", "…", "x"]);
    }
}
