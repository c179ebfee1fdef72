//! Writes an audit as tables and sentences for a terminal.

use std::fmt::Write as _;

use super::words;
use crate::audit::{Audit, AuditedPool, PoolFinding};
use crate::partners::Reason;
use crate::report::style::OutputStyle;
use crate::report::table::{Table, wrapped};
use crate::rules::Severity;
use crate::text::sanitize_truncated;
use crate::topology::Fqdn;

/// The maximum number of names in a sentence.
const MAX_NAMES: usize = 10;

/// Writes the audit.
pub fn text(audit: &Audit, style: OutputStyle) -> String {
    let mut out = format!("{}\n{}\n", words::title(audit), words::verdict(audit).1);
    for caveat in words::caveats(audit) {
        let _ = writeln!(out, "{}", sanitize_truncated(&caveat));
    }
    let pools = words::worst_first(audit);
    if !pools.is_empty() {
        let mut table = Table::new(["POOL", "SITE", "PRODUCT", "PARTNER", "HOLDS"]);
        for pool in &pools {
            table.row(cells(pool));
        }
        let _ = write!(out, "\n{}", table.fitted(style.width()));
    }
    for pool in pools {
        let _ = writeln!(
            out,
            "\n{}",
            style.paint(OutputStyle::HEADING, &format!("if {} fails", sanitize_truncated(pool.fqdn.as_str())))
        );
        for (term, sentence) in words::impact(pool, MAX_NAMES) {
            push(&mut out, &format!("{}: {sentence}", term.to_lowercase()), style);
        }
        push_findings(&mut out, &pool.findings, style);
    }
    push_partners(&mut out, audit, style);
    if !audit.findings.is_empty() {
        let _ = writeln!(out, "\n{}", style.paint(OutputStyle::HEADING, "the deployment"));
        push_findings(&mut out, &audit.findings, style);
    }
    out
}

fn cells(pool: &AuditedPool) -> [String; 5] {
    [
        pool.fqdn.to_string(),
        pool.site.clone(),
        words::product(pool),
        pool.partner.as_ref().map_or_else(String::new, Fqdn::to_string),
        words::holds(pool),
    ]
}

fn push_partners(out: &mut String, audit: &Audit, style: OutputStyle) {
    for list in words::partners(audit) {
        let _ = writeln!(out, "\n{}", style.paint(OutputStyle::HEADING, &list.heading.to_lowercase()));
        for (sentence, warnings) in list.items {
            push(out, &sentence, style);
            for Reason { rule, message } in warnings {
                push(out, &format!("  warning[{rule}] {message}"), style);
            }
        }
    }
}

fn push_findings(out: &mut String, findings: &[PoolFinding], style: OutputStyle) {
    // Only the other formats include notes: here they would distract from what has to be fixed.
    for finding in findings.iter().filter(|finding| finding.severity > Severity::Note) {
        push(out, &format!("{}[{}]: {}", finding.severity.name(), finding.rule, finding.message), style);
    }
}

fn push(out: &mut String, sentence: &str, style: OutputStyle) {
    for line in wrapped(&sanitize_truncated(sentence), style.width().map(|width| width.saturating_sub(4))) {
        let _ = writeln!(out, "  {line}");
    }
}
