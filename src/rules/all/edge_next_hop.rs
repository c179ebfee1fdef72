//! The rule `edge-next-hop`.

use crate::rules::prelude::*;

rule! {
    /// # What it checks
    ///
    /// Which Edge pools have a pool of the pair as their next hop.
    ///
    /// # Why
    ///
    /// A pool failover does not change the next hop. Until it is changed by hand, federation and remote users of both
    /// pools go through an Edge pool whose next hop is down.
    ///
    /// # Example
    ///
    /// The next hop of `edge01.contoso.com` is `pool01.contoso.com`, which is paired with `pool02.contoso.com`.
    ///
    /// # How to fix
    ///
    /// Nothing to fix. Add a next-hop change to the failover procedure: change the next hop to the other pool and
    /// publish, before the pool is failed over.
    ///
    /// # Source
    ///
    /// The page on failing over and failing back a pool (`failing-over-and-failing-back`), its note on Edge pools.
    EDGE_NEXT_HOP = "edge-next-hop", Fact from Topology, "failing-over-and-failing-back", Dependent(PoolKind::Edge, hop_finding)
}

fn hop_finding(context: &RuleContext<'_>, pool: PoolIndex, hop: &Dependent) -> Finding {
    let (name, edge) = (context.name(pool), context.name(hop.pool));
    let message = format!(
        "the next hop of the Edge pool `{edge}` is `{name}`, and must be changed before that pool is failed over"
    );
    let finding = EDGE_NEXT_HOP.finding([name, edge], message, "add a next-hop change to the failover procedure");
    let labelled = finding.label_request(context, pool).at(context.element_span(hop.element), "the next hop");
    labelled.at(context.pool_span(pool), "one of the pair")
}
