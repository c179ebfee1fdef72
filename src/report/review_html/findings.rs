//! Findings with their excerpts.

use maud::{Markup, html};

use crate::report::diagnostic::places_in_topology;
use crate::report::excerpt::Excerpt;
use crate::report::html::words::prose;
use crate::rules::{Finding, Severity};
use crate::source::{Source, Span};

/// Up to so many findings, their excerpts are open.
const FEW: usize = 12;
/// Up to so many places of one finding are shown.
const PLACES: usize = 4;

/// The findings, the most severe first.
pub fn list(findings: &[Finding], topology: &Source) -> Markup {
    let mut ordered: Vec<_> = findings.iter().collect();
    ordered.sort_by_key(|finding| std::cmp::Reverse(finding.effective_severity()));
    let few = ordered.len() <= FEW;
    html! {
        @for finding in ordered { (card(finding, topology, few)) }
        p.faint {
            "MS-DR and MS-DEPLOY are Microsoft’s pages “Front End pool disaster recovery” and “Deploy paired Front End "
            "pools for disaster recovery”; names that end in .md are other pages of the same documentation. "
            code { "poolpair explain RULE" } " tells more of a rule."
        }
    }
}

fn card(finding: &Finding, topology: &Source, open: bool) -> Markup {
    let severity = finding.effective_severity();
    let places: Vec<_> = places_in_topology(finding).collect();
    html! {
        article.card.finding.(class(severity)) {
            h3 { span.severity { (severity.name()) } " " code { (finding.rule.id) } }
            p.message { (prose(&finding.sentence())) }
            @if let Some(reason) = &finding.allowed { p.allowed { strong { "Allowed: " } (prose(reason)) } }
            @if !finding.help.is_empty() { p { (prose(&finding.help)) } }
            p.faint { "Source: " (finding.rule.source) }
            @if !places.is_empty() {
                details open[open] {
                    summary { "Where" }
                    @for (span, label) in places.iter().take(PLACES) { (excerpt(topology, *span, label)) }
                    @if places.len() > PLACES { p.faint { "and " (places.len() - PLACES) " more" } }
                }
            }
        }
    }
}

fn excerpt(topology: &Source, span: Span, label: &str) -> Markup {
    Excerpt::of(topology, span).map(|excerpt| figure(&excerpt, label)).unwrap_or_default()
}

/// A few lines with the place in them marked.
pub fn figure(excerpt: &Excerpt, label: &str) -> Markup {
    let Excerpt { line, before, marked, after } = excerpt;
    html! {
        figure.excerpt {
            figcaption { "Line " (line) ": " (prose(label)) }
            pre tabindex="0" { code { (before) mark { (marked) } (after) } }
        }
    }
}

fn class(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "bad",
        Severity::Warning => "doubtful",
        Severity::Note => "calm",
    }
}
