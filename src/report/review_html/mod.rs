//! `review.html`: one file that loads nothing and runs nothing, for screens and paper.

mod diff;
pub mod findings;
mod runbook;

use maud::{Markup, PreEscaped, html};

use super::findings_text;
use super::html::words::{fact, name, plain, prose};
use super::html::{self, Page, Section};
use super::picture::{Side, svg};
use super::review::{FAILOVER_IS_MANUAL, Review};
use super::style::OutputStyle;
use super::verdict::{Verdict, changes_by_pool, notation_words, route_words, value_words};
use crate::plan::{Change, Value};
use crate::rules::{Finding, Summary};
use crate::source::Source;
use crate::text::{count, list};
use crate::topology::Fqdn;

/// The review of a plan.
pub fn write(review: &Review<'_>) -> String {
    let record = review.record;
    let has_changes = !record.changes.is_empty();
    let sections = [
        (has_changes).then(|| Section::new("changes", "What changes", changes(review))),
        (!review.picture.pools.is_empty()).then(|| {
            let heading = if has_changes { "Before and after" } else { "The picture" };
            Section::new("picture", heading, picture(review))
        }),
        (!review.findings.is_empty())
            .then(|| Section::new("findings", "Findings", findings::list(review.findings, review.before.source()))),
        (!record.deployment.questions.is_empty())
            .then(|| Section::new("confirm", "To confirm before it runs", questions(&record.deployment.questions))),
        (!review.diff.hunks.is_empty()).then(|| Section::new("diff", "The diff", diff::view(review.diff))),
        (!review.runbook.steps.is_empty()).then(|| Section::new("runbook", "The runbook", runbook::steps(review))),
        Some(Section::new("files", "Files", files(review))),
    ];
    let sections: Vec<_> = sections.into_iter().flatten().collect();
    page(&review.title(), Verdict::of(record), at_a_glance(review), &sections)
}

/// The review of a request that was refused because of these findings, with places in `topology`.
pub fn refused(found: &[Finding], topology: &Source) -> String {
    let summary = findings_text::counts(found);
    let verdict = Verdict::Refused { errors: summary.errors, warnings: summary.warnings };
    let glance = html! { dl.glance { (fact("Findings", &findings_text::summary(&summary, OutputStyle::Plain))) } };
    page("refused", verdict, glance, &[Section::new("findings", "Findings", findings::list(found, topology))])
}

fn page(title: &str, verdict: Verdict, glance: Markup, sections: &[Section]) -> String {
    let verdict = (verdict_class(verdict), verdict.sentence());
    html::write(&Page { kind: "review", title, verdict, glance, sections })
}

fn verdict_class(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::NothingToChange | Verdict::AsRequested { .. } | Verdict::Planned { preview: false, .. } => "good",
        Verdict::Planned { preview: true, .. } => "doubtful",
        Verdict::Refused { .. } => "bad",
    }
}

fn at_a_glance(review: &Review<'_>) -> Markup {
    let record = review.record;
    let summary = Summary::of(record.findings.iter().map(|finding| finding.severity));
    html! {
        dl.glance {
            @if !record.changes.is_empty() {
                (fact("Notation", &notation_words(record)))
                (fact("Publish route", &route_words(record.publish_route, record.input.dialect)))
            }
            (fact("Findings", &findings_text::summary(&summary, OutputStyle::Plain)))
            @if !review.runbook.steps.is_empty() { (fact("Runbook", &review.steps_words())) }
            (fact("Note", FAILOVER_IS_MANUAL))
            @if let Some(command) = record.deployment.failover_commands().next() {
                (fact("Next, for each pool, with a new export", &command))
            }
        }
    }
}

/// Up to so many pools, their changes are open.
const FEW_POOLS: usize = 6;

fn changes(review: &Review<'_>) -> Markup {
    let pools = changes_by_pool(&review.record.changes);
    let few = pools.len() <= FEW_POOLS;
    html! {
        div.pools.many[!few] {
            @for (pool, changes) in &pools {
                @if few {
                    div.card { h3 { (name(pool.as_str())) } (change_table(pool, changes)) }
                } @else {
                    details.card { summary { (name(pool.as_str())) " " span.faint { (what(changes)) } } (change_table(pool, changes)) }
                }
            }
        }
    }
}

fn what(changes: &[&Change]) -> String {
    let kinds: Vec<_> = changes.iter().map(|change| change.kind.words()).collect();
    if kinds.len() > 2 { count(kinds.len(), "change") } else { list(&kinds) }
}

fn change_table(pool: &Fqdn, changes: &[&Change]) -> Markup {
    let value = |change: &Change, value: Option<&Value>| match value {
        Some(Value::Text(text)) => name(text),
        other => html! { (value_words(change, other)) },
    };
    html! {
        table.changes aria-label={ "Changes of " (plain(pool.as_str())) } {
            thead { tr { th scope="col" { "What" } th scope="col" { "Before" } th scope="col" { "After" } } }
            tbody {
                @for change in changes {
                    tr {
                        th scope="row" { (change.kind.words()) }
                        td { (value(change, change.before.as_ref())) }
                        td.after { (value(change, change.after.as_ref())) }
                    }
                }
            }
        }
    }
}

fn picture(review: &Review<'_>) -> Markup {
    let has_room = review.picture.names_front_ends();
    let drawn = |heading: &str, side: Side, open: bool| {
        html! {
            details.drawing open[open] {
                summary { (heading) }
                div.scroll tabindex="0" role="region" aria-label={ "Picture: " (heading) } {
                    (PreEscaped(svg::fragment(&review.picture, side)))
                }
            }
        }
    };
    html! {
        p.faint {
            "Arrows point where a pool’s data is replicated to; dotted ones carry the Central Management store. "
            @if !review.record.changes.is_empty() { "A heavy frame marks a pool that changes. " }
            "The times of Voice are failure detection / failback."
        }
        @if review.record.changes.is_empty() {
            (drawn("Now", Side::After, true))
        } @else {
            div.sides { (drawn("Before", Side::Before, has_room)) (drawn("After", Side::After, true)) }
        }
    }
}

fn questions(questions: &[String]) -> Markup {
    html! { ul.questions { @for question in questions { li { (prose(question)) } } } }
}

fn files(review: &Review<'_>) -> Markup {
    let deployment = &review.record.deployment;
    let row = |file: &str, hash: &str| html! { tr { th scope="row" { (file) } td { code.hash { (hash) } } } };
    html! {
        div.scroll tabindex="0" role="region" aria-label="Files and their hashes" {
            table {
                thead { tr { th scope="col" { "File" } th scope="col" { "SHA-256" } } }
                tbody {
                    (row("input", &deployment.input_sha256))
                    (row(&deployment.topology_file, &deployment.result_sha256))
                }
            }
        }
    }
}
