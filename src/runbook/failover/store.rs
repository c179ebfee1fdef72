//! The Central Management store, which is first because all later changes are written to it.

use super::{FailoverCase, LONGEST_WAIT, REPEATABLE};
use crate::failover::StoreTarget;
use crate::runbook::commands::{instance, instance_on, name, relationship, replicas, store_is};
use crate::runbook::step::{BY_SERVER_ADMIN, RunbookKind, Script, Step, StepKind};

pub(super) fn steps(case: &FailoverCase<'_>) -> Vec<Step> {
    vec![find(case), fail_over(case), follow(case)]
}

const FIND: StepKind = StepKind {
    number: "1",
    name: "store",
    heading: "Find the Central Management store (FO 1 to 3)",
    minutes: 3,
    expected: "the pool that hosts it, that pool's partner, and whether it answers; an error counts as an answer",
    on_failure: "continue: step 2 asks again",
    rollback: "only asks",
    ..BY_SERVER_ADMIN
};

/// The three queries of the page. None of them stops the run, since a lost store answers with an error.
fn find(case: &FailoverCase<'_>) -> Step {
    let host = case.failover.central_management.active.as_ref().unwrap_or(&case.pool().fqdn);
    let questions = [
        "Invoke-CsManagementServerFailover -WhatIf".to_owned(),
        format!("{} -LocalStore", relationship(host)),
        "& $Store".to_owned(),
    ];
    let warn = questions.map(|ask| format!("try {{ {ask} }} catch {{ Write-Warning -Message \"no answer: $_\" }}"));
    let title = "Ask where the Central Management store is";
    Step::new(FIND, None, title, Script { warn: warn.to_vec(), ..Script::default() })
}

const FAIL_OVER: StepKind = StepKind {
    number: "2",
    name: "store",
    heading: "Fail over the Central Management store, where it is in the pool or does not answer (FO 4 and 5)",
    minutes: 10,
    expected: "nothing to do where the store answers from outside the pool; otherwise both properties name the new pool",
    on_failure: "read the message; ask whether SQL of the pool it goes to is up; then -Resume",
    rollback: "the store may stay where it is",
    ..BY_SERVER_ADMIN
};

/// If the store answers from outside the pool, nothing is left to do.
fn fail_over(case: &FailoverCase<'_>) -> Step {
    let store = &case.failover.central_management;
    let elsewhere = vec![case.store_is_elsewhere()];
    let planned = case.kind != RunbookKind::Failover;
    let Some(target) = store.target.as_ref().filter(|_| store.is_in_pair || !planned) else {
        let title = "Check that the Central Management store answers";
        let script = Script { check: elsewhere, ..Script::default() };
        return Step::new(StepKind { minutes: 5, ..FAIL_OVER }, None, title, script);
    };
    let script = Script {
        done: elsewhere,
        run: if planned { vec!["Invoke-CsManagementServerFailover".to_owned()] } else { in_disaster(target) },
        until: vec![store_is("-On", &target.pool, &target.machines)],
        wait_minutes: Some(LONGEST_WAIT),
        ..Script::default()
    };
    let title = format!("Fail over the Central Management store to {}", target.pool);
    let on = target.machines.first().filter(|_| !store.is_in_pair).cloned();
    Step { on, ..Step::new(FAIL_OVER, None, &title, script) }
}

/// The command for a store that is gone. `-Force` and the names of the databases belong to it; the page of the cmdlet
/// says so, and FO leaves them out. A store without an instance was refused.
fn in_disaster(target: &StoreTarget) -> Vec<String> {
    let Some(sql) = &target.sql_instance else { return Vec::new() };
    let mut lines = Vec::new();
    let mut databases = instance("Backup", sql);
    if target.is_mirrored {
        let pool = name(&target.pool);
        lines.push(format!("Get-CsDatabaseMirrorState -DatabaseType Centralmgmt -PoolFqdn {pool} -LocalStore"));
        let ask = || {
            lines.push("$mirror = Read-Host -Prompt 'Type the SQL server that holds the mirror'".to_owned());
            "$mirror".to_owned()
        };
        let mirror = target.mirror.as_ref().map_or_else(ask, name);
        databases = format!("{databases} {}", instance_on("BackupMirror", &mirror, &sql.instance));
    }
    lines.push(format!("Invoke-CsManagementServerFailover {databases} -Force"));
    lines
}

pub(super) const REPLICAS: StepKind = StepKind {
    number: "2a",
    name: "replicate",
    heading: "Wait until the partner's Front Ends follow the store (FO 5)",
    expected: "up to date; after ten minutes the script continues and names the servers that are behind",
    on_failure: "REPLICA of the server that is named; to an Edge Server TCP 4443 from the pool that hosts the store",
    ..REPEATABLE
};

/// Only the partner's Front Ends are waited for; the rows of all others are shown.
fn follow(case: &FailoverCase<'_>) -> Step {
    let script = Script {
        warn: vec!["& $Replicas".to_owned()],
        until: vec![replicas(&case.partner().machines)],
        wait_minutes: Some(LONGEST_WAIT),
        go_on: "the Front Ends that are named; they follow when they can".to_owned(),
        ..Script::default()
    };
    let title = format!("Wait until the Front Ends of {} are up to date", case.partner().fqdn);
    Step::new(REPLICAS, None, &title, script)
}
