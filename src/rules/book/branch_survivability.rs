//! The rule `branch-survivability`.

use crate::rules::rule::rule;
use crate::rules::{Finding, Scene};
use crate::topology::{Dependency, PoolIndex, PoolKind, Role};

rule! {
    /// # What it checks
    ///
    /// Which survivable branches hang on a pool of the pair.
    ///
    /// # Why
    ///
    /// Pairing does nothing for them: when the pool that a branch hangs on is down, its users keep their calls by the
    /// branch alone, and the pair does not take over what else they had on that pool.
    ///
    /// # Example
    ///
    /// `sba01.contoso.com` hangs on `pool01.contoso.com`, which is paired with `pool02.contoso.com`.
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

fn check(scene: &Scene<'_>) -> Vec<Finding> {
    let topology = scene.topology();
    let branches = || topology.pool_indices().filter(|&pool| topology.kind(pool) == PoolKind::SurvivableBranch);
    let pools = scene.candidate_pools();
    pools.into_iter().flat_map(|pool| branches().filter_map(move |branch| of_branch(scene, pool, branch))).collect()
}

fn of_branch(scene: &Scene<'_>, pool: PoolIndex, branch: PoolIndex) -> Option<Finding> {
    let topology = scene.topology();
    let registrar = topology.service_on(branch, Role::REGISTRAR)?;
    let hangs_on = |dependency: &&Dependency| {
        let serves = |role| dependency.target.is_some_and(|target| topology[target].role.is(role));
        let home = dependency.target.and_then(|target| topology.pool_of(target));
        home == Some(pool) && (serves(Role::USER_SERVICES) || serves(Role::REGISTRAR))
    };
    let tie = topology[registrar].depends_on.iter().find(hangs_on)?;
    let finding = BRANCH_SURVIVABILITY
        .finding(
            format!(
                "the survivable branch `{}` hangs on `{}` and gets no disaster recovery by the pair",
                scene.name(branch),
                scene.name(pool)
            ),
            "count on survivability mode in the branch while its pool is down",
        )
        .asked_of(scene, pool)
        .at(scene.element_span(tie.element), "hangs on the pool")
        .at(scene.pool_span(branch), "the branch");
    Some(finding)
}
