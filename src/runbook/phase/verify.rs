//! The result is what was planned.

use super::{Draft, Drafts, SERVER_ADMIN, UNDO, Wording};
use crate::runbook::quote::quote;
use crate::runbook::step::Task;
use crate::runbook::view::View;

const POOL: Wording = Wording {
    title: "Compare {} with the plan",
    documented: "after step 7: the result is what was planned",
    who: SERVER_ADMIN,
    minutes: 5,
    precondition: "every step before it is done",
    already_done: "the state file says so; it only reads",
    action: "reads the backup relationship and the Registrar's voice settings",
    verification: "the backup pool and the voice settings are those of the plan",
    on_failure: "compare the Registrar in Topology Builder with the plan, and correct it there",
    repeatable: true,
    rollback: UNDO,
};

const WHOLE: Wording = Wording {
    title: "Test the topology as a whole",
    documented: "after step 7: the result is what was planned",
    who: SERVER_ADMIN,
    minutes: 10,
    precondition: "every step before it is done",
    already_done: "the state file says so; it only reads",
    action: "compares the live topology with the plan, looks for the active Central Management store, and runs the topology test",
    verification: "the live topology is the planned one, and the test reports no error",
    on_failure: "read the report of the topology test in the back-up directory",
    repeatable: true,
    rollback: UNDO,
};

pub(super) fn drafts(view: &View) -> Drafts {
    let mut drafts = Vec::new();
    for pool in view.live() {
        let name = quote(pool.fqdn.as_str())?;
        drafts.push(Draft::of_pool(Task::VerifyPool, &POOL, pool).with(vec![
            format!("Get-CsPoolBackupRelationship -PoolFqdn {name}"),
            format!("Get-CsService -Registrar -PoolFqdn {name} | Format-List -Property *"),
        ]));
    }
    if !drafts.is_empty() {
        drafts.push(Draft::global(Task::Verify, &WHOLE).with(vec![
            "Get-CsManagementStoreReplicationStatus -CentralManagementStoreStatus".to_owned(),
            "Test-CsTopology -Report topology-test.html".to_owned(),
        ]));
    }
    Ok(drafts)
}
