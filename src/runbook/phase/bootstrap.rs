//! Bootstrapper runs on every Front End.

use super::{Draft, Drafts, LOCAL_ADMIN, UNDO, Wording};
use crate::runbook::deployment::DeployedPool;
use crate::runbook::error::RunbookError;
use crate::runbook::step::Task;
use crate::runbook::view::View;

const INSTALL: Wording = Wording {
    title: "Run Bootstrapper on {}",
    documented: "step 3: run Bootstrapper, without switches, on every Front End of both pools",
    who: LOCAL_ADMIN,
    minutes: 15,
    precondition: "the Front End has the new topology",
    already_done: "the state file says so; the service alone does not prove that Bootstrapper came to its end",
    action: "runs Bootstrapper, which installs the components that the topology now defines",
    verification: "the Front End has the service LYNCBACKUP",
    on_failure: "read the log that Bootstrapper names; check there with Get-CsPoolBackupRelationship -LocalStore that the topology has arrived; run again",
    repeatable: true,
    rollback: UNDO,
};

const REMOVE: Wording = Wording {
    title: "Run Bootstrapper on {} to remove the backup service",
    documented: "no Microsoft page describes un-pairing: Bootstrapper removes what the topology no longer defines",
    who: LOCAL_ADMIN,
    minutes: 15,
    precondition: "the Front End has the new topology",
    already_done: "the state file says so; Bootstrapper may run again",
    action: "runs Bootstrapper, which removes the components that the topology no longer defines",
    verification: "the Front End answers and has no service LYNCBACKUP",
    on_failure: "read the log that Bootstrapper names; check there with Get-CsPoolBackupRelationship -LocalStore that the topology has arrived; run again",
    repeatable: true,
    rollback: UNDO,
};

/// Pools that gain a partner come first: what protects is made before what no longer does is removed.
pub(super) fn drafts(view: &View) -> Drafts {
    let mut drafts = Vec::new();
    for pool in view.deployed().filter(|pool| View::installs(pool)) {
        drafts.extend(per_machine(Task::Bootstrap, &INSTALL, pool)?);
    }
    for pool in view.deployed().filter(|pool| View::leaves(pool)) {
        drafts.extend(per_machine(Task::BootstrapRemoval, &REMOVE, pool)?);
    }
    Ok(drafts)
}

fn per_machine(task: Task, wording: &'static Wording, pool: &DeployedPool) -> Drafts {
    let command = command(pool)?;
    let draft = |machine| Draft::of_machine(task, wording, pool, machine).with(vec![command.clone()]);
    Ok(pool.machines.iter().map(draft).collect())
}

/// The command to run in an elevated shell on a Front End.
fn command(pool: &DeployedPool) -> Result<String, RunbookError> {
    let Some(folder) = pool.version.program_folder() else {
        return Err(RunbookError::UnknownProduct { pool: pool.fqdn.clone(), version: pool.version });
    };
    Ok(format!("& \"$env:ProgramFiles\\{folder}\\Deployment\\Bootstrapper.exe\""))
}
