//! Each pool pushes its data to its partner, until both directions have no backlog.

use super::NONE;
use crate::plan::deployment::{CentralManagement, CumulativeUpdate, DeployedPool};
use crate::runbook::commands::{backup_service, name, names};
use crate::runbook::error::{RunbookError, Steps};
use crate::runbook::step::{Script, Step, StepAction};
use crate::runbook::view::View;

pub(super) fn steps(view: &View) -> Steps {
    let linked = view.linked();
    let mut steps = Vec::new();
    for pool in &linked {
        let run = vec![format!("Invoke-CsBackupServiceSync -PoolFqdn {}", name(&pool.fqdn)?)];
        let title = format!("Push the data of {} to its partner", pool.fqdn);
        let step = view.step_of_pool(StepAction::Synchronise, pool, &title, (NONE, 10));
        let mut check = still_running(view, &[*pool])?;
        if check.is_empty() {
            check.push(backup_service("Running", &names(&pool.machines)?));
        }
        steps.push(Step { script: Script { needs_record: true, check, run, ..Script::default() }, ..step });
    }
    for pool in &linked {
        steps.push(status(view, pool)?);
    }
    Ok(steps)
}

/// Both pools' backup services are watched with each direction: the one that receives has to run too.
fn status(view: &View, pool: &DeployedPool) -> Result<Step, RunbookError> {
    let partner = pool.backup_pool_after.as_ref().and_then(|partner| view.pool(partner));
    let both: Vec<_> = [Some(pool), partner].into_iter().flatten().collect();
    let mut until = still_running(view, &both)?;
    let mut test = format!(
        "Test-BackupStatus -By {{ Get-CsBackupServiceStatus -PoolFqdn {} }} -With $Settings",
        name(&pool.fqdn)?
    );
    let active = |pool: &DeployedPool| pool.central_management_after() == CentralManagement::Active;
    if active(pool) {
        test.push_str(" -Also 'CentralMgmt.CMSMaster'");
    } else if partner.is_some_and(active) {
        test.push_str(" -MayBeIdle 'CentralMgmt.CMSMaster'");
    }
    until.push(test);
    let script = Script { until, twice: true, ..Script::default() };
    let title = format!("Wait until {} has no backlog", pool.fqdn);
    Ok(Step { script, ..view.step_of_pool(StepAction::Status, pool, &title, (NONE, 30)) })
}

/// The services of these pools, those in one line that go on with the same steps.
fn still_running(view: &View, pools: &[&DeployedPool]) -> Result<Vec<String>, RunbookError> {
    let starts = |pool: &&DeployedPool| pool.deployed && (View::installs(pool) || View::joins(pool));
    let pools: Vec<_> = pools.iter().copied().filter(starts).collect();
    let alike = pools.chunk_by(|one, other| retry(view, one) == retry(view, other));
    alike
        .map(|pools| {
            let servers = names(pools.iter().flat_map(|pool| &pool.machines))?;
            let retry = retry(view, pools[0]);
            Ok(format!("Test-Service -Is 'StillRunning' -GoOnWith {retry} -On {servers} -By $Services"))
        })
        .collect()
}

/// The steps of a server that start its backup service again; the last one where the update is left out.
fn retry(view: &View, pool: &DeployedPool) -> String {
    let actions: &[StepAction] = match pool.cumulative_update {
        _ if !View::installs(pool) => &[StepAction::Restart],
        CumulativeUpdate::None => &[StepAction::Start],
        _ => &[StepAction::Update, StepAction::Start],
    };
    let ids = actions.iter().map(|action| format!("'{}-{}'", action.number(view.page()), action.name()));
    ids.collect::<Vec<_>>().join(", ")
}
