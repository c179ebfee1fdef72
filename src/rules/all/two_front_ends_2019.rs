//! The rule `two-front-ends-2019`.

use crate::rules::prelude::*;

rule! {
    /// # What it checks
    ///
    /// No Enterprise pool of Skype for Business Server 2019 has exactly two Front Ends, paired or not.
    ///
    /// # Why
    ///
    /// Publishing a topology with such a pool fails, whatever else changes in it.
    ///
    /// # Example
    ///
    /// `pool05.contoso.com` of 2019 has the Front Ends `fe01.contoso.com` and `fe02.contoso.com`.
    ///
    /// # How to fix
    ///
    /// Add a third Front End to the pool, or remove one, before anything else.
    ///
    /// # Source
    ///
    /// "Front End Pool high availability and management" (`high-availability.md`), the note before the first heading: such
    /// pools of 2019 are not supported, and the topology cannot be published.
    TWO_FRONT_ENDS_2019 = "two-front-ends-2019", Integrity from Topology, "high-availability.md", All(check)
}

fn check(context: &RuleContext<'_>) -> Vec<Finding> {
    let pools = context.topology().front_end_pools().filter(|&pool| applies(context, pool));
    pools.map(|pool| pool_finding(context, pool)).collect()
}

/// Whether a pool is of 2019 and has exactly two Front Ends.
pub(super) fn applies(context: &RuleContext<'_>, pool: PoolIndex) -> bool {
    let topology = context.topology();
    topology.edition(pool) == Some(Edition::Enterprise)
        && topology[pool].machines.len() == 2
        && topology.version(pool).is_some_and(|version| version.value == ServiceVersion::SFB_2019)
}

fn pool_finding(context: &RuleContext<'_>, pool: PoolIndex) -> Finding {
    let name = context.name(pool);
    let message =
        format!("`{name}` of {} has exactly two Front Ends: publishing the topology fails", ServiceVersion::SFB_2019);
    let finding = TWO_FRONT_ENDS_2019.finding([name], message, "add a third Front End to the pool, or remove one");
    finding.at(context.pool_span(pool), "2 Front Ends")
}
