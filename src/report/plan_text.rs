//! The output of `plan`.

use std::fmt::Write as _;

use super::findings_text;
use super::style::OutputStyle;
use super::table::{Table, wrapped};
use super::verdict::{Verdict, changes_by_pool, notation_words, route_words, value_words as value};
use crate::plan::deployment::Deployment;
use crate::plan::{Change, PlanRecord};
use crate::rules::{FindingRecord, Severity, Summary};
use crate::runbook::Runbook;
use crate::runbook::markdown::Board;
use crate::text::sanitize_truncated;

/// The plan as text: the verdict, the changes by pool, and [`facts`].
pub fn plan(record: &PlanRecord, runbook: &Runbook, style: OutputStyle) -> String {
    let mut out = format!("{}\n", style.paint(OutputStyle::HEADING, &Verdict::of(record).sentence()));
    for (pool, changes) in changes_by_pool(&record.changes) {
        let heading = style.paint(OutputStyle::HEADING, &sanitize_truncated(pool.as_str()));
        let _ = write!(out, "\n{heading}\n{}", change_lines(&changes, style));
    }
    let next =
        "`poolpair apply` writes review.html, to read first, and runbook.md; `poolpair explain RULE` explains a rule";
    out + "\n" + &facts(record, runbook, next, style)
}

/// What to know before making the change: notation, how to publish, maintenance window, warnings, allowed findings,
/// open questions, and what to read next.
pub fn facts(record: &PlanRecord, runbook: &Runbook, next: &str, style: OutputStyle) -> String {
    let Deployment { allowed, questions, .. } = &record.deployment;
    let mut facts: Vec<(&str, String)> = Vec::new();
    if !record.changes.is_empty() {
        facts.push(("notation", notation_words(record)));
        facts.push(("publish", route_words(record)));
    }
    if !runbook.steps.is_empty() {
        facts.push(("window", Board::of(&record.deployment, runbook).window.text));
    }
    facts.push(("findings", findings_summary(&record.findings, style)));
    let warnings = record.findings.iter().filter(|finding| finding.severity == Severity::Warning);
    facts.extend(warnings.map(|one| ("warning", format!("{}: {}", one.rule, sanitize_truncated(&one.sentence())))));
    facts.extend(allowed.iter().map(|one| ("allowed", format!("{}: {}", one.rule, sanitize_truncated(&one.reason)))));
    facts.extend(questions.iter().map(|question| ("to confirm", sanitize_truncated(question))));
    facts.push(("read on", next.to_owned()));
    facts.iter().map(|(name, words)| fact(name, words, style)).collect()
}

/// A named fact, wrapped to the width of the terminal.
fn fact(name: &str, words: &str, style: OutputStyle) -> String {
    const NAME: usize = 12;
    let width = style.width().map(|width| width.saturating_sub(NAME));
    let mut lines = wrapped(words, width).into_iter();
    let first = lines.next().unwrap_or_default();
    let mut out = format!("{}{first}\n", style.paint(OutputStyle::FAINT, &format!("{name:<NAME$}")));
    for line in lines {
        let _ = writeln!(out, "{:NAME$}{line}", "");
    }
    out
}

/// The verdict on a refused plan; [`findings_text::findings`] prints the findings themselves.
pub fn refused(findings: &[FindingRecord], style: OutputStyle) -> String {
    let verdict = Verdict::refused(findings).sentence();
    let findings = fact("findings", &findings_summary(findings, style), style);
    format!("{}\n\n{findings}", style.paint(OutputStyle::HEADING, &verdict))
}

fn change_lines(changes: &[&Change], style: OutputStyle) -> String {
    let row = |change: &&Change| {
        let part = if change.after.is_some() { OutputStyle::GOOD } else { OutputStyle::BAD };
        let [before, after] = [&change.before, &change.after].map(|state| value(change, state.as_ref()));
        [format!("  {}", change.kind.words()), before, "->".to_owned(), style.paint(part, &after)]
    };
    Table::of(changes.iter().map(row).collect()).to_string()
}

/// The number of findings: `1 warning, 2 notes (1 allowed)`.
fn findings_summary(findings: &[FindingRecord], style: OutputStyle) -> String {
    let summary = Summary::of(findings.iter().map(|finding| finding.severity));
    let allowed = findings.iter().filter(|finding| finding.allowed.is_some()).count();
    let words = findings_text::summary(&summary, style);
    if allowed == 0 { words } else { format!("{words} ({allowed} allowed)") }
}
