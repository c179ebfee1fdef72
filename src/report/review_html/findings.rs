//! Findings in HTML, with collapsed excerpts.

use maud::{Markup, html};

use crate::report::diagnostic::places_in_topology;
use crate::report::excerpt::Excerpt;
use crate::report::html::words::prose;
use crate::rules::{Finding, Severity};
use crate::source::{Source, Span};
use crate::text::count;

/// The maximum number of excerpts per finding.
const MAX_PLACES: usize = 4;

/// The findings, most severe first; notes are collapsed.
pub fn list(findings: &[Finding], topology: &Source) -> Markup {
    let is_note = |finding: &&Finding| finding.effective_severity() == Severity::Note;
    let (notes, mut prominent): (Vec<_>, Vec<_>) = findings.iter().partition(is_note);
    prominent.sort_by_key(|finding| std::cmp::Reverse(finding.effective_severity()));
    html! {
        @if !prominent.is_empty() { ul.findings { @for finding in prominent { (item(finding, topology)) } } }
        @if !notes.is_empty() {
            details {
                summary { (count(notes.len(), "note")) }
                ul.findings { @for finding in notes { (item(finding, topology)) } }
            }
        }
        p.faint { code { "poolpair explain RULE" } " explains a rule." }
    }
}

fn item(finding: &Finding, topology: &Source) -> Markup {
    let severity = finding.effective_severity();
    let places: Vec<_> = places_in_topology(finding).collect();
    html! {
        li.finding.(class(severity)) {
            p { strong.severity { (severity.name()) } " " code { (finding.rule.id) } " " (prose(&finding.sentence())) }
            @if let Some(reason) = &finding.allowed { p { strong { "Allowed: " } (prose(reason)) } }
            @if !finding.help.is_empty() { p { (prose(&finding.help)) } }
            details {
                summary { "Source and places" }
                p { (prose(&finding.rule.source_title())) }
                @for (span, label) in places.iter().take(MAX_PLACES) { (excerpt(topology, *span, label)) }
                @if places.len() > MAX_PLACES { p.faint { "and " (places.len() - MAX_PLACES) " more" } }
            }
        }
    }
}

fn excerpt(topology: &Source, span: Span, label: &str) -> Markup {
    Excerpt::of(topology, span).map(|excerpt| figure(&excerpt, label)).unwrap_or_default()
}

/// An excerpt with the span marked.
pub fn figure(excerpt: &Excerpt, label: &str) -> Markup {
    let Excerpt { line, before, marked, after } = excerpt;
    html! {
        figure {
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
