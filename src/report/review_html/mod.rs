//! `review.html`: a static, self-contained HTML page for screen and print.

mod diff;
pub mod findings;

use maud::{Markup, PreEscaped, html};

use super::html::words::{fact, name, prose};
use super::html::{self, Page};
use super::picture::{ChangeState, svg};
use super::review::Review;
use super::verdict::{Verdict, changes_by_pool, value_words};
use crate::plan::{Change, ChangeValue};
use crate::runbook::markdown::{BLANKS, Topic, hours};
use crate::text::{count, list};

/// Writes the review of a plan: the decision, the changes, the picture, the runbook in short, the findings.
pub fn write(review: &Review<'_>) -> String {
    let record = review.record;
    let sections = [
        Some(("decision", "The decision", decision(review))),
        (!record.changes.is_empty()).then(|| ("changes", "What changes", changes(review))),
        (!review.picture.pools.is_empty()).then(|| ("picture", "The picture", picture(review))),
        (!review.runbook.steps.is_empty()).then(|| ("runbook", "The runbook in short", runbook(review))),
        (!review.findings.is_empty())
            .then(|| ("findings", "Findings", findings::list(review.findings, review.before.source()))),
    ];
    let sections: Vec<_> = sections.into_iter().flatten().collect();
    let verdict = Verdict::of(record);
    let verdict = (verdict_class(verdict), verdict.sentence());
    html::write(&Page { kind: "review", title: &review.runbook.title, verdict, facts: html! {}, sections: &sections })
}

fn verdict_class(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::NothingToChange | Verdict::AsRequested { .. } | Verdict::Planned { preview: false, .. } => "good",
        Verdict::Planned { preview: true, .. } => "doubtful",
        Verdict::Refused { .. } => "bad",
    }
}

fn decision(review: &Review<'_>) -> Markup {
    let board = &review.board;
    let more = [board.go.clone(), Some(board.acceptance.clone()), board.promise.clone()];
    html! {
        dl.facts {
            @for topic in review.decision().iter().chain(more.iter().flatten()) {
                div { dt { (prose(&topic.heading)) } dd { (body(topic)) } }
            }
            @if let Some(command) = review.record.deployment.failover_commands().next() {
                (fact("Next, for each pool, with an export made after the change", &format!("`{command}`")))
            }
        }
        table.hashes {
            thead { tr { th scope="col" { "File" } th scope="col" { "SHA-256" } } }
            tbody {
                @for [file, hash] in &review.hashes {
                    tr { th scope="row" { (file) } td { code { (hash) } } }
                }
            }
        }
        table.blanks aria-label="For the change board" {
            tbody { @for field in BLANKS { tr { th scope="row" { (field) } td {} } } }
        }
    }
}

/// The items of a list after this many are collapsed.
const MAX_OPEN_ITEMS: usize = 12;

/// The text and the list of a topic.
fn body(topic: &Topic) -> Markup {
    let (shown, folded) = topic.items.split_at(topic.items.len().min(MAX_OPEN_ITEMS));
    let items = |items: &[String]| {
        html! { ul.checklist[topic.is_checklist] { @for item in items { li { (prose(item)) } } } }
    };
    html! {
        @if !topic.text.is_empty() { p { (prose(&topic.sentence())) } }
        @if !shown.is_empty() { (items(shown)) }
        @if !folded.is_empty() { details { summary { "and " (folded.len()) " more" } (items(folded)) } }
    }
}

/// The changes of up to this many pools are expanded.
const MAX_OPEN_POOLS: usize = 6;

fn changes(review: &Review<'_>) -> Markup {
    let pools = changes_by_pool(&review.record.changes);
    let are_open = pools.len() <= MAX_OPEN_POOLS;
    html! {
        div.columns[are_open] {
            div.pools {
                @for (pool, changes) in &pools {
                    @if are_open {
                        div.card { h3 { (name(pool.as_str())) } (change_list(changes)) }
                    } @else {
                        details.card { summary { (name(pool.as_str())) " " span.faint { (summary(changes)) } } (change_list(changes)) }
                    }
                }
            }
            @if !review.diff.hunks.is_empty() { div { (diff::view(review.diff)) } }
        }
    }
}

fn summary(changes: &[&Change]) -> String {
    let kinds: Vec<_> = changes.iter().map(|change| change.kind.words()).collect();
    if kinds.len() > 2 { count(kinds.len(), "change") } else { list(&kinds) }
}

fn change_list(changes: &[&Change]) -> Markup {
    let value = |change: &Change, value: Option<&ChangeValue>| match value {
        Some(ChangeValue::Text(text)) => name(text),
        other => html! { (value_words(change, other)) },
    };
    html! {
        dl.changes {
            @for change in changes {
                div {
                    dt { (change.kind.words()) }
                    dd { strong { (value(change, change.after.as_ref())) } ", was " (value(change, change.before.as_ref())) }
                }
            }
        }
    }
}

fn picture(review: &Review<'_>) -> Markup {
    let has_room = review.picture.names_front_ends();
    let drawn = |heading: &str, side: ChangeState, open: bool| {
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
            (drawn("Now", ChangeState::After, true))
        } @else {
            (drawn("Before", ChangeState::Before, has_room)) (drawn("After", ChangeState::After, true))
        }
    }
}

/// One row for each step number: the step, its heading, the number of steps, and the time.
fn runbook(review: &Review<'_>) -> Markup {
    html! {
        table.runbook {
            thead { tr { th scope="col" { "Step" } th scope="col" { "What" } th scope="col" { "How many" } th scope="col" { "Time" } } }
            tbody {
                @for steps in review.runbook.steps_by_number() {
                    tr {
                        th scope="row" { (steps[0].kind.number) }
                        td { (steps[0].kind.heading) }
                        td { (steps.len()) }
                        td { (hours(steps.iter().map(|step| step.kind.minutes).sum())) }
                    }
                }
            }
        }
        p.faint { "Every command with its names: " (name("runbook.ps1")) "; to tick off: " (name("runbook.md")) "." }
    }
}
