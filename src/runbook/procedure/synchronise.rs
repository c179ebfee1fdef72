//! Each pool pushes its data to its partner until neither direction has a backlog.

use super::UNDONE;
use super::front_ends::{RESTART, START, UPDATE};
use crate::plan::deployment::{CentralManagement, CumulativeUpdate, DeployedPool};
use crate::runbook::commands::{backup_service, backup_status, name, names};
use crate::runbook::step::{Script, Step, StepKind};
use crate::runbook::view::View;

pub(super) fn steps(view: &View) -> Vec<Step> {
    let linked = view.linked();
    let pushes = linked.iter().map(|pool| push(view, pool));
    pushes.chain(linked.iter().map(|pool| status(view, pool))).collect()
}

const SYNCHRONISE: StepKind = StepKind {
    number: "11",
    name: "synchronise",
    heading: "Synchronise each pool with its partner: the call pushes from the pool that it names",
    minutes: 10,
    expected: "the cmdlet ends without an error",
    on_failure: "read its error; safe to repeat",
    left_behind: "a direction that has a backlog; Get-CsBackupServiceStatus shows it",
    ..UNDONE
};

fn push(view: &View, pool: &DeployedPool) -> Step {
    let mut check = still_running(view, &[pool]);
    if check.is_empty() {
        check.push(backup_service("Running", &pool.machines));
    }
    let run = vec![format!("Invoke-CsBackupServiceSync -PoolFqdn {}", name(&pool.fqdn))];
    let title = format!("Push the data of {} to its partner", pool.fqdn);
    let script = Script { needs_record: true, check, run, ..Script::default() };
    view.step(SYNCHRONISE, Some(&pool.fqdn), &title, script)
}

const STATUS: StepKind = StepKind {
    number: "11a",
    name: "status",
    heading: "Wait until both directions have no backlog",
    minutes: 30,
    expected: "SteadyState or FinalState, and NormalState, twice, one sync interval apart",
    on_failure: "see Troubleshooting, then -Resume",
    ..SYNCHRONISE
};

/// Each direction watches the backup services of both pools, since the receiving one has to run too.
fn status(view: &View, pool: &DeployedPool) -> Step {
    let partner = view.partner(pool);
    let both: Vec<_> = [Some(pool), partner].into_iter().flatten().collect();
    let active = |pool: &DeployedPool| pool.central_management_after() == CentralManagement::Active;
    let store = match partner {
        _ if active(pool) => " -Also 'CentralMgmt.CMSMaster'",
        Some(partner) if active(partner) => " -MayBeIdle 'CentralMgmt.CMSMaster'",
        _ => "",
    };
    let mut until = still_running(view, &both);
    until.push(format!("{} -With $Settings{store}", backup_status(&pool.fqdn)));
    let title = format!("Wait until {} has no backlog", pool.fqdn);
    view.step(STATUS, Some(&pool.fqdn), &title, Script { until, twice: true, ..Script::default() })
}

/// The tests of the services of these pools, grouped by the steps that restart them.
fn still_running(view: &View, pools: &[&DeployedPool]) -> Vec<String> {
    let starts = |pool: &&DeployedPool| pool.deployed && (View::installs(pool) || View::joins(pool));
    let pools: Vec<_> = pools.iter().copied().filter(starts).collect();
    let alike = pools.chunk_by(|one, other| retry(view, one) == retry(view, other));
    let test = |pools: &[&DeployedPool]| {
        let servers = names(pools.iter().flat_map(|pool| &pool.machines));
        format!("Test-Service -Is 'StillRunning' -GoOnWith {} -On {servers} -By $Services", retry(view, pools[0]))
    };
    alike.map(test).collect()
}

/// The steps that start a server's backup service again; the last one applies if the update is left out.
fn retry(view: &View, pool: &DeployedPool) -> String {
    let kinds: &[StepKind] = match pool.cumulative_update {
        _ if !View::installs(pool) => &[RESTART],
        CumulativeUpdate::None => &[START],
        _ => &[UPDATE, START],
    };
    kinds.iter().map(|kind| format!("'{}'", view.numbered(*kind).id())).collect::<Vec<_>>().join(", ")
}
