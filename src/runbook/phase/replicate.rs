//! Every Front End has the new topology.

use super::{Draft, Drafts, SERVER_ADMIN, UNDO, Wording};
use crate::runbook::step::Task;
use crate::runbook::view::View;

const REPLICATE: Wording = Wording {
    title: "Wait until the Front Ends of {} have the new topology",
    documented: "after step 1: Bootstrapper reads the local copy of the topology",
    who: SERVER_ADMIN,
    minutes: 10,
    precondition: "the topology is published and enabled",
    already_done: "the state file says so",
    action: "polls the replication status",
    verification: "every Front End of the pool is up to date",
    on_failure: "check the replica service (REPLICA) on the Front End that is late, and TCP 445 from the active Central Management pool to it",
    repeatable: true,
    rollback: UNDO,
};

pub(super) fn drafts(view: &View) -> Drafts {
    let draft = |pool| {
        let commands = vec!["Get-CsManagementStoreReplicationStatus".to_owned()];
        Draft::of_pool(Task::Replicate, &REPLICATE, pool).with(commands)
    };
    Ok(view.deployed().map(draft).collect())
}
