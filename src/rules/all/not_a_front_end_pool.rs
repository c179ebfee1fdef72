//! The rule `not-a-front-end-pool`.

use crate::rules::prelude::*;

rule! {
    /// # What it checks
    ///
    /// A pool of a pair has both a Registrar and User Services. Directors, Edge pools, stand-alone Mediation pools,
    /// trusted application pools, SQL Servers, file servers, Office Web Apps farms and gateways do not.
    ///
    /// # Why
    ///
    /// Pairing copies the data of users and conferences, and lets another Registrar take over their calls. A pool that
    /// homes no users has nothing to copy, and cannot take over.
    ///
    /// # Example
    ///
    /// A request pairs `pool01.contoso.com` with the Director `director01.contoso.com`.
    ///
    /// # How to fix
    ///
    /// Name a Front End pool. `poolpair partners TOPOLOGY --pool FQDN` lists those that can be paired with one.
    ///
    /// # Source
    ///
    /// "Front End pool disaster recovery" is about Front End pools only; a Director or an Edge pool has no backup pool
    /// in its settings.
    NOT_A_FRONT_END_POOL = "not-a-front-end-pool", Integrity from Topology, "MS-DR", Named(check_member)
}

fn check_member(context: &RuleContext<'_>, member: &PairedPool) -> Option<Finding> {
    let kind = context.topology().kind(member.pool);
    // `survivable-branch` covers survivable branches.
    if matches!(kind, PoolKind::FrontEnd | PoolKind::SurvivableBranch) {
        return None;
    }
    let name = context.name(member.pool);
    let message = format!("`{name}` is {}, and only Front End pools can be paired", kind.phrase());
    let finding = NOT_A_FRONT_END_POOL.finding([name], message, "name a pool with a Registrar and User Services");
    Some(finding.label_member(member).at(context.pool_span(member.pool), kind.phrase()))
}
