//! The backup service has no backlog.

use super::{Draft, Drafts, SERVER_ADMIN, UNDO, Wording};
use crate::runbook::quote::quote;
use crate::runbook::step::Task;
use crate::runbook::view::View;

const STEADY_STATE: Wording = Wording {
    title: "Wait until the backup service of {} is steady",
    documented: "step 7: read the status of the backup service until both directions are steady",
    who: SERVER_ADMIN,
    minutes: 60,
    precondition: "both pools have pushed their data",
    already_done: "the state file says so",
    action: "polls the status of the backup service",
    verification: "twice, a sync interval apart: every module exports in SteadyState or FinalState and imports in NormalState",
    on_failure: "an Enterprise pool whose first sync never ends needs three Front Ends up together; DataConf in ErrorState points to SMB or share rights",
    repeatable: true,
    rollback: UNDO,
};

pub(super) fn drafts(view: &View) -> Drafts {
    let mut drafts = Vec::new();
    for pool in view.linked() {
        let name = quote(pool.fqdn.as_str())?;
        let command = format!("(Get-CsBackupServiceStatus -PoolFqdn {name}).BackupModules");
        drafts.push(Draft::of_pool(Task::AwaitSteadyState, &STEADY_STATE, pool).with(vec![command]));
    }
    Ok(drafts)
}
