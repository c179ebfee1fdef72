//! The backup service runs.

use super::{Draft, Drafts, SERVER_ADMIN, UNDO, Wording};
use crate::runbook::quote::quote;
use crate::runbook::step::Task;
use crate::runbook::view::View;

const START: Wording = Wording {
    title: "Start the backup service on {}",
    documented: "step 5: start the service LYNCBACKUP",
    who: SERVER_ADMIN,
    minutes: 5,
    precondition: "the Front End has the service LYNCBACKUP, with the cumulative update",
    already_done: "the service runs",
    action: "starts the service by its name",
    verification: "its status is Running",
    on_failure: "compare the build of the backup service component with the others and apply the update again",
    repeatable: true,
    rollback: UNDO,
};

const RESTART: Wording = Wording {
    title: "Restart the backup service on {}",
    documented: "step 5, for a pool that was paired before: its service must read the new partner",
    who: SERVER_ADMIN,
    minutes: 5,
    precondition: "the Front End has the service LYNCBACKUP and the new topology",
    already_done: "the state file says so",
    action: "stops and starts the service by its name",
    verification: "its status is Running",
    on_failure: "start the service by hand and read the event log of the server",
    repeatable: true,
    rollback: UNDO,
};

pub(super) fn drafts(view: &View) -> Drafts {
    let mut drafts = Vec::new();
    for pool in view.linked() {
        let ran_before = pool.deployed && pool.backup_pool_before.is_some();
        for machine in &pool.machines {
            let name = quote(machine.as_str())?;
            let start = format!("Start-CsWindowsService -Name LYNCBACKUP -ComputerName {name}");
            let stop = format!("Stop-CsWindowsService -Name LYNCBACKUP -ComputerName {name}");
            drafts.push(match ran_before {
                true => Draft::of_machine(Task::RestartBackupService, &RESTART, pool, machine).with(vec![stop, start]),
                false => Draft::of_machine(Task::StartBackupService, &START, pool, machine).with(vec![start]),
            });
        }
    }
    Ok(drafts)
}
