//! Pools that are not set up yet are set up.

use super::central_management::command;
use super::{Draft, Drafts, LOCAL_ADMIN, UNDO, Wording};
use crate::runbook::step::Task;
use crate::runbook::view::View;

const DEPLOY: Wording = Wording {
    title: "Set up the servers of {}",
    documented: "step 2: pools that were not deployed yet are deployed now",
    who: LOCAL_ADMIN,
    minutes: 240,
    precondition: "the topology that pairs the pool is published",
    already_done: "every Front End of the pool is up to date and has the backup service",
    action: "asks for the set-up with the Deployment Wizard on every Front End, cumulative update included, and waits for it",
    verification: "every Front End is up to date in the replication status and has the service LYNCBACKUP",
    on_failure: "finish the Deployment Wizard on the server that is named; the published pairing may stay meanwhile",
    repeatable: true,
    rollback: UNDO,
};

pub(super) fn drafts(view: &View) -> Drafts {
    let mut drafts = Vec::new();
    for pool in view.undeployed() {
        let mut commands = Vec::new();
        if let (true, Some(instance)) = (pool.gains_central_management, &pool.sql_instance) {
            commands.push(command(instance)?);
        }
        drafts.push(Draft::of_pool(Task::Deploy, &DEPLOY, pool).with(commands));
    }
    Ok(drafts)
}
