//! The rule `survivable-branch`.

use crate::rules::rule::rule;
use crate::rules::{Finding, PairedPool, RuleContext};
use crate::topology::PoolKind;

rule! {
    /// # What it checks
    ///
    /// No pool of a pair is a Survivable Branch Appliance or Server: a Registrar without User Services that is no
    /// Director.
    ///
    /// # Why
    ///
    /// A survivable branch has a backup registrar, the pool that its users belong to, but holds no user data that
    /// could be copied. A pool can be the backup registrar of any number of branches besides its own pair, and none
    /// of them counts against the one partner.
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
    /// "Front End pool disaster recovery": a pool can be the backup registrar of survivable branches besides being
    /// paired.
    SURVIVABLE_BRANCH = "survivable-branch", Integrity from Topology, "MS-DR"
}

pub(super) fn check(context: &RuleContext<'_>) -> Vec<Finding> {
    let mut named = context.members();
    named.extend(context.unpaired());
    let branches = named.iter().filter(|member| context.topology().kind(member.pool) == PoolKind::SurvivableBranch);
    let finding = |member: &PairedPool| {
        SURVIVABLE_BRANCH
            .finding(
                [context.name(member.pool)],
                format!("`{}` is a survivable branch, which cannot be paired", context.name(member.pool)),
                "leave the branch with its backup registrar, and pair the pool that it depends on",
            )
            .label_member(member)
            .at(context.pool_span(member.pool), "a Registrar without User Services")
    };
    branches.map(finding).collect()
}
