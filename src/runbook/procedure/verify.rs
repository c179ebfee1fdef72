//! The result is what was planned.

use super::UNDO;
use crate::plan::deployment::Edition;
use crate::runbook::commands::{active_store, backup_service, store_databases};
use crate::runbook::quote::quote;
use crate::runbook::step::{BY_SERVER_ADMIN, Script, Step, StepKind};
use crate::runbook::view::View;

const VERIFY: StepKind = StepKind {
    number: "Z",
    name: "verify",
    heading: "Check the result",
    minutes: 15,
    expected: "associations, voice settings and simple URLs as wanted; the topology test reports no error",
    on_failure: "compare in Topology Builder, and correct it there; what an update left stopped comes back with `Invoke-CsComputerFailBack -ComputerName`, on a Standard Edition server with `net start w3svc` and `Start-CsWindowsService`",
    rollback: UNDO,
    left_behind: "the differences that are named",
    ..BY_SERVER_ADMIN
};

pub(super) fn step(view: &View) -> Step {
    let mut check = vec![format!("& ${}", if view.is_undo { "Previous" } else { "Planned" })];
    if view.by_cmdlet() && !view.deployment.as_requested {
        check.push(format!("Test-Position -Is '{}'", view.goal()));
    }
    if !view.deployment.as_requested {
        check.push("Test-SimpleUrl -By $SimpleUrls".to_owned());
    }
    check.extend(active_store(view));
    let mut warn = Vec::new();
    let servers = view.servers();
    if !servers.is_empty() {
        // What a run left stopped is no part of the pair: an undo says it, and has nothing more to take back.
        let wanted = if view.is_undo { &mut warn } else { &mut check };
        wanted.push(backup_service("InService", servers));
    }
    // Where Topology Builder publishes, its wizard makes the database of an Enterprise pool, and no step of this run.
    let gains = view.deployed().filter(|pool| pool.gains_central_management && pool.edition == Edition::Enterprise);
    warn.extend(gains.filter_map(|pool| pool.sql_instance.as_ref()).map(store_databases));
    warn.push("Test-CsTopology -Report (Get-ReportPath 'topology-test.html')".to_owned());
    if let Some(command) = view.deployment.failover_commands().next().filter(|_| !view.is_undo) {
        check.push(format!("Write-Note {}", quote(&format!("next, for each pool, with a new export: {command}"))));
    }
    let title = match view.is_undo {
        true => "Check that the change is taken back",
        false => "Check that the result is what was planned",
    };
    view.step(VERIFY, None, title, Script { check, warn, ..Script::default() })
}
