//! The rule `branch-survivability`.

use std::collections::HashMap;

use crate::rules::rule::rule;
use crate::rules::{Finding, RuleContext};
use crate::topology::{PoolIndex, PoolKind, Role, ServiceIndex};
use crate::xml::NodeId;

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

fn check(context: &RuleContext<'_>) -> Vec<Finding> {
    let ties = ties(context);
    let pools = context.paired_pools().into_iter();
    pools.flat_map(|pool| ties.get(&pool).into_iter().flatten().map(move |tie| of_tie(context, pool, tie))).collect()
}

/// A branch that depends on a pool.
struct Tie {
    branch: PoolIndex,
    element: NodeId,
}

/// The ties of all branches, by the pool that they depend on, so that a topology of many branches is gone through once.
fn ties(context: &RuleContext<'_>) -> HashMap<PoolIndex, Vec<Tie>> {
    let topology = context.topology();
    let mut ties: HashMap<PoolIndex, Vec<Tie>> = HashMap::new();
    for branch in topology.pool_indices().filter(|&pool| topology.kind(pool) == PoolKind::SurvivableBranch) {
        let registrar = topology.service_on(branch, Role::REGISTRAR);
        for dependency in registrar.into_iter().flat_map(|registrar| &topology[registrar].depends_on) {
            let serves = |&target: &ServiceIndex| {
                topology[target].role.is(Role::USER_SERVICES) || topology[target].role.is(Role::REGISTRAR)
            };
            let target = dependency.target.filter(serves);
            let Some(home) = target.and_then(|target| topology.pool_of(target)) else { continue };
            let of_home = ties.entry(home).or_default();
            // One of the two dependencies is enough.
            if of_home.last().is_none_or(|tie| tie.branch != branch) {
                of_home.push(Tie { branch, element: dependency.element });
            }
        }
    }
    ties
}

fn of_tie(context: &RuleContext<'_>, pool: PoolIndex, tie: &Tie) -> Finding {
    BRANCH_SURVIVABILITY
        .finding(
            [context.name(pool), context.name(tie.branch)],
            format!(
                "the survivable branch `{}` depends on `{}` and gets no disaster recovery by the pair",
                context.name(tie.branch),
                context.name(pool)
            ),
            "count on survivability mode in the branch while its pool is down",
        )
        .label_request(context, pool)
        .at(context.element_span(tie.element), "depends on the pool")
        .at(context.pool_span(tie.branch), "the branch")
}
