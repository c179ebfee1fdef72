//! The rule `branch-survivability`.

use crate::pairing::Dependent;
use crate::rules::rule::rule;
use crate::rules::{Finding, RuleContext};
use crate::topology::{PoolIndex, PoolKind};

rule! {
    /// # What it checks
    ///
    /// Which survivable branches depend on a pool of the pair.
    ///
    /// # Why
    ///
    /// Pairing does nothing for them: when the pool that a branch depends on is down, its users keep their calls by the
    /// branch alone, and the pair does not take over what else they had on that pool.
    ///
    /// # Example
    ///
    /// `sba01.contoso.com` depends on `pool01.contoso.com`, which is paired with `pool02.contoso.com`.
    ///
    /// # How to fix
    ///
    /// Nothing to fix. Tell the people of the branch, and count on survivability mode there while the pool is down.
    ///
    /// # Source
    ///
    /// "Front End pool disaster recovery": survivable branches get no disaster recovery by the pairing of their pool.
    BRANCH_SURVIVABILITY = "branch-survivability", Fact from Topology, "MS-DR"
}

pub(super) fn check(context: &RuleContext<'_>) -> Vec<Finding> {
    let branches = context.dependents(PoolKind::SurvivableBranch).into_iter();
    branches.map(|(pool, branch)| of_branch(context, pool, branch)).collect()
}

fn of_branch(context: &RuleContext<'_>, pool: PoolIndex, branch: &Dependent) -> Finding {
    BRANCH_SURVIVABILITY
        .finding(
            [context.name(pool), context.name(branch.pool)],
            format!(
                "the survivable branch `{}` depends on `{}` and gets no disaster recovery by the pair",
                context.name(branch.pool),
                context.name(pool)
            ),
            "count on survivability mode in the branch while its pool is down",
        )
        .label_request(context, pool)
        .at(context.element_span(branch.element), "depends on the pool")
        .at(context.pool_span(branch.pool), "the branch")
}
