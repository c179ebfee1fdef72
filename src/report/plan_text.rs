//! A plan for people.

use std::fmt::Write as _;

use super::findings_text;
use super::style::{OutputStyle, StyleRole};
use super::table::{Table, wrapped};
use super::verdict::{Verdict, changes_by_pool, notation_words, route_words, value_words as value};
use crate::plan::{Change, PlanRecord};
use crate::rules::{FindingRecord, Summary};
use crate::text::sanitize_truncated;

/// The plan: verdict, changes by pool, notation, publish route, findings in short, allowed breaks, open questions.
pub fn plan(record: &PlanRecord, style: OutputStyle) -> String {
    let mut out = format!("{}\n", style.paint(StyleRole::Heading, &Verdict::of(record).sentence()));
    for (pool, changes) in changes_by_pool(&record.changes) {
        let _ = write!(
            out,
            "\n{}\n{}",
            style.paint(StyleRole::Heading, &sanitize_truncated(pool.as_str())),
            change_lines(&changes, style)
        );
    }
    let deployment = &record.deployment;
    let mut facts: Vec<(&str, String)> = Vec::new();
    if !record.changes.is_empty() {
        facts.push(("notation", notation_words(record)));
        facts.push(("publish", route_words(record.publish_route, record.input.dialect)));
    }
    facts.push(("findings", findings_in_short(&record.findings, style)));
    let allowed = deployment.allowed.iter();
    facts.extend(allowed.map(|one| ("allowed", format!("{}: {}", one.rule, sanitize_truncated(&one.reason)))));
    facts.extend(deployment.questions.iter().map(|question| ("to confirm", sanitize_truncated(question))));
    out.push('\n');
    for (name, words) in facts {
        out.push_str(&fact(name, &words, style));
    }
    out
}

/// A named fact, wrapped into the width of the terminal.
fn fact(name: &str, words: &str, style: OutputStyle) -> String {
    const NAME: usize = 12;
    let width = style.width().map(|width| width.saturating_sub(NAME));
    let mut lines = wrapped(words, width).into_iter();
    let first = lines.next().unwrap_or_default();
    let mut out = format!("{}{first}\n", style.paint(StyleRole::Faint, &format!("{name:<NAME$}")));
    for line in lines {
        let _ = writeln!(out, "{:NAME$}{line}", "");
    }
    out
}

/// What is said when rules are broken; the findings themselves are told by
/// [`findings_text::findings`].
pub fn refused(findings: &[FindingRecord], style: OutputStyle) -> String {
    let verdict = Verdict::refused(findings).sentence();
    let findings = fact("findings", &findings_in_short(findings, style), style);
    format!("{}\n\n{findings}", style.paint(StyleRole::Heading, &verdict))
}

fn change_lines(changes: &[&Change], style: OutputStyle) -> String {
    let mut table = Table::headless();
    for change in changes {
        let (before, after) = (value(change, change.before.as_ref()), value(change, change.after.as_ref()));
        table.row([format!("  {}", change.kind.words()), before, "->".into(), after]);
    }
    let text = table.to_string();
    if !style.has_colour() {
        return text;
    }
    let mut out = String::new();
    for (line, change) in text.lines().zip(changes) {
        let (head, tail) = line.rsplit_once(" -> ").map_or((line, None), |(head, tail)| (head, Some(tail)));
        let part = if change.after.is_some() { StyleRole::Good } else { StyleRole::Bad };
        let tail = tail.map(|tail| format!(" ->  {}", style.paint(part, tail.trim_start())));
        let _ = writeln!(out, "{head}{}", tail.unwrap_or_default());
    }
    out
}

/// `1 warning, 2 notes (1 allowed)`.
fn findings_in_short(findings: &[FindingRecord], style: OutputStyle) -> String {
    let summary = Summary::of(findings.iter().map(|finding| finding.severity));
    let allowed = findings.iter().filter(|finding| finding.allowed.is_some()).count();
    let words = findings_text::summary(&summary, style);
    if allowed == 0 { words } else { format!("{words} ({allowed} allowed)") }
}
