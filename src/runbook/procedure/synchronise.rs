//! Each pool pushes its data to its partner, until both directions have no backlog.

use super::{NONE, Steps};
use crate::plan::deployment::{CentralManagement, CumulativeUpdate, DeployedPool};
use crate::runbook::commands::{name, names};
use crate::runbook::error::RunbookError;
use crate::runbook::step::{Action, Script, Step};
use crate::runbook::view::View;

pub(super) fn steps(view: &View) -> Steps {
    let linked = view.linked();
    let mut steps = Vec::new();
    for pool in &linked {
        let run = vec![format!("Invoke-CsBackupServiceSync -PoolFqdn {}", name(&pool.fqdn)?)];
        let title = format!("Push the data of {} to its partner", pool.fqdn);
        let step = view.step_of_pool(Action::Synchronise, pool, &title, (NONE, 10));
        steps.push(Step { script: Script { run, ..Script::default() }, ..step });
    }
    for pool in &linked {
        steps.push(status(view, pool)?);
    }
    Ok(steps)
}

/// Both pools' backup services are watched with each direction: the one that receives has to run too.
fn status(view: &View, pool: &DeployedPool) -> Result<Step, RunbookError> {
    let partner = pool.backup_pool_after.as_ref().and_then(|partner| view.pool(partner));
    let servers = names(pool.machines.iter().chain(partner.iter().flat_map(|partner| &partner.machines)))?;
    let page = view.page();
    let retry = match pool.cumulative_update {
        CumulativeUpdate::None => Action::Start,
        _ => Action::Update,
    };
    let retry = format!("{}-{}", retry.number(page), retry.name());
    let mut test = format!("Test-BackupStatus -By {{ Get-CsBackupServiceStatus -PoolFqdn {} }}", name(&pool.fqdn)?);
    let active = |pool: &DeployedPool| View::central_management_after(pool) == CentralManagement::Active;
    if active(pool) {
        test.push_str(" -Also 'CentralMgmt.CMSMaster'");
    } else if partner.is_some_and(active) {
        test.push_str(" -MayBeIdle 'CentralMgmt.CMSMaster'");
    }
    let script = Script {
        until: vec![format!("Test-Service -Is 'StillRunning' -GoOnWith '{retry}' -On {servers} -By $Services"), test],
        interval: Some("Get-CsBackupServiceConfiguration".to_owned()),
        ..Script::default()
    };
    let title = format!("Wait until {} has no backlog", pool.fqdn);
    Ok(Step { script, ..view.step_of_pool(Action::Status, pool, &title, (NONE, 30)) })
}
