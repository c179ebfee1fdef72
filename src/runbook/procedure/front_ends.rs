//! On the Front Ends: replication, set-up, Bootstrapper, the cumulative update, the backup service.

use super::before::{STANDARD_CENTRAL_MANAGEMENT, store_databases_of};
use super::{BY_LOCAL_ADMIN, UNDONE};
use crate::plan::deployment::{CumulativeUpdate, DeployedPool, Edition};
use crate::runbook::commands::{backup_service, bootstrapper, instance, name, relationship, replicas, update};
use crate::runbook::quote::quote;
use crate::runbook::step::{Script, Step, StepKind};
use crate::runbook::view::View;
use crate::topology::{Fqdn, ServiceVersion};

pub(super) fn steps(view: &View) -> Vec<Step> {
    let mut steps = Vec::from_iter(replicate(view));
    steps.extend(view.undeployed().map(|pool| deploy(view, pool)));
    let installs = servers(view, View::installs);
    let updates = installs.iter().filter(|(pool, _)| pool.cumulative_update != CumulativeUpdate::None);
    steps.extend(installs.iter().map(|(pool, server)| bootstrap(view, pool, server)));
    steps.extend(updates.map(|(pool, server)| apply_update(view, pool, server)));
    steps.extend(installs.iter().map(|(pool, server)| start(view, pool, server)));
    steps.extend(servers(view, View::changes).into_iter().map(|(_, server)| restart(view, server)));
    steps.extend(store_databases_of(view, Edition::Standard, STANDARD_CENTRAL_MANAGEMENT));
    steps
}

/// Every server of some pools with its pool, pool by pool.
fn servers(view: &View, is_one: fn(&DeployedPool) -> bool) -> Vec<(&DeployedPool, &Fqdn)> {
    let pools = view.deployed().filter(|pool| is_one(pool));
    pools.flat_map(|pool| pool.machines.iter().map(move |server| (pool, server))).collect()
}

const REPLICATE: StepKind = StepKind {
    number: "6a",
    name: "replicate",
    heading: "Wait until every Front End has the topology",
    minutes: 15,
    expected: "every Front End is up to date",
    on_failure: "look at the service REPLICA and TCP 445 of the server that is named",
    left_behind: "the named servers; they get the topology when they are back",
    ..UNDONE
};

fn replicate(view: &View) -> Option<Step> {
    let servers = view.servers();
    if servers.is_empty() {
        return None;
    }
    let mut until = vec![replicas(servers)];
    if view.deployment.as_requested {
        until.push("& $Planned".to_owned());
    }
    let title = "Wait until every Front End has the published topology";
    Some(view.step(REPLICATE, None, title, Script { until, ..Script::default() }))
}

const DEPLOY: StepKind = StepKind {
    number: "7",
    name: "deploy",
    heading: "Set up the pool that is not deployed yet, in place of the steps below for its servers",
    minutes: 240,
    expected: "every Front End is up to date and has LYNCBACKUP",
    on_failure: "finish the Deployment Wizard on the server that is named",
    ..BY_LOCAL_ADMIN
};

fn deploy(view: &View, pool: &DeployedPool) -> Step {
    let mut by_hand = Vec::new();
    if let (true, Some(sql)) = (pool.gains_central_management, &pool.sql_instance) {
        let command = format!("Install-CsDatabase -CentralManagementDatabase {}", instance("", sql));
        by_hand.push(format!("First, once its SQL instance is there: {command}"));
    }
    let servers = pool.machines.iter().map(Fqdn::as_str).collect::<Vec<_>>().join(", ");
    by_hand.push(format!("With the Deployment Wizard and the current cumulative update set up {servers}"));
    let script = Script {
        done: vec![replicas(&pool.machines), backup_service("Installed", &pool.machines)],
        by_hand,
        run: vec![format!("Assert-Yes {}", quote(&format!("Is {} set up?", pool.fqdn)))],
        ..Script::default()
    };
    view.step(DEPLOY, Some(&pool.fqdn), &format!("Set up the servers of {}", pool.fqdn), script)
}

const BOOTSTRAP: StepKind = StepKind {
    number: "8",
    name: "bootstrap",
    heading: "On every Front End of the new pair, run Bootstrapper",
    // The vendor's page names nothing.
    impact: "none expected",
    minutes: 15,
    expected: "exit code 0, and the service LYNCBACKUP exists",
    on_failure: "read Bootstrapper's log; Get-CsPoolBackupRelationship -LocalStore there shows whether the topology has arrived; safe to repeat",
    left_behind: SERVICE_OF_SERVER,
    ..BY_LOCAL_ADMIN
};
const SERVICE_OF_SERVER: &str =
    "the backup service of that server; run this script with -Resume when the server is back";

/// An existing backup service proves nothing: it may be left over from an earlier pair.
fn bootstrap(view: &View, pool: &DeployedPool, server: &Fqdn) -> Step {
    let mut run = Vec::new();
    if pool.backup_pool_after.is_some() {
        let shown = format!("{} -LocalStore", relationship(&pool.fqdn));
        let not_shown = "Write-Warning -Message \"the local store does not show the pair yet: $_\"";
        run.push(format!("try {{ {shown} }} catch {{ {not_shown} }}"));
    }
    run.extend(bootstrapper(pool));
    let done = vec![backup_service("Installed", [server])];
    let script = Script { needs_record: true, done, run, ..Script::default() };
    let step = view.step(BOOTSTRAP, Some(server), &format!("Run Bootstrapper on {server}"), script);
    Step { on: Some(server.clone()), ..step }
}

pub(super) const UPDATE: StepKind = StepKind {
    number: "9",
    name: "update",
    heading: "After all of them: on every Front End, apply the cumulative update again, one server at a time",
    minutes: 45,
    expected: "exit code 0, every service runs, the component builds are equal; the databases of an Enterprise pool are left out because the same update is applied again (ours, not the page's)",
    on_failure: "after exit code 2 or 3010 restart the server, then -Resume; services stay disabled across a restart until the fail-back",
    rollback: "an update is not rolled back, and need not be",
    left_behind: SERVICE_OF_SERVER,
    ..BY_LOCAL_ADMIN
};

fn apply_update(view: &View, pool: &DeployedPool, server: &Fqdn) -> Step {
    let impact = match (pool.edition, pool.version) {
        (Edition::Standard, _) => "the pool is down during this step",
        (Edition::Enterprise, ServiceVersion::LYNC_2013) => {
            "stopped gracefully: its users move to the other servers of the pool"
        }
        (Edition::Enterprise, _) => "drained first: its users move to the other servers of the pool",
    };
    let others: Vec<_> = pool.machines.iter().filter(|other| *other != server).collect();
    let ready = if others.is_empty() { Vec::new() } else { vec![backup_service("InService", others)] };
    let script = Script {
        needs_record: true,
        updates: true,
        other_window: pool.edition == Edition::Standard,
        done: vec![backup_service("InService", [server])],
        ready,
        run: update(pool, server),
        ..Script::default()
    };
    let title = format!("Apply the cumulative update again on {server}");
    let step = view.step(StepKind { impact, ..UPDATE }, Some(server), &title, script);
    Step { on: Some(server.clone()), ..step }
}

pub(super) const START: StepKind = StepKind {
    number: "10",
    name: "start",
    heading: "On every Front End, start the backup service",
    expected: "LYNCBACKUP runs",
    on_failure: "read the event log Lync Server there; an un-patched backup service crashes: apply the update first",
    left_behind: SERVICE_OF_SERVER,
    ..UNDONE
};

fn start(view: &View, pool: &DeployedPool, server: &Fqdn) -> Step {
    let installed = |service| format!("{} -Name '{service}'", backup_service("Installed", [server]));
    let script = Script {
        done: vec![backup_service("Running", [server])],
        warn: if pool.gains_central_management { ["MASTER", "FTA"].map(installed).to_vec() } else { Vec::new() },
        run: vec![format!("Start-CsWindowsService -Name 'LYNCBACKUP' -ComputerName {}", name(server))],
        ..Script::default()
    };
    view.step(START, Some(server), &format!("Start the backup service on {server}"), script)
}

pub(super) const RESTART: StepKind = StepKind {
    number: "24",
    name: "restart",
    heading: "On every Front End of the pool that stays, stop and start the backup service",
    expected: "LYNCBACKUP runs again, for the new partner",
    on_failure: "read the event log Lync Server there",
    ..START
};

/// A service that ran for another partner picks up the new one only when it starts.
fn restart(view: &View, server: &Fqdn) -> Step {
    let command = |verb| format!("{verb}-CsWindowsService -Name 'LYNCBACKUP' -ComputerName {}", name(server));
    let script = Script {
        needs_record: true,
        done: vec![backup_service("Running", [server])],
        run: ["Stop", "Start"].map(command).to_vec(),
        ..Script::default()
    };
    view.step(RESTART, Some(server), &format!("Stop and start the backup service on {server}"), script)
}
