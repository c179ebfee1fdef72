//! The runbook's steps, their commands folded.

use maud::{Markup, html};

use crate::report::html::words::{name, prose};
use crate::report::review::Review;
use crate::runbook::Step;
use crate::text::{LONGEST, count, sanitize_to};

/// Up to so many steps, the groups are open.
const FEW_STEPS: usize = 60;

pub(super) fn steps(review: &Review<'_>) -> Markup {
    let few = review.runbook.steps.len() <= FEW_STEPS;
    html! {
        p.faint { (review.steps_words()) ". The whole runbook is in runbook.md and runbook.ps1." }
        @if review.record.deployment.as_requested {
            p.faint {
                "The association was found as requested. The runbook finishes the pairing on the servers; no undo is "
                "written."
            }
        }
        @for steps in review.steps_by_number() {
            details.phase open[few] {
                summary { h3 { "Step " (steps[0].number) } " " span.faint { (count(steps.len(), "step")) } }
                ul { @for step in steps { (one(step)) } }
            }
        }
    }
}

fn one(step: &Step) -> Markup {
    html! {
        li {
            p { (prose(&step.title)) " " span.faint { (name(&step.id.0)) } }
            @if !step.script.run.is_empty() {
                details {
                    summary { (count(step.script.run.len(), "line")) }
                    pre tabindex="0" { code { @for command in &step.script.run { (lines(command)) "\n" } } }
                }
            }
        }
    }
}

/// A command with its line ends; all else that cannot be seen is written out.
fn lines(command: &str) -> String {
    command.lines().map(|line| sanitize_to(line, LONGEST)).collect::<Vec<_>>().join("\n")
}
