//! The rule `survivable-branch`.

use crate::rules::prelude::*;

rule! {
    /// # What it checks
    ///
    /// No pool of a pair is a Survivable Branch Appliance or Server: a Registrar without User Services that is not a
    /// Director.
    ///
    /// # Why
    ///
    /// A survivable branch has a backup registrar, the pool that its users belong to, but no user data to copy. A pool
    /// can be the backup registrar of any number of branches in addition to its own pair; they do not count as
    /// partners.
    ///
    /// # Example
    ///
    /// A request pairs `pool01.contoso.com` with `sba01.contoso.com`.
    ///
    /// # How to fix
    ///
    /// Leave the branch as it is, and pair the pool that it depends on with another Front End pool.
    ///
    /// # Source
    ///
    /// "Front End pool disaster recovery": a pool can be the backup registrar of survivable branches in addition to
    /// being paired.
    SURVIVABLE_BRANCH = "survivable-branch", Integrity from Topology, "MS-DR", Named(check_member)
}

fn check_member(context: &RuleContext<'_>, member: &PairedPool) -> Option<Finding> {
    let name = context.name(member.pool);
    let message = format!("`{name}` is a survivable branch, which cannot be paired");
    let help = "leave the branch with its backup registrar, and pair the pool that it depends on";
    let finding = SURVIVABLE_BRANCH.finding([name], message, help).label_member(member);
    (context.topology().kind(member.pool) == PoolKind::SurvivableBranch)
        .then(|| finding.at(context.pool_span(member.pool), "a Registrar without User Services"))
}
