//! The cumulative update is applied again.

use super::{Draft, Drafts, LOCAL_ADMIN, Wording};
use crate::runbook::deployment::{CumulativeUpdate, DeployedPool, Edition};
use crate::runbook::error::RunbookError;
use crate::runbook::quote::quote;
use crate::runbook::step::Task;
use crate::runbook::view::View;
use crate::topology::{Fqdn, ServiceVersion};

const UPDATE: Wording = Wording {
    title: "Apply the cumulative update again on {}",
    documented: "step 4: when Bootstrapper has finished on all Front Ends, apply the update that was there before",
    who: LOCAL_ADMIN,
    minutes: 45,
    precondition: "Bootstrapper has finished on every Front End of both pools; the services of the server that was updated before run again",
    already_done: "the state file says so",
    action: "takes the server out of service, runs the installer silently, puts the server back into service",
    verification: "the services of the Front End run; the backup service component has the build of the other components",
    on_failure: "restart the server if the installer asks for it, then run again; an un-patched backup service crashes, so do not start it before",
    repeatable: true,
    rollback: "an update is not taken back, and need not be",
};

/// Only what Bootstrapper installed lacks the update: a pool that nothing is installed on keeps its build.
pub(super) fn drafts(view: &View) -> Drafts {
    let updated = |pool: &&DeployedPool| View::installs(pool) && pool.cumulative_update != CumulativeUpdate::None;
    let mut drafts = Vec::new();
    for pool in view.deployed().filter(updated) {
        for machine in &pool.machines {
            let draft = Draft::of_machine(Task::ApplyUpdate, &UPDATE, pool, machine);
            drafts.push(draft.with(commands(pool, machine)?));
        }
    }
    Ok(drafts)
}

fn commands(pool: &DeployedPool, machine: &Fqdn) -> Result<Vec<String>, RunbookError> {
    let (before, after) = match (pool.edition, pool.version) {
        (Edition::Standard, _) => (
            vec!["Stop-CsWindowsService".to_owned(), "Stop-Service -Name 'W3SVC'".to_owned()],
            vec!["Start-Service -Name 'W3SVC'".to_owned(), "Start-CsWindowsService".to_owned()],
        ),
        (Edition::Enterprise, ServiceVersion::LYNC_2013) => (
            vec!["Get-CsPoolUpgradeReadinessState".to_owned(), "Stop-CsWindowsService -Graceful".to_owned()],
            vec!["Start-CsWindowsService".to_owned()],
        ),
        (Edition::Enterprise, _) => {
            let name = quote(machine.as_str())?;
            (
                vec![format!("Invoke-CsComputerFailOver -ComputerName {name}")],
                vec![format!("Invoke-CsComputerFailBack -ComputerName {name}")],
            )
        }
    };
    Ok([before, vec![install(pool)?], after].concat())
}

fn install(pool: &DeployedPool) -> Result<String, RunbookError> {
    let path = match &pool.cumulative_update {
        CumulativeUpdate::Installed { installer, .. } => installer.clone(),
        CumulativeUpdate::Undeclared | CumulativeUpdate::None => installer_name(pool.version).to_owned(),
    };
    Ok(format!("Start-Process -FilePath {} -ArgumentList '/silentmode' -Wait", quote(&path)?))
}

/// The file name that the installer of a product's cumulative update has.
pub(in crate::runbook) fn installer_name(version: ServiceVersion) -> &'static str {
    match version {
        ServiceVersion::LYNC_2013 => "LyncServerUpdateInstaller.exe",
        _ => "SkypeServerUpdateInstaller.exe",
    }
}
