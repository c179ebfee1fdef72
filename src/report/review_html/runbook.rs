//! The runbook's steps, their commands folded.

use maud::{Markup, html};

use super::words::{name, prose};
use crate::report::review::Review;
use crate::report::text::clipped;
use crate::report::words::count;
use crate::runbook::Step;
use crate::text::LONGEST;

/// Up to so many steps, the phases are open.
const FEW_STEPS: usize = 60;

pub(super) fn steps(review: &Review<'_>) -> Markup {
    let phases = review.phases();
    let few = review.record.steps.len() <= FEW_STEPS;
    let firsts = phases.iter().scan(1, |next, (_, steps)| {
        let first = *next;
        *next += steps.len();
        Some(first)
    });
    html! {
        p.faint { (review.steps_words()) ". The whole runbook is in runbook.md and runbook.ps1." }
        @if review.record.changes.is_empty() {
            p.faint { "The topology is as requested already: the steps are for what was not done on the servers yet." }
        }
        @for (first, (phase, steps)) in firsts.zip(&phases) {
            details.phase open[few] {
                summary { h3 { (phase.name()) } " " span.faint { (count(steps.len(), "step")) } }
                ol start=(first) { @for step in *steps { (one(step)) } }
            }
        }
    }
}

fn one(step: &Step) -> Markup {
    html! {
        li {
            p { (prose(&step.title)) " " span.faint { (name(&step.id.0)) } }
            @if !step.commands.is_empty() {
                details {
                    summary { (count(step.commands.len(), "command")) }
                    pre tabindex="0" { code { @for command in &step.commands { (lines(command)) "\n" } } }
                }
            }
        }
    }
}

/// A command with its line ends; all else that can not be seen is written out.
fn lines(command: &str) -> String {
    command.lines().map(|line| clipped(line, LONGEST)).collect::<Vec<_>>().join("\n")
}
