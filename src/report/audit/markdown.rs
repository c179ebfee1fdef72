//! Writes an audit in Markdown, short enough for a comment on a pull request.

use std::fmt::Write as _;

use super::words;
use crate::audit::{Audit, AuditedPool, PoolFinding};
use crate::partners::Reason;
use crate::report::picture::{Picture, mermaid};
use crate::report::review_markdown::{fitting, severity};
use crate::rules::Severity;
use crate::text::count;
use crate::text::markdown::{code, escape, fenced, prose};

/// The maximum length of each section in characters; what does not fit is counted. The sum fits into a comment.
const PICTURE: usize = 8_000;
const POOLS: usize = 10_000;
const IMPACT: usize = 16_000;
const PARTNERS: usize = 8_000;
const FINDINGS: usize = 6_000;

/// The maximum number of names in a sentence.
const MAX_NAMES: usize = 10;

/// Writes the document.
pub fn write(audit: &Audit, picture: &Picture) -> String {
    let mut out = format!("# Audit: {}\n\n", prose(&words::title(audit)));
    let _ = writeln!(out, "**{}**", prose(&words::verdict(audit).1));
    for caveat in words::caveats(audit) {
        let _ = writeln!(out, "\nNote: {}", prose(&caveat));
    }
    let pools = words::worst_first(audit);
    let heading = "| pool | site | product | partner | holds |\n| --- | --- | --- | --- | --- |\n";
    section(&mut out, "Pools", heading, pools.iter().map(|pool| row(pool)), POOLS, "more pool");
    let chart = mermaid::write(picture);
    if !picture.pools.is_empty() && chart.chars().count() <= PICTURE {
        let _ = write!(out, "\n## The picture\n\n{}", fenced("mermaid", &chart));
    }
    section(&mut out, "If a pool fails", "", pools.iter().map(|pool| impact(pool)), IMPACT, "more pool");
    for list in words::partners(audit) {
        let warning =
            |warning: &Reason| format!("  - **warning** {}: {}\n", code(&warning.rule), prose(&warning.message));
        let item = |(sentence, warnings): &(String, &[Reason])| {
            format!("- {}\n{}", prose(sentence), warnings.iter().map(warning).collect::<String>())
        };
        section(&mut out, list.heading, "", list.items.iter().map(item), PARTNERS, &format!("more {}", list.noun));
    }
    section(&mut out, "The deployment", "", audit.findings.iter().map(finding), FINDINGS, "more finding");
    let _ =
        writeln!(out, "\nTopology: SHA-256 `{}`. Made by poolpair {}.", audit.input.sha256, env!("CARGO_PKG_VERSION"));
    out
}

/// Writes a heading and as many items as fit into `room` characters; nothing if there are no items.
fn section(
    out: &mut String,
    title: &str,
    heading: &str,
    items: impl ExactSizeIterator<Item = String>,
    room: usize,
    more: &str,
) {
    if items.len() == 0 {
        return;
    }
    let items = fitting(items, room, |hidden| format!("\nand {}\n", count(hidden, more)));
    let _ = write!(out, "\n## {title}\n\n{heading}{items}");
}

fn row(pool: &AuditedPool) -> String {
    let partner = pool.partner.as_ref().map_or_else(String::new, |partner| code(partner.as_str()));
    format!(
        "| {} | {} | {} | {partner} | {} |\n",
        code(pool.fqdn.as_str()),
        escape(&pool.site),
        escape(&words::product(pool)),
        escape(&words::holds(pool))
    )
}

fn impact(pool: &AuditedPool) -> String {
    let mut out = format!("- {}\n", code(pool.fqdn.as_str()));
    for (term, sentence) in words::impact(pool, MAX_NAMES) {
        let _ = writeln!(out, "  - {term}: {}", prose(&sentence));
    }
    for found in pool.findings.iter().filter(|finding| finding.severity > Severity::Note) {
        let _ = write!(out, "  {}", finding(found));
    }
    out
}

fn finding(finding: &PoolFinding) -> String {
    let severity = severity(finding.severity);
    format!("- {severity} {}: {}\n", code(&finding.rule), prose(&finding.message))
}
