//! The last steps: a pool without a partner loses the backup service, a former partner's copies are removed, and the
//! result is checked.

use super::{BY_LOCAL_ADMIN, UNDONE};
use crate::plan::deployment::{DeployedPool, Edition};
use crate::runbook::commands::{active_store, backup_service, bootstrapper, name, partner, store_databases};
use crate::runbook::quote::quote;
use crate::runbook::step::{BY_SERVER_ADMIN, Script, Step, StepKind};
use crate::runbook::view::View;
use crate::topology::Fqdn;

pub(super) fn steps(view: &View) -> Vec<Step> {
    let removals = view.leaving().map(|(pool, server)| remove(view, pool, server));
    let former = view.deployed().filter(|pool| View::parts(pool));
    removals.chain(former.map(|pool| remove_copies(view, pool))).chain([verify(view)]).collect()
}

const REMOVE: StepKind = StepKind {
    number: "I",
    name: "bootstrap",
    heading: "On every Front End of a pool without a partner, run Bootstrapper, which removes the backup service",
    impact: "none expected",
    minutes: 15,
    expected: "exit code 0, and the service LYNCBACKUP is gone",
    on_failure: "read Bootstrapper's log; safe to repeat",
    left_behind: "the backup service on that server; run Bootstrapper there when it is back",
    ..BY_LOCAL_ADMIN
};

fn remove(view: &View, pool: &DeployedPool, server: &Fqdn) -> Step {
    let script = Script {
        needs_record: !view.is_undo,
        done: vec![backup_service("Absent", [server])],
        run: bootstrapper(pool).to_vec(),
        ..Script::default()
    };
    let title = format!("Run Bootstrapper on {server}, to remove the backup service");
    Step { on: Some(server.clone()), ..view.step(REMOVE, Some(server), &title, script) }
}

const REMOVE_COPIES: StepKind = StepKind {
    number: "J",
    name: "remove-copies",
    heading: "Remove the former partner's copies (ABC 21; here after the change, as the cmdlet's page says)",
    minutes: 10,
    expected: "the cmdlet ends without an error",
    on_failure: "run it again later",
    rollback: "the copies come back with a new pairing",
    left_behind: "copies of the former partner's user data; run the cmdlet later",
    ..BY_SERVER_ADMIN
};

fn remove_copies(view: &View, pool: &DeployedPool) -> Step {
    let script = Script {
        needs_record: true,
        check: vec![partner(&pool.fqdn, None, pool.backup_pool_before.as_ref())],
        run: vec![format!("Remove-CsUserStoreBackupData -PoolFqdn {}", name(&pool.fqdn))],
        ..Script::default()
    };
    let title = format!("Remove the former partner's user data from {}", pool.fqdn);
    view.step(REMOVE_COPIES, Some(&pool.fqdn), &title, script)
}

const VERIFY: StepKind = StepKind {
    number: "Z",
    name: "verify",
    heading: "Check the result",
    minutes: 15,
    expected: "associations, voice settings and simple URLs as planned; the topology test reports no error",
    on_failure: "compare in Topology Builder, and correct it there; what an update left stopped comes back with `Invoke-CsComputerFailBack -ComputerName`, on a Standard Edition server with `net start w3svc` and `Start-CsWindowsService`",
    left_behind: "the differences that are named",
    ..UNDONE
};

fn verify(view: &View) -> Step {
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
        // Services that a run left stopped are not part of the pair: an undo reports them, and has nothing else to undo.
        let wanted = if view.is_undo { &mut warn } else { &mut check };
        wanted.push(backup_service("InService", servers));
    }
    // If Topology Builder publishes, its wizard creates the database of an Enterprise pool, not a step of this run.
    let gains = view.deployed().filter(|pool| pool.gains_central_management && pool.edition == Edition::Enterprise);
    warn.extend(gains.filter_map(|pool| pool.sql_instance.as_ref()).map(store_databases));
    warn.push("Test-CsTopology -Report (Get-ReportPath 'topology-test.html')".to_owned());
    if let Some(command) = view.deployment.failover_commands().next().filter(|_| !view.is_undo) {
        check.push(format!("Write-Note {}", quote(&format!("next, for each pool, with a new export: {command}"))));
    }
    let title = match view.is_undo {
        true => "Check that the change is undone",
        false => "Check that the result is what was planned",
    };
    view.step(VERIFY, None, title, Script { check, warn, ..Script::default() })
}
