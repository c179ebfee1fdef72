//! The steps of a failover, a failback and a rehearsal of both.

mod before;
mod carried;
mod edges;
mod pools;
mod store;

pub(super) use before::{CONFIRM, RIGHTS};
pub(super) use pools::SIGN_IN;

use crate::failover::{Failover, FailoverPool};
use crate::runbook::commands::store_is;
use crate::runbook::error::{RunbookError, check_host_names, check_steps, group};
use crate::runbook::step::{BY_SERVER_ADMIN, Runbook, RunbookKind, Step, StepKind};
use crate::topology::Fqdn;

/// The steps of a failover, of the failback after it, and of a rehearsal of both; all run on a Front End of the partner.
///
/// # Errors
///
/// When the topology contains something that cannot be printed into a script, or names no database for the store.
pub fn failover(failover: &Failover) -> Result<[Runbook; 3], RunbookError> {
    check(failover)?;
    let (pool, partner) = (&failover.pool().fqdn, &failover.partner().fqdn);
    let runbooks = [
        (RunbookKind::Failover, format!("Fail over {pool} to {partner}")),
        (RunbookKind::Failback, format!("Fail back {pool} from {partner}")),
        (RunbookKind::Rehearsal, format!("Rehearse the failover of {pool} to {partner}, and the failback")),
    ]
    .map(|(kind, title)| Runbook { kind, title, steps: steps(&FailoverCase { failover, kind }) });
    runbooks.iter().try_for_each(|runbook| check_steps(&runbook.steps))?;
    Ok(runbooks)
}

/// A part of a script.
type Part = fn(&FailoverCase<'_>) -> Vec<Step>;

/// What is not copied is moved in a disaster and back in its failback; a rehearsal is too short for that.
fn steps(case: &FailoverCase<'_>) -> Vec<Step> {
    let parts: &[Part] = match case.kind {
        RunbookKind::Failback => {
            &[before::health, pools::steady, pools::back, edges::back, carried::back, pools::after]
        }
        RunbookKind::Rehearsal => &[
            before::back_up,
            before::health,
            pools::steady,
            pools::compare,
            store::steps,
            edges::over,
            pools::over,
            pools::back,
            edges::back,
            pools::after,
        ],
        _ => &[store::steps, edges::over, pools::over, carried::over],
    };
    let middle = parts.iter().flat_map(|part| part(case));
    before::steps(case).into_iter().chain(middle).chain([pools::verify(case)]).collect()
}

/// The longest wait of a failover, in minutes.
const LONGEST_WAIT: u32 = 10;
/// What may be done again.
const REPEATABLE: StepKind = StepKind { minutes: 10, rollback: "none is needed: safe to repeat", ..BY_SERVER_ADMIN };
/// The rollback of a failover.
const FAIL_BACK: &str = "`failback.ps1`, when the pool is healthy";

/// A failover as one of its scripts sees it.
struct FailoverCase<'a> {
    failover: &'a Failover,
    kind: RunbookKind,
}

impl<'a> FailoverCase<'a> {
    /// The pool that fails.
    fn pool(&self) -> &'a FailoverPool {
        self.failover.pool()
    }

    /// The pool that takes over.
    fn partner(&self) -> &'a FailoverPool {
        self.failover.partner()
    }

    /// The Front Ends of both pools.
    fn all_front_ends(&self) -> impl Iterator<Item = &'a Fqdn> {
        self.failover.pools.iter().flat_map(|pool| &pool.machines)
    }

    /// The test that the Central Management store is outside the pool.
    fn store_is_elsewhere(&self) -> String {
        store_is("-NotOn", &self.pool().fqdn, &self.pool().machines)
    }
}

/// Refuses what no script may contain.
fn check(failover: &Failover) -> Result<(), RunbookError> {
    let target = &failover.central_management.target;
    let pools = failover.pools.iter().flat_map(|pool| group("pool", &pool.fqdn, "Front End", &pool.machines));
    let edges = failover.edges.iter().flat_map(|edge| group("Edge pool", &edge.fqdn, "Edge Server", &edge.machines));
    let store = target.iter().flat_map(|target| group("pool", &target.pool, "Front End", &target.machines));
    let sql = target.iter().flat_map(|target| &target.sql_instance).map(|sql| ("SQL server", &sql.server));
    check_host_names(pools.chain(edges).chain(store).chain(sql))?;
    match target {
        Some(target) if target.sql_instance.is_none() => Err(RunbookError::NoSqlInstance { pool: target.pool.clone() }),
        _ => Ok(()),
    }
}
