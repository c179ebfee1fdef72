//! The operator says yes to the plan.

use super::{Draft, Drafts, NOTHING_CHANGED, OPERATOR, Wording};
use crate::runbook::step::Task;
use crate::runbook::view::View;

const CONFIRM: Wording = Wording {
    title: "Confirm the plan",
    documented: "before step 1: the requirements of pairing that no topology shows",
    who: OPERATOR,
    minutes: 10,
    precondition: "the runbook has been reviewed",
    already_done: "never: the operator answers once per run of the script",
    action: "shows the pools, the allowed rule breaks and the open questions, and asks for a yes",
    verification: "the answer is yes",
    on_failure: "nothing has changed: correct the request, plan again and have the new runbook reviewed",
    repeatable: true,
    rollback: NOTHING_CHANGED,
};

pub(super) fn drafts(_: &View) -> Drafts {
    Ok(vec![Draft::global(Task::Confirm, &CONFIRM)])
}
