//! Findings as text, for a terminal or plain.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::diagnostic::{FindingDiagnostic, Texts};
use super::message::{graphical, plain};
use super::style::OutputStyle;
use super::unread::UnreadRecord;
use crate::rules::{Finding, Summary};
use crate::text::{count, sanitize_truncated};

/// The maximum number of printed findings per rule; JSON and SARIF contain all of them.
pub const MAX_PER_RULE: usize = 100;

/// The findings with their excerpts, each followed by an empty line. At most [`MAX_PER_RULE`] findings of a rule are
/// printed; the others are counted.
pub fn findings(findings: &[Finding], texts: &Texts<'_>, style: OutputStyle) -> String {
    let mut out = String::new();
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for finding in findings {
        let printed = counts.entry(finding.rule.id).or_default();
        *printed += 1;
        if *printed > MAX_PER_RULE {
            continue;
        }
        let diagnostic = FindingDiagnostic::new(finding, texts);
        let text = match style {
            OutputStyle::Graphical { colour, width } => graphical(&diagnostic, colour, width.max(MIN_WIDTH)),
            OutputStyle::Plain => None,
        };
        let _ = writeln!(out, "{}", text.unwrap_or_else(|| plain(diagnostic.heading(), &diagnostic)));
    }
    for (rule, more) in counts.into_iter().filter_map(|(rule, all)| Some((rule, all.checked_sub(MAX_PER_RULE)?))) {
        if more > 0 {
            let _ = writeln!(out, "{} of `{rule}`: `--format json` has all\n", count(more, "more finding"));
        }
    }
    out
}

/// A line for each input that could not be read.
pub fn unread(unread: &[UnreadRecord]) -> String {
    let place = |input: &UnreadRecord| match (input.line, input.column) {
        (Some(line), Some(column)) => format!(":{line}:{column}"),
        _ => String::new(),
    };
    let line = |input: &UnreadRecord| {
        format!(
            "unread[{}]: {}{}: {}\n",
            sanitize_truncated(&input.code),
            sanitize_truncated(&input.file),
            place(input),
            sanitize_truncated(&input.message)
        )
    };
    unread.iter().map(line).collect()
}

/// The number of findings by severity: `2 errors, 1 warning, 3 notes`; `no findings` if there are none.
pub fn summary(summary: &Summary, style: OutputStyle) -> String {
    let counts = [
        (summary.errors, "error", OutputStyle::BAD),
        (summary.warnings, "warning", OutputStyle::DOUBTFUL),
        (summary.notes, "note", OutputStyle::FAINT),
    ];
    let present = counts.into_iter().filter(|(number, ..)| *number > 0);
    let words: Vec<_> = present.map(|(number, noun, part)| style.paint(part, &count(number, noun))).collect();
    if words.is_empty() { "no findings".to_owned() } else { words.join(", ") }
}

/// The minimum width: in a narrower terminal, wrapping would leave single words on a line.
const MIN_WIDTH: usize = 40;
