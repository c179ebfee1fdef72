//! What comes before anything changes: the yes, the rights, the back-ups, the drift, the health.

use super::{NONE, back_up};
use crate::plan::deployment::{DeployedPool, Edition};
use crate::runbook::commands::{active_store, backup_service, instance, name, names, store_databases};
use crate::runbook::error::{RunbookError, Steps};
use crate::runbook::quote::{QuoteError, one_line, quote};
use crate::runbook::step::{Script, Step, StepAction};
use crate::runbook::view::{Direction, View};
use crate::topology::{Fqdn, ServiceVersion};

pub(super) fn steps(view: &View) -> Steps {
    let mut steps = vec![confirm(view)?, rights(view)?];
    match view.direction {
        Direction::Undo => steps.push(find(view)?),
        Direction::Apply if view.deployment.as_requested => {}
        Direction::Apply => {
            steps.extend([back_up::step(view)?, drift(view)]);
            steps.extend(health(view)?);
        }
    }
    if view.by_cmdlet() && !view.deployment.as_requested {
        let enterprise = |pool: &&DeployedPool| pool.edition == Edition::Enterprise && pool.gains_central_management;
        for pool in view.deployed().filter(enterprise) {
            steps.push(store_database(view, pool, StepAction::CentralManagement)?);
        }
    }
    Ok(steps)
}

fn confirm(view: &View) -> Result<Step, RunbookError> {
    let deployment = &view.deployment;
    let mut check = vec!["Assert-Bundle -By $Hashes".to_owned()];
    for pool in &deployment.pools {
        check.push(format!("Write-Note {}", free(&fact(pool))?));
    }
    if view.direction == Direction::Undo {
        check.push("Assert-Yes 'Is this the change to take back, now?'".to_owned());
    } else {
        for allowed in &deployment.allowed {
            let text = format!("allowed: {}: {} Reason: {}", allowed.rule, allowed.message, allowed.reason);
            check.push(format!("Write-Warning -Message {}", free(&text)?));
        }
        if deployment.as_requested {
            let found = "the association was found as requested: nothing is published, and 6a-replicate is first";
            check.push(format!("Write-Note '  {found}'"));
        }
        check.push(
            "Assert-Yes 'Is this the reviewed plan, inside its maintenance window, with no pool failed over?'"
                .to_owned(),
        );
        for question in &deployment.questions {
            check.push(format!("Assert-Yes {}", free(question)?));
        }
    }
    let step = view.step(StepAction::Confirm, None, "Confirm the plan", (NONE, 10));
    Ok(Step { script: Script { check, ..Script::default() }, ..step })
}

/// A pool with its partner before and after, on one line.
fn fact(pool: &DeployedPool) -> String {
    let partner = |pool: &Option<Fqdn>| pool.as_ref().map_or("none", Fqdn::as_str).to_owned();
    let (before, after) = (partner(&pool.backup_pool_before), partner(&pool.backup_pool_after));
    let servers: Vec<_> = pool.machines.iter().map(Fqdn::as_str).collect();
    let (edition, product, site) = (pool.edition, pool.product_and_origin(), &pool.site);
    let deployed = if pool.deployed { "" } else { ", not set up yet" };
    format!(
        "{} ({edition:?} Edition, {product}, site {site}{deployed}): backup pool {before} -> {after}; Front Ends {}",
        pool.fqdn,
        servers.join(", ")
    )
}

fn free(text: &str) -> Result<String, QuoteError> {
    quote(&one_line(text))
}

fn rights(view: &View) -> Result<Step, RunbookError> {
    let servers = list(view.servers())?;
    let check = vec![format!("Assert-Right -On {servers} -By $Permission")];
    let step = view.step(StepAction::Rights, None, "Check the rights of this shell", (NONE, 5));
    Ok(Step { script: Script { check, ..Script::default() }, ..step })
}

/// The servers as a list of literals, also where there is none.
fn list<'a>(servers: impl IntoIterator<Item = &'a Fqdn>) -> Result<String, QuoteError> {
    let servers = names(servers)?;
    Ok(if servers.is_empty() { "@()".to_owned() } else { servers })
}

fn drift(view: &View) -> Step {
    let step = view.step(StepAction::Drift, None, "Check that nothing changed since the export", (NONE, 5));
    Step { script: Script { check: vec!["Assert-NoDrift".into()], ..Script::default() }, ..step }
}

fn find(view: &View) -> Result<Step, RunbookError> {
    let servers = list(view.servers())?;
    let losing = list(view.leaving().map(|(_, server)| server))?;
    let check = vec![format!("Find-Change -Servers {losing} -Service $Services -SimpleUrl $SimpleUrls")];
    let warn = vec![backup_service("InService", &servers)];
    let step = view.step(StepAction::Find, None, "Look at what is there", (NONE, 5));
    Ok(Step { script: Script { check, warn, ..Script::default() }, ..step })
}

/// Ports between pools and to the partner's file share; 9001 is told by field reports alone.
const PORTS: &str = "5061, 135, 9001";

/// Less free space than this on a Front End is warned of. No vendor page gives a number.
const FREE_GIGABYTES: u32 = 10;

fn health(view: &View) -> Result<Option<Step>, RunbookError> {
    let servers = names(view.servers())?;
    if servers.is_empty() {
        return Ok(None);
    }
    let mut warn = vec!["& $Previous".to_owned()];
    for pool in view.deployed().filter(|pool| pool.edition == Edition::Enterprise) {
        warn.push(format!("Get-CsPoolFabricState -PoolFqdn {}", name(&pool.fqdn)?));
    }
    if view.deployed().any(|pool| pool.version != ServiceVersion::LYNC_2013) {
        warn.push("Get-CsServerPatchVersion".to_owned());
    }
    let stores: Vec<_> = view.deployed().filter_map(|pool| Some(&pool.file_store.as_ref()?.host)).collect();
    warn.push(format!("Test-Port -On {servers} -Ports {PORTS}"));
    let edges = &view.deployment.edges;
    for (targets, port) in [(stores, 445), (edges.iter().collect(), 4443)] {
        if !targets.is_empty() {
            warn.push(format!("Test-Port -On {} -Ports {port}", names(targets)?));
        }
    }
    warn.push(format!("Test-Disk -On {servers} -Gigabytes {FREE_GIGABYTES} -By $Disks"));
    let mut check = vec![format!("Test-Replica -On {servers} -By $Replicas"), backup_service("InService", &servers)];
    check.extend(active_store(view)?);
    let done = vec![format!("Test-Position -Is '{}'", view.goal())];
    let step = view.step(StepAction::Health, None, "Check the health of the pools", (NONE, 20));
    Ok(Some(Step { script: Script { needs_record: true, done, check, warn, ..Script::default() }, ..step }))
}

/// The database of the standby Central Management store.
pub(super) fn store_database(view: &View, pool: &DeployedPool, action: StepAction) -> Result<Step, RunbookError> {
    let Some(sql) = &pool.sql_instance else {
        return Err(RunbookError::NoSqlInstance { pool: pool.fqdn.clone() });
    };
    let script = Script {
        done: vec![store_databases(sql)?],
        run: vec![format!("Install-CsDatabase -CentralManagementDatabase {}", instance("", sql)?)],
        ..Script::default()
    };
    let title = format!("Install the Central Management database for {}", pool.fqdn);
    Ok(Step { script, ..view.step_of_pool(action, pool, &title, (NONE, 10)) })
}
