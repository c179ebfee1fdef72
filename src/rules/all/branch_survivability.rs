//! The rule `branch-survivability`.

use crate::rules::prelude::*;

rule! {
    /// # What it checks
    ///
    /// Which survivable branches depend on a pool of the pair.
    ///
    /// # Why
    ///
    /// Pairing does nothing for them: when the pool of a branch is down, only the branch itself keeps the calls of its
    /// users alive, and the pair does not take over their other services.
    ///
    /// # Example
    ///
    /// `sba01.contoso.com` depends on `pool01.contoso.com`, which is paired with `pool02.contoso.com`.
    ///
    /// # How to fix
    ///
    /// Nothing to fix. Inform the users of the branch, and expect survivability mode there while the pool is down.
    ///
    /// # Source
    ///
    /// "Front End pool disaster recovery": survivable branches get no disaster recovery by the pairing of their pool.
    BRANCH_SURVIVABILITY = "branch-survivability", Fact from Topology, "MS-DR", Dependent(PoolKind::SurvivableBranch, branch_finding)
}

fn branch_finding(context: &RuleContext<'_>, pool: PoolIndex, branch: &Dependent) -> Finding {
    let (name, branch_name) = (context.name(pool), context.name(branch.pool));
    let message =
        format!("the survivable branch `{branch_name}` depends on `{name}` and gets no disaster recovery by the pair");
    let help = "expect survivability mode in the branch while its pool is down";
    let finding = BRANCH_SURVIVABILITY.finding([name, branch_name], message, help).label_request(context, pool);
    let labelled = finding.at(context.element_span(branch.element), "depends on the pool");
    labelled.at(context.pool_span(branch.pool), "the branch")
}
