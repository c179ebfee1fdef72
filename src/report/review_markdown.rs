//! `review.md`: short enough for a comment on a pull request.

use std::fmt::Write as _;

use super::findings_text;
use super::picture::mermaid;
use super::review::{FAILOVER_IS_MANUAL, Review};
use super::style::OutputStyle;
use super::verdict::{Verdict, notation_words, route_words, value_words};
use crate::plan::Value;
use crate::rules::{FindingRecord, Severity, Summary};
use crate::text::markdown::{code, escape, fenced, prose};
use crate::text::{count, count_of};

/// The longest review in characters. GitHub takes 65,536 in a comment; the rest is room for what a pipeline adds.
pub const LIMIT: usize = 60_000;

/// How many characters each part may have; what does not fit is counted. The diff has what the others leave.
const CHANGES: usize = 12_000;
const PICTURE: usize = 9_000;
const FINDINGS: usize = 14_000;
const QUESTIONS: usize = 4_000;

/// The review of a plan.
pub fn write(review: &Review<'_>) -> String {
    let record = review.record;
    let mut out = format!("# Review: {}\n\n", prose(&review.title()));
    let _ = writeln!(out, "**{}**\n", prose(&Verdict::of(record).sentence()));
    out.push_str(&at_a_glance(review));
    out.push_str(&changes(review));
    out.push_str(&picture(review));
    out.push_str(&findings(&record.findings));
    out.push_str(&questions(&record.deployment.questions));
    out.push_str(&hashes(review));
    let room = LIMIT.saturating_sub(out.chars().count());
    out.push_str(&folded_diff(&review.diff.to_string(), room));
    out
}

const AS_REQUESTED: &str = "\
- The association was found as requested. The runbook finishes the pairing on the servers; no undo is written, for there is nothing to take back
";

/// The review of a request that was refused because of these findings.
pub fn refused(records: &[FindingRecord]) -> String {
    let verdict = prose(&Verdict::refused(records).sentence());
    format!("# Review: refused\n\n**{verdict}**\n{}", findings(records))
}

fn at_a_glance(review: &Review<'_>) -> String {
    let record = review.record;
    let mut out = String::new();
    if !record.changes.is_empty() {
        let _ = writeln!(out, "- Notation: {}", prose(&notation_words(record)));
        let _ = writeln!(out, "- Publish route: {}", prose(&route_words(record.publish_route, record.input.dialect)));
    }
    let _ = writeln!(out, "- Runbook: {}, in `runbook.md` and `runbook.ps1`", review.steps_words());
    if record.deployment.as_requested {
        out.push_str(AS_REQUESTED);
    }
    let summary = Summary::of(record.findings.iter().map(|finding| finding.severity));
    let _ = writeln!(out, "- Findings: {}", findings_text::summary(&summary, OutputStyle::Plain));
    let _ = writeln!(out, "- Note: {FAILOVER_IS_MANUAL}");
    if let Some(command) = record.deployment.failover_commands().next() {
        let _ =
            writeln!(out, "- Next, for each pool of a pair, with an export made after the change: {}", code(&command));
    }
    out
}

fn changes(review: &Review<'_>) -> String {
    if review.record.changes.is_empty() {
        return String::new();
    }
    let rows = review.record.changes.iter().map(|change| {
        let value = |value: Option<&Value>| match value {
            Some(Value::Text(name)) => code(name),
            other => escape(&value_words(change, other)),
        };
        let (before, after) = (value(change.before.as_ref()), value(change.after.as_ref()));
        format!("| {} | {} | {before} | {after} |\n", code(change.pool.as_str()), change.kind.words())
    });
    let (rows, hidden) = fitting(rows, CHANGES);
    let more = if hidden > 0 { format!("\nand {}\n", count(hidden, "more change")) } else { String::new() };
    format!("\n## What changes\n\n| pool | what | before | after |\n| --- | --- | --- | --- |\n{rows}{more}")
}

fn picture(review: &Review<'_>) -> String {
    let text = mermaid::write(&review.picture);
    if review.picture.pools.is_empty() || text.chars().count() > PICTURE {
        return String::new();
    }
    let key = if review.record.changes.is_empty() { "" } else { "Dotted lines: removed; thick lines: added.\n\n" };
    format!("\n## The picture\n\n{key}{}", fenced("mermaid", &text))
}

fn findings(records: &[FindingRecord]) -> String {
    if records.is_empty() {
        return String::new();
    }
    let mut ordered: Vec<_> = records.iter().collect();
    ordered.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
    let (items, hidden) = fitting(ordered.into_iter().map(finding), FINDINGS);
    let more = if hidden > 0 { format!("- and {}\n", count(hidden, "more finding")) } else { String::new() };
    format!("\n## Findings\n\n{items}{more}")
}

fn finding(finding: &FindingRecord) -> String {
    let severity = match finding.severity {
        Severity::Note => "note".to_owned(),
        loud => format!("**{}**", loud.name()),
    };
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

fn questions(questions: &[String]) -> String {
    if questions.is_empty() {
        return String::new();
    }
    let (items, hidden) = fitting(questions.iter().map(|question| format!("- [ ] {}\n", prose(question))), QUESTIONS);
    let more = if hidden > 0 { format!("- and {}\n", count(hidden, "more question")) } else { String::new() };
    format!("\n## To confirm before it runs\n\n{items}{more}")
}

fn hashes(review: &Review<'_>) -> String {
    let deployment = &review.record.deployment;
    format!(
        "\n## Files\n\n| file | SHA-256 |\n| --- | --- |\n| input | `{}` |\n| {} | `{}` |\n\nMade by poolpair {}.\n",
        deployment.input_sha256,
        code(&deployment.topology_file),
        deployment.result_sha256,
        deployment.tool_version
    )
}

/// The diff, line by line as far as it fits.
fn folded_diff(diff: &str, room: usize) -> String {
    if diff.is_empty() {
        return String::new();
    }
    let shown: Vec<_> = diff.lines().map(|line| format!("{}\n", diff_line(line))).collect();
    // What stands around it: the summary, two fences as long as the longest run of backticks, the last sentence.
    let ticks = shown.iter().flat_map(|line| line.split(|c| c != '`')).map(str::len).max().unwrap_or_default();
    let frame = 200 + 2 * ticks;
    let (text, hidden) = fitting(shown.into_iter(), room.saturating_sub(frame));
    let lines = count(diff.lines().count(), "line");
    let more = match hidden {
        0 => String::new(),
        _ => format!("\nand {} in `topology.diff`\n", count_of(hidden, "more line", "more lines")),
    };
    format!("\n<details>\n<summary>Diff, {lines}</summary>\n\n{}{more}\n</details>\n", fenced("diff", &text))
}

/// A line of a diff, with its tabs; a fenced block needs nothing escaped but what cannot be seen.
fn diff_line(line: &str) -> String {
    line.split('\t').map(|part| crate::text::sanitize_to(part, LONGEST_LINE)).collect::<Vec<_>>().join("\t")
}

/// The longest piece of a diff's line, in characters.
const LONGEST_LINE: usize = 300;

/// As many items as have room together, and how many are left.
pub(super) fn fitting(items: impl Iterator<Item = String>, room: usize) -> (String, usize) {
    let (mut out, mut used, mut hidden) = (String::new(), 0, 0);
    for item in items {
        let length = item.chars().count();
        // Once one is left out, so are all after it: what is shown is a beginning.
        if hidden > 0 || used + length > room {
            hidden += 1;
        } else {
            used += length;
            out.push_str(&item);
        }
    }
    (out, hidden)
}
