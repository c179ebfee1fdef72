//! The pool itself: failover, failback, and the checks of both.

use super::{FAIL_BACK, FailoverCase, LONGEST_WAIT, REPEATABLE};
use crate::failover::FailoverPool;
use crate::runbook::commands::{backup_service, backup_status, name, partner};
use crate::runbook::quote::quote;
use crate::runbook::step::{BEFORE, BY_OPERATOR, BY_SERVER_ADMIN, RunbookKind, Script, Step, StepKind};
use crate::topology::Fqdn;

const FAIL_OVER: StepKind = StepKind {
    number: "4",
    name: "fail-over",
    heading: "Fail over the pool (FO 7)",
    impact: "users of the pool are signed out, and sign in at the partner in resiliency mode, then normally",
    minutes: 20,
    expected: "the cmdlet ends without an error",
    on_failure: "see Troubleshooting; repair what it names, then -Resume, which asks whether it went through all the same; after a no it runs again, as FO 7 says (no page says what a repeat does to a pool that is failed over)",
    rollback: FAIL_BACK,
    ..BY_SERVER_ADMIN
};

/// The failover, and users who sign in.
pub(super) fn over(case: &FailoverCase<'_>) -> Vec<Step> {
    let pool = name(&case.pool().fqdn);
    let planned = "all calls and meetings of the pool's users end; they sign in at the partner";
    let (mode, kind) = match case.kind {
        RunbookKind::Failover => (" -DisasterMode", FAIL_OVER),
        _ => ("", StepKind { impact: planned, ..FAIL_OVER }),
    };
    let title = format!("Fail over {} to {}", case.pool().fqdn, case.partner().fqdn);
    // The page says that the cmdlet fails where the store is not failed over as a whole.
    let script = Script {
        needs_record: true,
        check: vec![case.store_is_elsewhere()],
        run: vec![format!("Invoke-CsPoolFailOver -PoolFqdn {pool}{mode} -Verbose")],
        again: again(case, &case.partner().fqdn),
        ..Script::default()
    };
    vec![Step::new(kind, None, &title, script), sign_in(case)]
}

/// No cmdlet shows which pool serves the users.
fn again(case: &FailoverCase<'_>, at: &Fqdn) -> String {
    let pool = &case.pool().fqdn;
    format!("Did it go through: does a test user of {pool}, signed in at {at}, see the contacts?")
}

pub(in crate::runbook) const SIGN_IN: StepKind = StepKind {
    number: "5",
    name: "sign-in",
    heading: "Check that users can sign in",
    expected: "signed in at the backup pool, with contacts and not in resiliency mode",
    on_failure: "services of the backup pool; its web and DNS names",
    rollback: FAIL_BACK,
    ..BY_OPERATOR
};

fn sign_in(case: &FailoverCase<'_>) -> Step {
    let pool = &case.pool().fqdn;
    let mut warn = vec![backup_service("InService", &case.partner().machines)];
    if case.kind == RunbookKind::Rehearsal {
        warn.push(backup_service("Running", case.all_front_ends()));
        warn.push(backup_status(&case.partner().fqdn));
    }
    let question = format!(
        "Can a test user of {pool} sign in, see the contacts, call and join a meeting? \
         If not, run -Only 4-fail-over, then -Resume."
    );
    let script = Script {
        needs_record: true,
        warn,
        by_hand: vec![format!("With a test user of {pool}: sign out and in, check the contacts, call, join a meeting")],
        run: vec![format!("Assert-Yes {}", quote(&question))],
        ..Script::default()
    };
    Step::new(SIGN_IN, None, "Test it with a test user", script)
}

const FAILING_BACK: StepKind = StepKind {
    number: "6",
    name: "fail-back",
    heading: "Fail back the pool (FO: its last section)",
    impact: "users are signed out and in again at home; conferences that they organise end",
    minutes: 60,
    expected: "the cmdlet ends without an error; up to 60 minutes for a pool of 20,000 users",
    on_failure: "repair what it names, then -Resume, which asks whether it went through all the same, and runs it again after a no; -DisasterMode is for a lost backup pool, and loses what users did there",
    rollback: "`failover.ps1`, or `rehearsal.ps1` while both pools are up",
    ..BY_SERVER_ADMIN
};
const CONTENT: StepKind = StepKind {
    number: "7",
    name: "content",
    heading: "Copy the content of conferences back (FO has no such step; the page of the Backup Service has)",
    expected: "ConfServices.DataConf is in SteadyState or FinalState",
    on_failure: "run it again later; until then meetings work, but lack their content",
    ..REPEATABLE
};

/// The failback, and the content of conferences.
pub(super) fn back(case: &FailoverCase<'_>) -> Vec<Step> {
    let (pool, partner) = (&case.pool().fqdn, &case.partner().fqdn);
    let fail_back = Script {
        needs_record: true,
        run: vec![format!("Invoke-CsPoolFailBack -PoolFqdn {} -Verbose", name(pool))],
        again: again(case, pool),
        ..Script::default()
    };
    let sync = format!("Invoke-CsBackupServiceSync -PoolFqdn {} -BackupModule 'ConfServices.DataConf'", name(partner));
    let content = Script {
        run: vec![sync],
        until: vec![backup_status(partner)],
        wait_minutes: Some(LONGEST_WAIT),
        go_on: "content of conferences that is still on its way; Get-CsBackupServiceStatus shows it".to_owned(),
        ..Script::default()
    };
    vec![
        Step::new(FAILING_BACK, None, &format!("Fail back {pool} from {partner}"), fail_back),
        Step::new(CONTENT, None, &format!("Copy the content of conferences from {partner} back"), content),
    ]
}

const STATUS: StepKind = StepKind {
    number: "10",
    name: "status",
    heading: "Wait until both directions have no backlog",
    expected: "SteadyState or FinalState, and NormalState, twice, one sync interval apart",
    on_failure: "Get-CsBackupServiceStatus shows what is behind; -Resume",
    ..REPEATABLE
};
const STEADY: StepKind = StepKind {
    number: "F",
    heading: "Check that both directions have no backlog; the run ends here where one has",
    on_failure: "find out why first: what has not arrived is lost with the pool",
    rollback: BEFORE.rollback,
    ..STATUS
};
const COMPARE: StepKind = StepKind {
    number: "G",
    name: "compare",
    heading: "Compare the data of both pools",
    minutes: 10,
    expected: "no difference is reported",
    on_failure: "let both directions become steady, then compare again",
    rollback: "the comparison changes nothing",
    ..BY_SERVER_ADMIN
};

/// Both directions without a backlog, and the same data on both sides.
pub(super) fn after(case: &FailoverCase<'_>) -> Vec<Step> {
    let compare_again = StepKind { number: "11", heading: "Compare the data of both pools again", ..COMPARE };
    let statuses = case.failover.pools.iter().map(|pool| status(case, pool, STATUS));
    statuses.chain([comparison(case, compare_again)]).collect()
}

/// Both directions without a backlog, before anything is changed.
pub(super) fn steady(case: &FailoverCase<'_>) -> Vec<Step> {
    case.failover.pools.iter().map(|pool| status(case, pool, STEADY)).collect()
}

/// The same data on both sides, before anything is changed.
pub(super) fn compare(case: &FailoverCase<'_>) -> Vec<Step> {
    vec![comparison(case, COMPARE)]
}

/// Which side hosts the store changes in the course of a rehearsal: its module may be idle on both.
fn status(case: &FailoverCase<'_>, pool: &FailoverPool, kind: StepKind) -> Step {
    let store = if case.failover.central_management.is_in_pair { " -MayBeIdle 'CentralMgmt.CMSMaster'" } else { "" };
    let test = backup_status(&pool.fqdn) + store;
    let script = Script {
        needs_record: true,
        until: vec![backup_service("Running", case.all_front_ends()), test],
        twice: true,
        wait_minutes: Some(LONGEST_WAIT),
        ..Script::default()
    };
    Step::new(kind, Some(&pool.fqdn), &format!("Wait until {} has no backlog", pool.fqdn), script)
}

fn comparison(case: &FailoverCase<'_>, kind: StepKind) -> Step {
    let debug = |pool: &FailoverPool| format!("Debug-CsInterPoolReplication -PoolFqdn {}", name(&pool.fqdn));
    let mut run = case.failover.pools.each_ref().map(debug).to_vec();
    run.push("Assert-Yes 'Do the answers show that the data of both pools is the same?'".to_owned());
    let script = Script { needs_record: true, run, ..Script::default() };
    Step::new(kind, None, "Compare the data of both pools", script)
}

const VERIFY: StepKind = StepKind {
    number: "Z",
    name: "verify",
    heading: "Check the result",
    expected: "everything is as planned",
    on_failure: "check what is named",
    rollback: FAIL_BACK,
    ..BY_SERVER_ADMIN
};

/// What has to be true at the end of each script.
pub(super) fn verify(case: &FailoverCase<'_>) -> Step {
    let (pool, other) = (&case.pool().fqdn, &case.partner().fqdn);
    let mut check = vec![partner(pool, Some(other), None), partner(other, Some(pool), None)];
    let mut title = "Check that both pools are as before";
    let next = match case.kind {
        RunbookKind::Failover => {
            check = vec![case.store_is_elsewhere()];
            title = "Check that nothing depends on the failed pool";
            "next, when the pool is healthy again: failback.ps1"
        }
        RunbookKind::Failback => "Central Management may stay where it is, as the pages say",
        _ => {
            "for the record: date, window, operator, the times of steps 4 and 6 in the transcript, what users noticed, what was left behind, and what to change before the next rehearsal"
        }
    };
    let warn = vec![
        backup_service("InService", &case.partner().machines),
        "& $Store".to_owned(),
        format!("Write-Note {}", quote(next)),
    ];
    let go_on = "the differences that are named".to_owned();
    Step::new(VERIFY, None, title, Script { check, warn, go_on, ..Script::default() })
}
