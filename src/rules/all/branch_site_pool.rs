//! The rule `branch-site-pool`.

use crate::rules::prelude::*;

rule! {
    /// # What it checks
    ///
    /// A Front End pool of a pair is in a central site.
    ///
    /// # Why
    ///
    /// A branch site depends on a central site and its connection. Front End pools are planned for central sites; a
    /// pool in a branch site needs the help of a central site and cannot provide it.
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
    BRANCH_SITE_POOL = "branch-site-pool", Integrity from Topology, "planning pages", Member(check_member)
}

fn check_member(context: &RuleContext<'_>, member: &PairedPool) -> Option<Finding> {
    let topology = context.topology();
    if topology.kind(member.pool) != PoolKind::FrontEnd || topology.in_central_site(member.pool) {
        return None;
    }
    let (name, site) = (context.name(member.pool), topology.site_name(member.pool));
    let message = format!("`{name}` is in the branch site `{site}`");
    let finding = BRANCH_SITE_POOL.finding([name], message, "choose a pool of a central site");
    Some(finding.label_member(member).at(context.pool_span(member.pool), "in a branch site"))
}
