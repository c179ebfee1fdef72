//! The rule `branch-site-pool`.

use crate::rules::rule::rule;
use crate::rules::{Finding, PairedPool, RuleContext};
use crate::topology::PoolKind;

rule! {
    /// # What it checks
    ///
    /// A Front End pool of a pair is in a central site.
    ///
    /// # Why
    ///
    /// A branch site depends on a central site and its connection. Front End pools are planned for central sites; what
    /// stands in a branch site survives with the help of a central one and cannot be the help itself.
    ///
    /// # Example
    ///
    /// `pool02.contoso.com` is in the branch site Portland, and a request pairs it with `pool01.contoso.com`.
    ///
    /// # How to fix
    ///
    /// Choose a pool of a central site.
    ///
    /// # Source
    ///
    /// The planning pages place Front End pools in central sites, and survivable appliances and servers in branch
    /// sites.
    BRANCH_SITE_POOL = "branch-site-pool", Integrity from Topology, "planning pages"
}

pub(super) fn check(context: &RuleContext<'_>) -> Vec<Finding> {
    let topology = context.topology();
    let members = context.members().into_iter().filter(|member| topology.kind(member.pool) == PoolKind::FrontEnd);
    let away = members.filter(|member| !topology.in_central_site(member.pool));
    let finding = |member: PairedPool| {
        let site = topology.site_name(member.pool);
        BRANCH_SITE_POOL
            .finding(
                [context.name(member.pool)],
                format!("`{}` is in the branch site `{site}`", context.name(member.pool)),
                "choose a pool of a central site",
            )
            .label_member(&member)
            .at(context.pool_span(member.pool), "in a branch site")
    };
    away.map(finding).collect()
}
