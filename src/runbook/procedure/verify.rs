//! The result is what was planned.

use super::NONE;
use crate::plan::deployment::Edition;
use crate::runbook::commands::{active_store, backup_service, names, store_databases};
use crate::runbook::error::Steps;
use crate::runbook::quote::quote;
use crate::runbook::step::{Script, Step, StepAction};
use crate::runbook::view::{Direction, View};

pub(super) fn steps(view: &View) -> Steps {
    let mut check = vec![format!("& ${}", if view.direction == Direction::Apply { "Planned" } else { "Previous" })];
    if view.by_cmdlet() && !view.deployment.as_requested {
        check.push(format!("Test-Position -Is '{}'", view.goal()));
    }
    if !view.deployment.as_requested {
        check.push("Test-SimpleUrl -By $SimpleUrls".to_owned());
    }
    check.extend(active_store(view)?);
    let servers = names(view.servers())?;
    let in_service = Some(backup_service("InService", &servers)).filter(|_| !servers.is_empty());
    // What a run left stopped is no part of the pair: an undo says it, and has nothing more to take back.
    let (needed, told) = if view.direction == Direction::Apply { (in_service, None) } else { (None, in_service) };
    check.extend(needed);
    let mut warn = Vec::from_iter(told);
    // Where Topology Builder publishes, its wizard makes the database of an Enterprise pool, and no step of this run.
    for pool in view.deployed().filter(|pool| pool.gains_central_management && pool.edition == Edition::Enterprise) {
        warn.extend(pool.sql_instance.as_ref().map(store_databases).transpose()?);
    }
    warn.push("Test-CsTopology -Report (Get-ReportPath 'topology-test.html')".to_owned());
    let next = view.deployment.failover_commands().next().filter(|_| view.direction == Direction::Apply);
    if let Some(command) = next {
        check.push(format!("Write-Note {}", quote(&format!("next, for each pool, with a new export: {command}"))?));
    }
    let title = match view.direction {
        Direction::Apply => "Check that the result is what was planned",
        Direction::Undo => "Check that the change is taken back",
    };
    let step = view.step(StepAction::Verify, None, title, (NONE, 15));
    Ok(vec![Step { script: Script { check, warn, ..Script::default() }, ..step }])
}
