//! The pool itself: over, back, and what shows that it worked.

use super::case::{FailoverCase, LONGEST_WAIT, NONE};
use crate::failover::FailoverPool;
use crate::runbook::commands::{backup_service, name, names, partner};
use crate::runbook::error::{RunbookError, Steps};
use crate::runbook::quote::quote;
use crate::runbook::step::{RunbookKind, Script, Step, StepAction};
use crate::topology::Fqdn;

const SIGNED_OUT: &str =
    "users of the pool are signed out, and sign in at the partner in resiliency mode, then normally";
const CALLS_END: &str = "all calls and meetings of the pool's users end; they sign in at the partner";
const SIGNED_OUT_AGAIN: &str = "users are signed out and in again at home; conferences that they organise end";

/// The failover, and users who sign in.
pub(super) fn over(case: &FailoverCase<'_>) -> Steps {
    let pool = name(&case.pool().fqdn)?;
    let (mode, impact) = match case.kind {
        RunbookKind::Failover => (" -DisasterMode", SIGNED_OUT),
        _ => ("", CALLS_END),
    };
    let title = format!("Fail over {} to {}", case.pool().fqdn, case.partner().fqdn);
    // The page says that the cmdlet fails where the store is not failed over as a whole.
    let script = Script {
        needs_record: true,
        check: vec![format!("Test-CentralManagement -NotOn {} -By $Store", names(case.pool().names())?)],
        run: vec![format!("Invoke-CsPoolFailOver -PoolFqdn {pool}{mode} -Verbose")],
        again: again(case, &case.partner().fqdn),
        ..Script::default()
    };
    Ok(vec![case.step(StepAction::FailOver, None, &title, (impact, 20)).with(script), sign_in(case)?])
}

/// No cmdlet shows where the users of a pool are served.
fn again(case: &FailoverCase<'_>, at: &Fqdn) -> String {
    let pool = &case.pool().fqdn;
    format!("Did it go through: does a test user of {pool}, signed in at {at}, see the contacts?")
}

fn sign_in(case: &FailoverCase<'_>) -> Result<Step, RunbookError> {
    let pool = &case.pool().fqdn;
    let mut warn = vec![backup_service("InService", &names(&case.partner().machines)?)];
    if case.kind == RunbookKind::Rehearsal {
        warn.push(backup_service("Running", &case.all_front_ends()?));
        let partner = name(&case.partner().fqdn)?;
        warn.push(format!("Test-BackupStatus -By {{ Get-CsBackupServiceStatus -PoolFqdn {partner} }}"));
    }
    let question = format!(
        "Can a test user of {pool} sign in, see the contacts, call and join a meeting? \
         If not, run -Only 4-fail-over, then -Resume."
    );
    let script = Script {
        needs_record: true,
        warn,
        by_hand: vec![format!(
            "With a test user of {pool}: sign out and in, look at the contacts, call, join a meeting"
        )],
        run: vec![format!("Assert-Yes {}", quote(&question)?)],
        ..Script::default()
    };
    Ok(case.step(StepAction::SignIn, None, "Try it with a test user", (NONE, 5)).with(script))
}

/// The failback, and the content of conferences.
pub(super) fn back(case: &FailoverCase<'_>) -> Steps {
    let (pool, partner) = (name(&case.pool().fqdn)?, name(&case.partner().fqdn)?);
    let title = format!("Fail back {} from {}", case.pool().fqdn, case.partner().fqdn);
    let fail_back = Script {
        needs_record: true,
        run: vec![format!("Invoke-CsPoolFailBack -PoolFqdn {pool} -Verbose")],
        again: again(case, &case.pool().fqdn),
        ..Script::default()
    };
    let content = Script {
        run: vec![format!("Invoke-CsBackupServiceSync -PoolFqdn {partner} -BackupModule 'ConfServices.DataConf'")],
        until: vec![format!("Test-BackupStatus -By {{ Get-CsBackupServiceStatus -PoolFqdn {partner} }}")],
        wait_minutes: Some(LONGEST_WAIT),
        go_on: "content of conferences that is still on its way; Get-CsBackupServiceStatus shows it".to_owned(),
        ..Script::default()
    };
    let copied = format!("Copy the content of conferences from {} back", case.partner().fqdn);
    Ok(vec![
        case.step(StepAction::FailBack, None, &title, (SIGNED_OUT_AGAIN, 60)).with(fail_back),
        case.step(StepAction::Content, None, &copied, (NONE, 10)).with(content),
    ])
}

/// Both directions without a backlog, and the same data on both sides.
pub(super) fn after(case: &FailoverCase<'_>) -> Steps {
    let mut steps = statuses(case, StepAction::Status)?;
    steps.push(compare(case, StepAction::CompareAgain)?);
    Ok(steps)
}

pub(super) fn statuses(case: &FailoverCase<'_>, action: StepAction) -> Steps {
    case.failover.pools.iter().map(|pool| status(case, pool, action)).collect()
}

/// Which side hosts the store changes in the course of a rehearsal: its module may be idle on both.
fn status(case: &FailoverCase<'_>, pool: &FailoverPool, action: StepAction) -> Result<Step, RunbookError> {
    let store = if case.failover.central_management.is_in_pair { " -MayBeIdle 'CentralMgmt.CMSMaster'" } else { "" };
    let ask = format!("Get-CsBackupServiceStatus -PoolFqdn {}", name(&pool.fqdn)?);
    let script = Script {
        needs_record: true,
        until: vec![
            backup_service("Running", &case.all_front_ends()?),
            format!("Test-BackupStatus -By {{ {ask} }}{store}"),
        ],
        twice: true,
        wait_minutes: Some(LONGEST_WAIT),
        ..Script::default()
    };
    let title = format!("Wait until {} has no backlog", pool.fqdn);
    Ok(case.step(action, Some(&pool.fqdn), &title, (NONE, 10)).with(script))
}

pub(super) fn compare(case: &FailoverCase<'_>, action: StepAction) -> Result<Step, RunbookError> {
    let mut run = Vec::new();
    for pool in &case.failover.pools {
        run.push(format!("Debug-CsInterPoolReplication -PoolFqdn {}", name(&pool.fqdn)?));
    }
    run.push("Assert-Yes 'Do the answers say that the data of both pools is the same?'".to_owned());
    let script = Script { needs_record: true, run, ..Script::default() };
    Ok(case.step(action, None, "Compare the data of both pools", (NONE, 10)).with(script))
}

/// What has to be true at the end of each script.
pub(super) fn verify(case: &FailoverCase<'_>) -> Result<Step, RunbookError> {
    let (pool, other) = (&case.pool().fqdn, &case.partner().fqdn);
    let mut check = vec![partner(pool, Some(other), None)?, partner(other, Some(pool), None)?];
    let (title, next) = match case.kind {
        RunbookKind::Failover => {
            check = vec![format!("Test-CentralManagement -NotOn {} -By $Store", names(case.pool().names())?)];
            ("Check that nothing depends on the failed pool", "next, when the pool is healthy again: failback.ps1")
        }
        RunbookKind::Failback => {
            ("Check that both pools are as before", "Central Management may stay where it is, as the pages say")
        }
        _ => (
            "Check that both pools are as before",
            "for the record: date, window, operator, the times of steps 4 and 6 in the transcript, what users noticed, what was left behind, and what to change before the next rehearsal",
        ),
    };
    let warn = vec![
        backup_service("InService", &names(&case.partner().machines)?),
        "& $Store".to_owned(),
        format!("Write-Note {}", quote(next)?),
    ];
    let go_on = "the differences that are named".to_owned();
    Ok(case.step(StepAction::Verify, None, title, (NONE, 5)).with(Script { check, warn, go_on, ..Script::default() }))
}
