//! The Central Management store goes first: everything that follows is written to it.

use super::case::{FailoverCase, LONGEST_WAIT, NONE};
use crate::failover::StoreTarget;
use crate::plan::deployment::BackEndInstance;
use crate::runbook::commands::{instance, name, names, relationship};
use crate::runbook::error::{RunbookError, Steps};
use crate::runbook::quote::quote;
use crate::runbook::step::{RunbookKind, Script, Step, StepAction};

pub(super) fn steps(case: &FailoverCase<'_>) -> Steps {
    Ok(vec![find(case)?, fail_over(case)?, replicas(case)?])
}

/// The three questions of the page. None of them stops the run: a store that is gone answers with an error.
fn find(case: &FailoverCase<'_>) -> Result<Step, RunbookError> {
    let host = case.failover.central_management.active.as_ref().unwrap_or(&case.pool().fqdn);
    let questions = [
        "Invoke-CsManagementServerFailover -WhatIf".to_owned(),
        format!("{} -LocalStore", relationship(host)?),
        "& $Store".to_owned(),
    ];
    let warn = questions.map(|ask| format!("try {{ {ask} }} catch {{ Write-Warning -Message \"no answer: $_\" }}"));
    let step = case.step(StepAction::FindStore, None, "Ask where the Central Management store is", (NONE, 3));
    Ok(step.with(Script { warn: warn.to_vec(), ..Script::default() }))
}

/// Where the store answers from outside the pool, nothing is left to do.
fn fail_over(case: &FailoverCase<'_>) -> Result<Step, RunbookError> {
    let store = &case.failover.central_management;
    let elsewhere = format!("Test-CentralManagement -NotOn {} -By $Store", names(case.pool().names())?);
    let planned = case.kind != RunbookKind::Failover;
    let Some(target) = store.target.as_ref().filter(|_| store.is_in_pair || !planned) else {
        let title = "Check that the Central Management store answers";
        let step = case.step(StepAction::FailOverStore, None, title, (NONE, 5));
        return Ok(step.with(Script { check: vec![elsewhere], ..Script::default() }));
    };
    let there = target.machines.iter().filter(|machine| **machine != target.pool);
    let there = names(std::iter::once(&target.pool).chain(there))?;
    let script = Script {
        done: vec![elsewhere],
        run: if planned { vec!["Invoke-CsManagementServerFailover".to_owned()] } else { in_disaster(target)? },
        until: vec![format!("Test-CentralManagement -On {there} -By $Store")],
        wait_minutes: Some(LONGEST_WAIT),
        ..Script::default()
    };
    let title = format!("Fail over the Central Management store to {}", target.pool);
    let on = target.machines.first().filter(|_| !store.is_in_pair).cloned();
    Ok(Step { on, ..case.step(StepAction::FailOverStore, None, &title, (NONE, 10)).with(script) })
}

/// The command for a store that is gone. `-Force` and the names of the databases belong to it; the page of the cmdlet
/// says so, and FO leaves them out.
fn in_disaster(target: &StoreTarget) -> Result<Vec<String>, RunbookError> {
    let unknown = || RunbookError::NoSqlInstance { pool: target.pool.clone() };
    let sql = target.sql_instance.as_ref().ok_or_else(unknown)?;
    let mut lines = Vec::new();
    let mut databases = instance("Backup", sql)?;
    if target.is_mirrored {
        let pool = name(&target.pool)?;
        lines.push(format!("Get-CsDatabaseMirrorState -DatabaseType Centralmgmt -PoolFqdn {pool} -LocalStore"));
        let mirror = match &target.mirror {
            Some(mirror) => instance("BackupMirror", &BackEndInstance { server: mirror.clone(), ..sql.clone() })?,
            None => {
                lines.push("$mirror = Read-Host -Prompt 'Type the SQL server that holds the mirror'".to_owned());
                match sql.instance.as_str() {
                    "" => "-BackupMirrorSqlServerFqdn $mirror".to_owned(),
                    name => format!("-BackupMirrorSqlServerFqdn $mirror -BackupMirrorSqlInstanceName {}", quote(name)?),
                }
            }
        };
        databases = format!("{databases} {mirror}");
    }
    lines.push(format!("Invoke-CsManagementServerFailover {databases} -Force"));
    Ok(lines)
}

/// Only the partner's Front Ends are waited for; the rows of all others are shown.
fn replicas(case: &FailoverCase<'_>) -> Result<Step, RunbookError> {
    let script = Script {
        warn: vec!["& $Replicas".to_owned()],
        until: vec![format!("Test-Replica -On {} -By $Replicas", names(&case.partner().machines)?)],
        wait_minutes: Some(LONGEST_WAIT),
        go_on: "the Front Ends that are named; they follow when they can".to_owned(),
        ..Script::default()
    };
    let title = format!("Wait until the Front Ends of {} are up to date", case.partner().fqdn);
    Ok(case.step(StepAction::StoreReplicas, None, &title, (NONE, 10)).with(script))
}
