//! The diff: both sides beside each other where there is room, one below the other where there is not.

use maud::{Markup, html};

use crate::diff::UnifiedDiff;
use crate::report::diff_view::{DiffRow, DiffView, HunkView, NumberedLine};
use crate::text::{count, sanitize};

/// As many lines as a browser shows without effort.
const MOST_LINES: usize = 3_000;
/// Up to so many lines, the diff is open.
const FEW_LINES: usize = 200;
/// How much of a line is shown around what differs, in bytes.
const ROOM: usize = 160;

pub(super) fn view(diff: &UnifiedDiff) -> Markup {
    let view = DiffView::of(diff, MOST_LINES);
    let lines = diff.line_count();
    html! {
        details open[lines <= FEW_LINES] {
            summary { (count(lines, "line")) ", in " (count(view.hunks.len(), "place")) }
            @for hunk in &view.hunks { (table(hunk)) }
            @if view.hidden > 0 { p.faint { "and " (count(view.hidden, "more line")) " in topology.diff" } }
        }
    }
}

fn table(hunk: &HunkView<'_>) -> Markup {
    html! {
        table.diff {
            caption { code { (sanitize(&hunk.header)) } }
            colgroup { col.number; col; col.number; col; }
            thead.unseen { tr { th scope="col" { "Line" } th scope="col" { "Before" } th scope="col" { "Line" } th scope="col" { "After" } } }
            tbody { @for row in &hunk.rows { (both_sides(row)) } }
        }
    }
}

fn both_sides(row: &DiffRow<'_>) -> Markup {
    match row {
        DiffRow::Same { numbers: [before, after], text } => {
            let parts = NumberedLine { number: *before, text, changed: 0..0 }.parts(2 * ROOM);
            let text = sanitize(&parts.concat()).replace("\\u{9}", "\t");
            html! {
                tr.same {
                    td.number { (before) } td.text { (text) } td.number.twin { (after) } td.text.twin { (text) }
                }
            }
        }
        DiffRow::Changed([before, after]) => html! {
            tr {
                (side(before.as_ref(), "goes")) (side(after.as_ref(), "comes"))
            }
        },
    }
}

fn side(line: Option<&NumberedLine<'_>>, class: &str) -> Markup {
    let Some(line) = line else {
        return html! { td.number.absent {} td.text.absent {} };
    };
    let [before, changed, after] = line.parts(ROOM).map(|part| sanitize(&part).replace("\\u{9}", "\t"));
    html! {
        td.number.(class) { (line.number) }
        td.text.(class) {
            @if class == "goes" { (before) del { (changed) } (after) } @else { (before) ins { (changed) } (after) }
        }
    }
}
