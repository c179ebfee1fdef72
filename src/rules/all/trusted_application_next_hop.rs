//! The rule `trusted-application-next-hop`.

use crate::rules::prelude::*;

rule! {
    /// # What it checks
    ///
    /// Which trusted application pools have a pool of a pair as their next hop.
    ///
    /// # Why
    ///
    /// A next hop does not fail over: the applications of that pool are unavailable until it is back, or until their
    /// next hop is changed and the topology published.
    ///
    /// # Example
    ///
    /// The next hop of `apps01.contoso.com` is `pool01.contoso.com`, one of a pair.
    ///
    /// # How to fix
    ///
    /// Add a next-hop change to the failover procedure.
    ///
    /// # Source
    ///
    /// Inferred from the page on failing over pools, which says this of Edge pools.
    TRUSTED_APPLICATION_NEXT_HOP = "trusted-application-next-hop", Fact from Topology, "inferred", Dependent(PoolKind::TrustedApplication, hop_finding)
}

fn hop_finding(context: &RuleContext<'_>, pool: PoolIndex, hop: &Dependent) -> Finding {
    let (name, from) = (context.name(pool), context.name(hop.pool));
    let message =
        format!("the next hop of the trusted application pool `{from}` is `{name}`, and does not fail over with it");
    let finding =
        TRUSTED_APPLICATION_NEXT_HOP.finding([name, from], message, "add a next-hop change to the failover procedure");
    finding
        .label_request(context, pool)
        .at(context.element_span(hop.element), "the next hop")
        .at(context.pool_span(pool), "one of the pair")
}
