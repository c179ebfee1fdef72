//! On the Front Ends: replication, set-up, Bootstrapper, the cumulative update, the backup service.

use super::{NONE, before};
use crate::plan::deployment::{CumulativeUpdate, DeployedPool, Edition};
use crate::runbook::commands::{backup_service, bootstrapper, instance, name, names, relationship, update};
use crate::runbook::error::{RunbookError, Steps};
use crate::runbook::quote::quote;
use crate::runbook::step::{Script, Step, StepAction};
use crate::runbook::view::View;
use crate::topology::{Fqdn, ServiceVersion};

pub(super) fn steps(view: &View) -> Steps {
    let mut steps: Vec<Step> = replicate(view)?.into_iter().collect();
    for pool in view.undeployed() {
        steps.push(deploy(view, pool)?);
    }
    let installs: Vec<_> = view.deployed().filter(|pool| View::installs(pool)).collect();
    for (pool, server) in servers(&installs) {
        steps.push(bootstrap(view, pool, server)?);
    }
    let updates = installs.iter().copied().filter(|pool| pool.cumulative_update != CumulativeUpdate::None);
    for (pool, server) in servers(&updates.collect::<Vec<_>>()) {
        steps.push(apply_update(view, pool, server)?);
    }
    for (pool, server) in servers(&installs) {
        steps.push(start(view, pool, server)?);
    }
    let changes = |pool: &&DeployedPool| View::joins(pool) && View::parts(pool);
    for (pool, server) in servers(&view.deployed().filter(changes).collect::<Vec<_>>()) {
        steps.push(restart(view, pool, server)?);
    }
    let standard = |pool: &&DeployedPool| pool.edition == Edition::Standard && pool.gains_central_management;
    for pool in view.deployed().filter(standard) {
        steps.push(before::store_database(view, pool, StepAction::StandardCentralManagement)?);
    }
    Ok(steps)
}

/// Every server with its pool, pool by pool.
fn servers<'a>(pools: &[&'a DeployedPool]) -> Vec<(&'a DeployedPool, &'a Fqdn)> {
    pools.iter().flat_map(|pool| pool.machines.iter().map(move |server| (*pool, server))).collect()
}

fn replicate(view: &View) -> Result<Option<Step>, RunbookError> {
    let servers = names(view.servers())?;
    if servers.is_empty() {
        return Ok(None);
    }
    let mut until = vec![format!("Test-Replica -On {servers} -By $Replicas")];
    if view.deployment.as_requested {
        until.push("& $Planned".to_owned());
    }
    let title = "Wait until every Front End has the published topology".to_owned();
    let step = view.step(StepAction::Replicate, None, &title, (NONE, 15));
    Ok(Some(Step { script: Script { until, ..Script::default() }, ..step }))
}

fn deploy(view: &View, pool: &DeployedPool) -> Result<Step, RunbookError> {
    let servers = names(&pool.machines)?;
    let mut by_hand = Vec::new();
    if let (true, Some(sql)) = (pool.gains_central_management, &pool.sql_instance) {
        let command = format!("Install-CsDatabase -CentralManagementDatabase {}", instance("", sql)?);
        by_hand.push(format!("First, once its SQL instance is there: {command}"));
    }
    let servers_to_set_up = pool.machines.iter().map(Fqdn::as_str).collect::<Vec<_>>().join(", ");
    by_hand.push(format!("With the Deployment Wizard and the current cumulative update set up {servers_to_set_up}"));
    let run = vec![format!("Assert-Yes {}", quote(&format!("Is {} set up?", pool.fqdn))?)];
    let until = vec![format!("Test-Replica -On {servers} -By $Replicas"), backup_service("Installed", &servers)];
    let title = format!("Set up the servers of {}", pool.fqdn);
    let step = view.step_of_pool(StepAction::Deploy, pool, &title, (NONE, 240));
    Ok(Step { script: Script { done: until, by_hand, run, ..Script::default() }, ..step })
}

/// A backup service that is there proves nothing: it may be left over from an earlier pair.
fn bootstrap(view: &View, pool: &DeployedPool, server: &Fqdn) -> Result<Step, RunbookError> {
    let mut run = Vec::new();
    if pool.backup_pool_after.is_some() {
        let shown = format!("{} -LocalStore", relationship(&pool.fqdn)?);
        let not_shown = "Write-Warning -Message \"the local store does not show the pair yet: $_\"";
        run.push(format!("try {{ {shown} }} catch {{ {not_shown} }}"));
    }
    run.extend(run_bootstrapper(pool)?);
    let done = vec![backup_service("Installed", &name(server)?)];
    let title = format!("Run Bootstrapper on {server}");
    let step = view.step_of_server(StepAction::Bootstrap, (pool, server), &title, (NONE_EXPECTED, 15));
    let script = Script { needs_record: true, done, run, ..Script::default() };
    Ok(Step { on: Some(server.clone()), script, ..step })
}

/// The call of Bootstrapper and the look at its exit code.
pub(super) fn run_bootstrapper(pool: &DeployedPool) -> Result<[String; 2], RunbookError> {
    let stop = "if ($LASTEXITCODE -ne 0) { throw \"Bootstrapper ended with exit code $LASTEXITCODE; read its log\" }";
    Ok([bootstrapper(pool)?, stop.to_owned()])
}

/// What users notice of Bootstrapper: the vendor's page names nothing.
const NONE_EXPECTED: &str = "none expected";
const DRAINED: &str = "drained first: its users move to the other servers of the pool";
const STOPPED: &str = "stopped gracefully: its users move to the other servers of the pool";
const DOWN: &str = "the pool is down meanwhile";

fn apply_update(view: &View, pool: &DeployedPool, server: &Fqdn) -> Result<Step, RunbookError> {
    let impact = match (pool.edition, pool.version) {
        (Edition::Standard, _) => DOWN,
        (Edition::Enterprise, ServiceVersion::LYNC_2013) => STOPPED,
        (Edition::Enterprise, _) => DRAINED,
    };
    let others: Vec<_> = pool.machines.iter().filter(|other| *other != server).collect();
    let mut script = Script {
        needs_record: true,
        other_window: pool.edition == Edition::Standard,
        done: vec![backup_service("InService", &name(server)?)],
        run: update(pool, server)?,
        ..Script::default()
    };
    if !others.is_empty() {
        script.ready = vec![backup_service("InService", &names(others)?)];
    }
    let title = format!("Apply the cumulative update again on {server}");
    let step = view.step_of_server(StepAction::Update, (pool, server), &title, (impact, 45));
    Ok(Step { on: Some(server.clone()), script, ..step })
}

fn start(view: &View, pool: &DeployedPool, server: &Fqdn) -> Result<Step, RunbookError> {
    let name = name(server)?;
    let mut script = Script {
        done: vec![backup_service("Running", &name)],
        run: vec![format!("Start-CsWindowsService -Name 'LYNCBACKUP' -ComputerName {name}")],
        ..Script::default()
    };
    if pool.gains_central_management {
        script.warn = ["MASTER", "FTA"]
            .map(|service| format!("{} -Name '{service}'", backup_service("Installed", &name)))
            .to_vec();
    }
    let title = format!("Start the backup service on {server}");
    Ok(Step { script, ..view.step_of_server(StepAction::Start, (pool, server), &title, (NONE, 5)) })
}

/// A service that ran for another partner reads the new one only when it starts.
fn restart(view: &View, pool: &DeployedPool, server: &Fqdn) -> Result<Step, RunbookError> {
    let name = name(server)?;
    let script = Script {
        needs_record: true,
        done: vec![backup_service("Running", &name)],
        run: vec![
            format!("Stop-CsWindowsService -Name 'LYNCBACKUP' -ComputerName {name}"),
            format!("Start-CsWindowsService -Name 'LYNCBACKUP' -ComputerName {name}"),
        ],
        ..Script::default()
    };
    let title = format!("Stop and start the backup service on {server}");
    Ok(Step { script, ..view.step_of_server(StepAction::Restart, (pool, server), &title, (NONE, 5)) })
}
