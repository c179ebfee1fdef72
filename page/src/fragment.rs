//! HTML fragments of the page, in the style of the review.

use maud::{Markup, PreEscaped, html};
use miette::Diagnostic;
use poolpair::partners::{Partner, Partners, Reason};
use poolpair::report::SanitizedDiagnostic;
use poolpair::report::excerpt::Excerpt;
use poolpair::report::html::words::{fact, name, prose, sanitized_prose};
use poolpair::report::inspect::Inspection;
use poolpair::report::message::locations;
use poolpair::report::picture::{ChangeState, Picture, svg};
use poolpair::report::review_html::findings::{figure, list};
use poolpair::report::verdict::Verdict;
use poolpair::rules::Finding;
use poolpair::source::Source;
use poolpair::text::{count, sanitize_truncated};

/// The name of the form's request in messages.
pub(crate) const REQUEST: &str = "the form";

/// A summary of a deployment.
pub(crate) fn summary(file: &str, inspection: &Inspection, picture: &Picture) -> Markup {
    let document = &inspection.topology;
    html! {
        dl.facts {
            (fact("Open", &format!("`{file}`")))
            (fact("Form", &format!("{} topology, {}", document.dialect.name(), document.encoding)))
            (fact("Holds", &format!(
                "{}, {}",
                count(inspection.sites.len(), "site"),
                count(inspection.pools.len(), "pool"),
            )))
            (fact("SHA-256", &format!("`{}`", document.sha256)))
        }
        (table("The pools", inspection.table().rows()))
        @if !picture.pools.is_empty() {
            details.drawing {
                summary { "The picture" }
                div.scroll tabindex="0" role="region" aria-label="The picture" {
                    (PreEscaped(svg::fragment(picture, ChangeState::After)))
                }
            }
        }
        @for pool in inspection.pools.iter().filter(|pool| !pool.lacks.is_empty()) {
            details { summary { (name(pool.fqdn.as_str())) " cannot be paired" } (reasons("error", &pool.lacks)) }
        }
    }
}

fn table<const COLUMNS: usize>(caption: &str, rows: &[[String; COLUMNS]]) -> Markup {
    let Some((headings, rows)) = rows.split_first() else { return html! {} };
    html! {
        div.scroll tabindex="0" role="region" aria-label=(caption) {
            table.pool-table {
                caption.unseen { (caption) }
                thead { tr { @for heading in headings { th scope="col" { (heading.to_lowercase()) } } } }
                tbody {
                    @for row in rows {
                        tr {
                            @if let Some((first, cells)) = row.split_first() {
                                th scope="row" { (first) }
                                @for cell in cells { td { (cell) } }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// The eligible partners of a pool, and why the others are not eligible.
pub(crate) fn partners(partners: &Partners) -> Markup {
    let eligible = partners.partners.iter().filter(|partner| partner.eligible).count();
    html! {
        p {
            @if let Some(backup) = &partners.backup_pool {
                (name(partners.pool.as_str())) " has the backup pool " (name(backup.as_str())) ". "
            }
            (count(eligible, "eligible backup pool")) " for " (name(partners.pool.as_str())) "."
        }
        ul.partners { @for partner in &partners.partners { li { (partner_words(partner)) } } }
    }
}

fn partner_words(partner: &Partner) -> Markup {
    let edition = partner.edition.map_or(partner.kind.name(), |edition| edition.name());
    let product = partner.product.as_deref().unwrap_or_default();
    let about = [edition, product, &partner.site].map(sanitize_truncated);
    let about = about.iter().filter(|words| !words.is_empty()).map(String::as_str).collect::<Vec<_>>().join(", ");
    html! {
        (name(partner.fqdn.as_str())) " "
        span.severity.verdict-good[partner.eligible] { (partner.verdict()) } " "
        span.faint { (about) }
        (reasons("error", &partner.reasons))
        (reasons("warning", &partner.warnings))
    }
}

fn reasons(severity: &str, reasons: &[Reason]) -> Markup {
    html! {
        @if !reasons.is_empty() {
            ul { @for reason in reasons { li { (severity) " " code { (reason.rule) } ": " (prose(&reason.message)) } } }
        }
    }
}

/// A verdict, and the findings with their positions in the topology.
pub(crate) fn findings(verdict: Verdict, findings: &[Finding], topology: &Source) -> Markup {
    let is_good = !matches!(verdict, Verdict::Refused { .. });
    html! {
        (verdict_line(is_good, &verdict.sentence()))
        @if !findings.is_empty() { (list(findings, topology)) }
    }
}

/// A verdict with detail lines.
pub(crate) fn lines(is_good: bool, verdict: &str, lines: &str) -> Markup {
    html! {
        (verdict_line(is_good, verdict))
        @if !lines.is_empty() { ul { @for line in lines.lines() { li { (sanitized_prose(line)) } } } }
    }
}

/// Program output as preformatted text.
pub(crate) fn text(text: &str) -> Markup {
    html! { pre tabindex="0" { (text) } }
}

fn verdict_line(is_good: bool, words: &str) -> Markup {
    html! { p.verdict.good[is_good].bad[!is_good] { (prose(words)) } }
}

/// An error and its related errors, with their positions.
pub(crate) fn error(error: &dyn Diagnostic) -> Markup {
    // A group of errors has a heading without a code, which is not an error itself.
    let diagnostics = SanitizedDiagnostic::all(error).into_iter().filter(|one| one.code().is_some());
    html! { @for one in diagnostics { (message(&one)) } }
}

fn message(diagnostic: &SanitizedDiagnostic<'_>) -> Markup {
    let labels: Vec<_> = diagnostic.labels().into_iter().flatten().collect();
    // The form's own text is not shown to the user.
    let places = locations(diagnostic).zip(&labels).filter(|(place, _)| place.file != REQUEST);
    html! {
        article.card.finding.bad {
            h3 {
                span.severity { "error" }
                " " code { (diagnostic.code().map_or_else(String::new, |code| code.to_string())) }
            }
            p.message { (sanitized_prose(&diagnostic.to_string())) }
            @for (place, label) in places {
                p {
                    (place.file)
                    @if let Some((line, column)) = place.position { ", line " (line) ", column " (column) }
                    ": " (sanitized_prose(&place.text))
                }
                @if let Some(excerpt) = diagnostic.source_code().and_then(|code| Excerpt::around(code, *label.inner())) {
                    (figure(&excerpt, &place.text))
                }
            }
            @if let Some(help) = diagnostic.help() { p { (sanitized_prose(&help.to_string())) } }
        }
    }
}
