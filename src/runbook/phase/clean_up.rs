//! The former partner's copies are removed.

use super::{Draft, Drafts, SERVER_ADMIN, Wording};
use crate::runbook::quote::quote;
use crate::runbook::step::Task;
use crate::runbook::view::View;

const CLEAN_UP: Wording = Wording {
    title: "Remove the former partner's user data from {}",
    documented: "after un-pairing: the page of Remove-CsUserStoreBackupData",
    who: SERVER_ADMIN,
    minutes: 10,
    precondition: "the pool no longer names its former partner",
    already_done: "the state file says so",
    action: "removes the copies of the former partner's users from the pool's user store",
    verification: "the cmdlet ends without an error",
    on_failure: "the copies harm nobody: run the cmdlet again later",
    repeatable: true,
    rollback: "the copies come back with a new pairing and its first sync",
};

pub(super) fn drafts(view: &View) -> Drafts {
    let mut drafts = Vec::new();
    for pool in view.deployed().filter(|pool| View::parts(pool)) {
        let command = format!("Remove-CsUserStoreBackupData -PoolFqdn {}", quote(pool.fqdn.as_str())?);
        drafts.push(Draft::of_pool(Task::RemoveBackupData, &CLEAN_UP, pool).with(vec![command]));
    }
    Ok(drafts)
}
