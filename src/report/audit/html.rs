//! Writes an audit as a single HTML page.

use maud::{Markup, PreEscaped, html};

use super::words::{self, PoolStatus};
use crate::audit::{Audit, AuditedPool, PoolFinding};
use crate::report::findings_text;
use crate::report::html::words::{fact, name, prose};
use crate::report::html::{self, Page};
use crate::report::picture::{ChangeState, Picture, svg};
use crate::report::style::OutputStyle;
use crate::rules::Severity;
use crate::text::{count, sanitize_truncated};

/// The details of up to this many pools are expanded.
const MAX_OPEN_POOLS: usize = 24;

/// Writes the page.
pub fn write(audit: &Audit, picture: &Picture) -> String {
    let has_partners = !audit.suggestions.is_empty() || !audit.unmatched.is_empty();
    let sections = [
        (!picture.pools.is_empty()).then(|| ("picture", "The picture", draw_picture(picture))),
        (!audit.pools.is_empty()).then(|| ("pools", "If a pool fails", pools(audit))),
        has_partners.then(|| ("partners", "Partners for unpaired pools", partners(audit))),
        (!audit.findings.is_empty()).then(|| ("deployment", "The deployment", findings(&audit.findings))),
        Some(("topology", "The topology", html! { p { code { (audit.input.sha256) } " (SHA-256)" } })),
    ];
    let sections: Vec<_> = sections.into_iter().flatten().collect();
    let title = words::title(audit);
    html::write(&Page {
        kind: "audit",
        title: &title,
        verdict: words::verdict(audit),
        facts: overview(audit),
        sections: &sections,
    })
}

fn overview(audit: &Audit) -> Markup {
    html! {
        dl.facts {
            (fact("Suggested pairs", &audit.suggestions.len().to_string()))
            (fact("Findings", &findings_text::summary(&audit.summary, OutputStyle::Plain)))
            @for caveat in words::caveats(audit) { (fact("Note", &caveat)) }
        }
    }
}

fn draw_picture(picture: &Picture) -> Markup {
    html! {
        p.faint {
            "Arrows point where a pool’s data is replicated to; dotted ones carry the Central Management store. "
            "The times of Voice are failure detection / failback."
        }
        div.drawing {
            div.scroll tabindex="0" role="region" aria-label="Sites, pools and pairs" {
                (PreEscaped(svg::fragment(picture, ChangeState::After)))
            }
        }
    }
}

fn pools(audit: &Audit) -> Markup {
    let pools = words::worst_first(audit);
    let are_open = pools.len() <= MAX_OPEN_POOLS;
    html! {
        div.pools {
            @for pool in pools {
                details.card.finding.(class(pool)) open[are_open] {
                    summary { h3 { (name(pool.fqdn.as_str())) } " " span.severity { (words::holds(pool)) } }
                    (pool_details(pool))
                }
            }
        }
    }
}

fn class(pool: &AuditedPool) -> &'static str {
    match PoolStatus::of(pool) {
        PoolStatus::Holds => "calm",
        PoolStatus::Unpaired => "doubtful",
        PoolStatus::Broken => "bad",
    }
}

fn pool_details(pool: &AuditedPool) -> Markup {
    html! {
        p.faint { (sanitize_truncated(&words::product(pool))) ", " (count(pool.front_ends, "Front End")) ", " (prose(&format!("`{}`", pool.site))) }
        dl.facts {
            @if let Some(partner) = &pool.partner { (fact("Partner", &format!("`{partner}`"))) }
            @for (term, sentence) in words::impact(pool, usize::MAX) { (fact(term, &sentence)) }
        }
        @if !pool.findings.is_empty() {
            details {
                summary { (count(pool.findings.len(), "finding")) }
                (findings(&pool.findings))
            }
        }
    }
}

fn findings(findings: &[PoolFinding]) -> Markup {
    let mut ordered: Vec<_> = findings.iter().collect();
    ordered.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
    html! {
        ul {
            @for finding in ordered {
                li {
                    @if finding.severity > Severity::Note { strong { (finding.severity.name()) " " } }
                    code { (finding.rule) } ": " (prose(&finding.message))
                    @if !finding.help.is_empty() { span.faint { " – " (prose(&finding.help)) } }
                }
            }
        }
    }
}

fn partners(audit: &Audit) -> Markup {
    html! {
        @for list in words::partners(audit) {
            h3 { (list.heading) }
            ul {
                @for (sentence, warnings) in &list.items {
                    li {
                        (prose(sentence))
                        @for warning in *warnings { br; strong { "warning " } code { (warning.rule) } ": " (prose(&warning.message)) }
                    }
                }
            }
        }
    }
}
