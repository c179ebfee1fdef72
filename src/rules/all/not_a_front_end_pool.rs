//! The rule `not-a-front-end-pool`.

use crate::rules::rule::rule;
use crate::rules::{Finding, PairedPool, RuleContext};
use crate::topology::PoolKind;

rule! {
    /// # What it checks
    ///
    /// A pool of a pair has both a Registrar and User Services. Directors, Edge pools, stand-alone Mediation pools,
    /// trusted application pools, SQL Servers, file servers, Office Web Apps farms and gateways have not.
    ///
    /// # Why
    ///
    /// Pairing copies the data of users and conferences, and has another Registrar take over their calls. A pool that
    /// homes no users has neither to give nor to take.
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
    /// "Front End pool disaster recovery" speaks of Front End pools only; the settings of a Director or an Edge pool
    /// have no backup pool.
    NOT_A_FRONT_END_POOL = "not-a-front-end-pool", Integrity from Topology, "MS-DR"
}

pub(super) fn check(context: &RuleContext<'_>) -> Vec<Finding> {
    let mut named = context.members();
    named.extend(context.unpaired());
    let wrong = named.iter().filter(|member| {
        // A survivable branch has a rule of its own.
        !matches!(context.topology().kind(member.pool), PoolKind::FrontEnd | PoolKind::SurvivableBranch)
    });
    let finding = |member: &PairedPool| {
        let phrase = context.topology().kind(member.pool).phrase();
        NOT_A_FRONT_END_POOL
            .finding(
                [context.name(member.pool)],
                format!("`{}` is {phrase}, and only Front End pools can be paired", context.name(member.pool)),
                "name a pool with a Registrar and User Services",
            )
            .label_member(member)
            .at(context.pool_span(member.pool), phrase)
    };
    wrong.map(finding).collect()
}
