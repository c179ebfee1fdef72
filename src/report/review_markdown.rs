//! `review.md`, short enough for a comment on a pull request.

use std::fmt::Write as _;

use super::picture::mermaid;
use super::review::Review;
use super::verdict::{Verdict, value_words};
use crate::plan::ChangeValue;
use crate::rules::{FindingRecord, Severity};
use crate::runbook::markdown::hours;
use crate::text::count;
use crate::text::markdown::{code, escape, fenced, prose};

/// The maximum length of a review in characters. GitHub allows 65,536 in a comment; the rest is left for the pipeline.
pub const LIMIT: usize = 60_000;

/// The maximum length of each section in characters; what does not fit is counted. The diff gets the remaining space.
const CHANGES: usize = 12_000;
const PICTURE: usize = 9_000;
const FINDINGS: usize = 7_000;
const TOPIC: usize = 3_000;

/// Writes the review of a plan: the decision, the changes, the picture, the runbook in short, the findings.
pub fn write(review: &Review<'_>) -> String {
    let record = review.record;
    let title =
        format!("# Review: {}\n\n**{}**\n\n", prose(&review.runbook.title), prose(&Verdict::of(record).sentence()));
    let before = [title, decision(review), hashes(review), changes(review)].concat();
    let after = [
        picture(review),
        runbook(review),
        findings(&record.findings),
        format!("\nMade by poolpair {}.\n", record.deployment.tool_version),
    ]
    .concat();
    let room = LIMIT.saturating_sub(before.chars().count() + after.chars().count());
    [before, folded_diff(&review.diff.to_string(), room), after].concat()
}

/// The decision as a list, with checkboxes for open items.
fn decision(review: &Review<'_>) -> String {
    let mut out = String::new();
    for topic in review.decision() {
        let text = if topic.text.is_empty() { String::new() } else { format!(" {}", prose(&topic.sentence())) };
        let _ = writeln!(out, "- **{}**:{text}", prose(&topic.heading));
        let mark = if topic.is_checklist { "- [ ] " } else { "- " };
        let items = topic.items.iter().map(|item| format!("  {mark}{}\n", prose(item)));
        out += &fitting(items, TOPIC, |hidden| format!("  - and {hidden} more\n"));
    }
    if let Some(command) = review.record.deployment.failover_commands().next() {
        let _ = writeln!(out, "- **Next, for each pool, with an export made after the change**: {}", code(&command));
    }
    out
}

fn changes(review: &Review<'_>) -> String {
    if review.record.changes.is_empty() {
        return String::new();
    }
    let rows = review.record.changes.iter().map(|change| {
        let value = |value: Option<&ChangeValue>| match value {
            Some(ChangeValue::Text(name)) => code(name),
            other => escape(&value_words(change, other)),
        };
        let (before, after) = (value(change.before.as_ref()), value(change.after.as_ref()));
        format!("| {} | {} | {before} | {after} |\n", code(change.pool.as_str()), change.kind.words())
    });
    let rows = fitting(rows, CHANGES, |hidden| format!("\nand {}\n", count(hidden, "more change")));
    format!("\n## What changes\n\n| pool | what | before | after |\n| --- | --- | --- | --- |\n{rows}")
}

fn picture(review: &Review<'_>) -> String {
    let text = mermaid::write(&review.picture);
    if review.picture.pools.is_empty() || text.chars().count() > PICTURE {
        return String::new();
    }
    let key = if review.record.changes.is_empty() { "" } else { "Dotted: removed; thick: added.\n\n" };
    format!("\n## The picture\n\n{key}{}", fenced("mermaid", &text))
}

/// The findings, most severe first; notes are collapsed.
fn findings(records: &[FindingRecord]) -> String {
    if records.is_empty() {
        return String::new();
    }
    let (notes, mut prominent): (Vec<_>, Vec<_>) = records.iter().partition(|one| one.severity == Severity::Note);
    prominent.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
    let more = |hidden| format!("- and {}\n", count(hidden, "more finding"));
    let shown = |findings: Vec<_>| fitting(findings.into_iter().map(finding), FINDINGS, more);
    let folded = match notes.len() {
        0 => String::new(),
        number => {
            let summary = count(number, "note");
            format!("\n<details>\n<summary>{summary}</summary>\n\n{}\n</details>\n", shown(notes))
        }
    };
    format!("\n## Findings\n\n{}{folded}", shown(prominent))
}

/// A severity, in bold if it is more than a note.
pub(super) fn severity(severity: Severity) -> String {
    if severity > Severity::Note { format!("**{}**", severity.name()) } else { "note".to_owned() }
}

fn finding(finding: &FindingRecord) -> String {
    let severity = severity(finding.severity);
    let mut out = format!("- {severity} {}: {}", code(&finding.rule), prose(&finding.sentence()));
    if let Some(place) = finding.locations.first() {
        let _ = write!(out, " ({}, line {})", code(&place.file), place.line);
    }
    out.push('\n');
    if let Some(reason) = &finding.allowed {
        let _ = writeln!(out, "  - allowed: {}", prose(reason));
    }
    if !finding.help.is_empty() {
        let _ = writeln!(out, "  - {}", prose(&finding.help));
    }
    out
}

fn hashes(review: &Review<'_>) -> String {
    let rows = review.hashes.iter().map(|[file, hash]| format!("| {file} | `{hash}` |\n"));
    format!("\n| file | SHA-256 |\n| --- | --- |\n{}", rows.collect::<String>())
}

/// One row for each step number.
fn runbook(review: &Review<'_>) -> String {
    if review.runbook.steps.is_empty() {
        return String::new();
    }
    let rows = review.runbook.steps_by_number().map(|steps| {
        let (kind, minutes) = (steps[0].kind, hours(steps.iter().map(|step| step.kind.minutes).sum()));
        format!("| {} | {} | {} | {minutes} |\n", kind.number, kind.heading, steps.len())
    });
    format!(
        "\n## The runbook in short\n\n| step | what | how many | time |\n| --- | --- | --- | --- |\n{}{RUNBOOK}",
        rows.collect::<String>()
    )
}

const RUNBOOK: &str = "
`runbook.ps1` has every command with its names. `runbook.md` has boxes to tick, go / no-go, the acceptance test and what the pair promises.
";

/// The diff, with as many lines as fit.
fn folded_diff(diff: &str, room: usize) -> String {
    if diff.is_empty() {
        return String::new();
    }
    let shown: Vec<_> = diff.lines().map(|line| format!("{}\n", diff_line(line))).collect();
    // The surrounding text: the summary, two fences as long as the longest run of backticks, the last line.
    let ticks = shown.iter().flat_map(|line| line.split(|c| c != '`')).map(str::len).max().unwrap_or_default();
    let frame = 200 + 2 * ticks;
    let mut more = String::new();
    let text = fitting(shown.into_iter(), room.saturating_sub(frame), |hidden| {
        more = format!("\nand {} in `topology.diff`\n", count(hidden, "more line"));
        String::new()
    });
    let lines = count(diff.lines().count(), "line");
    format!("\n<details>\n<summary>Diff, {lines}</summary>\n\n{}{more}\n</details>\n", fenced("diff", &text))
}

/// A line of a diff, with its tabs; in a fenced block, only invisible characters need escaping.
fn diff_line(line: &str) -> String {
    line.split('\t').map(|part| crate::text::sanitize_to(part, MAX_LINE_LENGTH)).collect::<Vec<_>>().join("\t")
}

/// The maximum length of a part of a diff line, in characters.
const MAX_LINE_LENGTH: usize = 300;

/// As many items as fit into `room` characters, and `more` with the number of omitted ones.
pub(super) fn fitting(items: impl Iterator<Item = String>, room: usize, more: impl FnOnce(usize) -> String) -> String {
    let (mut out, mut used, mut hidden) = (String::new(), 0, 0);
    for item in items {
        let length = item.chars().count();
        // All items after the first omitted one are omitted as well.
        if hidden > 0 || used + length > room {
            hidden += 1;
        } else {
            used += length;
            out.push_str(&item);
        }
    }
    if hidden > 0 { out + &more(hidden) } else { out }
}
