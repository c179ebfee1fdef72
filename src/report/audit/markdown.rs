//! An audit in Markdown, short enough for a comment on a pull request.

use std::fmt::Write as _;

use super::words;
use crate::audit::{Audit, AuditedPool, PoolFinding};
use crate::partners::Reason;
use crate::report::picture::{Picture, mermaid};
use crate::report::review_markdown::{fitting, severity};
use crate::rules::Severity;
use crate::text::count;
use crate::text::markdown::{code, escape, fenced, prose};

/// How many characters each part may have; what does not fit is counted. Together they fit into a comment.
const PICTURE: usize = 8_000;
const POOLS: usize = 10_000;
const IMPACT: usize = 16_000;
const PARTNERS: usize = 8_000;
const FINDINGS: usize = 6_000;

/// How many names a sentence lists.
const MOST_NAMES: usize = 10;

/// The audit.
pub fn write(audit: &Audit, picture: &Picture) -> String {
    let mut out = format!("# Audit: {}\n\n", prose(&words::title(audit)));
    let _ = writeln!(out, "**{}**", prose(&words::verdict(audit).1));
    for caveat in words::caveats(audit) {
        let _ = writeln!(out, "\nNote: {}", prose(&caveat));
    }
    let pools = words::worst_first(audit);
    let heading = "| pool | site | product | partner | holds |\n| --- | --- | --- | --- | --- |\n";
    part(&mut out, "Pools", heading, pools.iter().map(|pool| row(pool)), POOLS, "more pool");
    let drawn = mermaid::write(picture);
    if !picture.pools.is_empty() && drawn.chars().count() <= PICTURE {
        let _ = write!(out, "\n## The picture\n\n{}", fenced("mermaid", &drawn));
    }
    part(&mut out, "If a pool fails", "", pools.iter().map(|pool| impact(pool)), IMPACT, "more pool");
    for list in words::partners(audit) {
        let warning =
            |warning: &Reason| format!("  - **warning** {}: {}\n", code(&warning.rule), prose(&warning.message));
        let item = |(sentence, warnings): &(String, &[Reason])| {
            format!("- {}\n{}", prose(sentence), warnings.iter().map(warning).collect::<String>())
        };
        part(&mut out, list.heading, "", list.items.iter().map(item), PARTNERS, &format!("more {}", list.noun));
    }
    part(&mut out, "The deployment", "", audit.findings.iter().map(finding), FINDINGS, "more finding");
    let _ =
        writeln!(out, "\nTopology: SHA-256 `{}`. Made by poolpair {}.", audit.input.sha256, env!("CARGO_PKG_VERSION"));
    out
}

/// A heading and as many items as have room; nothing for none.
fn part(
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
    for (term, sentence) in words::impact(pool, MOST_NAMES) {
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
