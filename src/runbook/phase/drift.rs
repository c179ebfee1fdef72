//! The live topology is the one that was planned from.

use super::{Draft, Drafts, NOTHING_CHANGED, SERVER_ADMIN, Wording};
use crate::runbook::step::Task;
use crate::runbook::view::View;

const DRIFT: Wording = Wording {
    title: "Compare the live topology with the plan",
    documented: "before step 1: publishing replaces the whole topology, so that it must be the one that was planned from",
    who: SERVER_ADMIN,
    minutes: 5,
    precondition: "the back-ups exist",
    already_done: "never: the live topology is read again in every run",
    action: "compares the normalised text of the live topology with that before the change and that after it",
    verification: "it equals one of the two; equal to the later one means that publishing is done already",
    on_failure: "somebody changed the topology after the export: export it again, plan again, have the new runbook reviewed",
    repeatable: true,
    rollback: NOTHING_CHANGED,
};

pub(super) fn drafts(_: &View) -> Drafts {
    let commands = vec!["(Get-CsTopology -AsXml).ToString()".to_owned()];
    Ok(vec![Draft::global(Task::CheckDrift, &DRIFT).with(commands)])
}
