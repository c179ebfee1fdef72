//! A failover as one of its scripts sees it.

use crate::failover::{EdgePool, Failover, FailoverPool};
use crate::runbook::commands::names;
use crate::runbook::error::{RunbookError, check_host_names};
use crate::runbook::quote::QuoteError;
use crate::runbook::step::{RunbookKind, Step, StepAction, VendorPage};
use crate::topology::Fqdn;

/// Users notice nothing of a step.
pub(super) const NONE: &str = "none";
/// No wait of a failover is longer, in minutes.
pub(super) const LONGEST_WAIT: u32 = 10;

/// A failover as one of its scripts sees it.
pub(super) struct FailoverCase<'a> {
    pub(super) failover: &'a Failover,
    pub(super) kind: RunbookKind,
}

impl<'a> FailoverCase<'a> {
    /// Refuses what no script may hold.
    pub(super) fn new(failover: &'a Failover, kind: RunbookKind) -> Result<Self, RunbookError> {
        let of_pool = |pool: &'a FailoverPool| {
            let machines = pool.machines.iter().map(|machine| ("Front End", machine));
            std::iter::once(("pool", &pool.fqdn)).chain(machines)
        };
        let of_edge = |edge: &'a EdgePool| {
            std::iter::once(("Edge pool", &edge.fqdn))
                .chain(edge.machines.iter().map(|machine| ("Edge Server", machine)))
        };
        let target = failover.central_management.target.iter();
        let store = target.flat_map(|target| {
            let sql = target.sql_instance.iter().map(|sql| ("SQL server", &sql.server));
            std::iter::once(("pool", &target.pool))
                .chain(target.machines.iter().map(|one| ("Front End", one)))
                .chain(sql)
        });
        let pools = failover.pools.iter().flat_map(of_pool);
        check_host_names(pools.chain(failover.edges.iter().flat_map(of_edge)).chain(store))?;
        Ok(Self { failover, kind })
    }

    /// The pool that fails.
    pub(super) fn pool(&self) -> &'a FailoverPool {
        self.failover.pool()
    }

    /// The pool that takes over.
    pub(super) fn partner(&self) -> &'a FailoverPool {
        self.failover.partner()
    }

    /// The Front Ends of both pools, as literals.
    pub(super) fn all_front_ends(&self) -> Result<String, QuoteError> {
        names(self.failover.pools.iter().flat_map(|pool| &pool.machines))
    }

    /// A step of this action; `about` is the pool or server that its id names.
    pub(super) fn step(
        &self,
        action: StepAction,
        about: Option<&Fqdn>,
        title: &str,
        facts: (&'static str, u32),
    ) -> Step {
        Step { pool: about.cloned(), ..Step::new(VendorPage::FailingOver, action, about, title, facts) }
    }
}
