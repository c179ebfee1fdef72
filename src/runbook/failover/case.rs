//! A failover as one of its scripts sees it.

use crate::failover::{Failover, FailoverPool};
use crate::runbook::commands::store_is;
use crate::runbook::error::{RunbookError, check_host_names, group};
use crate::runbook::step::{BY_SERVER_ADMIN, RunbookKind, StepKind};
use crate::topology::Fqdn;

/// No wait of a failover is longer, in minutes.
pub(super) const LONGEST_WAIT: u32 = 10;
/// What may be done again.
pub(super) const REPEATABLE: StepKind =
    StepKind { minutes: 10, rollback: "none is needed: safe to repeat", ..BY_SERVER_ADMIN };
/// What takes a failover back.
pub(super) const FAIL_BACK: &str = "`failback.ps1`, when the pool is healthy";
/// A failover as one of its scripts sees it.
pub(super) struct FailoverCase<'a> {
    pub(super) failover: &'a Failover,
    pub(super) kind: RunbookKind,
}

impl<'a> FailoverCase<'a> {
    /// The pool that fails.
    pub(super) fn pool(&self) -> &'a FailoverPool {
        self.failover.pool()
    }

    /// The pool that takes over.
    pub(super) fn partner(&self) -> &'a FailoverPool {
        self.failover.partner()
    }

    /// The Front Ends of both pools.
    pub(super) fn all_front_ends(&self) -> impl Iterator<Item = &'a Fqdn> {
        self.failover.pools.iter().flat_map(|pool| &pool.machines)
    }

    /// The test that the Central Management store is outside the pool.
    pub(super) fn store_is_elsewhere(&self) -> String {
        store_is("-NotOn", &self.pool().fqdn, &self.pool().machines)
    }
}

/// Refuses what no script may hold.
pub(super) fn check(failover: &Failover) -> Result<(), RunbookError> {
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
