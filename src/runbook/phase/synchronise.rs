//! Each pool pushes its data to its partner.

use super::{Draft, Drafts, SERVER_ADMIN, UNDO, Wording};
use crate::runbook::quote::quote;
use crate::runbook::step::Task;
use crate::runbook::view::View;

const SYNCHRONISE: Wording = Wording {
    title: "Push the data of {} to its partner",
    documented: "step 6: invoke the backup service for both pools",
    who: SERVER_ADMIN,
    minutes: 10,
    precondition: "the backup service runs on every Front End of both pools",
    already_done: "the state file says so; pushing again is safe",
    action: "invokes the backup service of the pool, which pushes from it to its partner",
    verification: "the cmdlet ends without an error; the next phase shows the result",
    on_failure: "check the backup service on both pools, and TCP 445 from each Front End to the partner's file store",
    repeatable: true,
    rollback: UNDO,
};

pub(super) fn drafts(view: &View) -> Drafts {
    let mut drafts = Vec::new();
    for pool in view.linked() {
        let command = format!("Invoke-CsBackupServiceSync -PoolFqdn {}", quote(pool.fqdn.as_str())?);
        drafts.push(Draft::of_pool(Task::Synchronise, &SYNCHRONISE, pool).with(vec![command]));
    }
    Ok(drafts)
}
