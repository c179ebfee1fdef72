//! The rule `edge-next-hop`.

use crate::pairing::Dependent;
use crate::rules::rule::rule;
use crate::rules::{Finding, RuleContext};
use crate::topology::{PoolIndex, PoolKind};

rule! {
    /// # What it checks
    ///
    /// Which Edge pools have a pool of the pair as their next hop.
    ///
    /// # Why
    ///
    /// A pool failover does not move the next hop. Until it is re-pointed by hand, federation and remote users of
    /// both pools go through an Edge pool that hands on to a pool which is down.
    ///
    /// # Example
    ///
    /// The next hop of `edge01.contoso.com` is `pool01.contoso.com`, which is paired with `pool02.contoso.com`.
    ///
    /// # How to fix
    ///
    /// Nothing to fix. Have the re-pointing in the failover procedure: change the next hop to the other pool and
    /// publish, before the pool is failed over.
    ///
    /// # Source
    ///
    /// The page on failing over and failing back a pool (`failing-over-and-failing-back`), its note on Edge pools.
    EDGE_NEXT_HOP = "edge-next-hop", Fact from Topology, "failing-over-and-failing-back"
}

fn check(context: &RuleContext<'_>) -> Vec<Finding> {
    let pools = context.paired_pools().into_iter();
    let dependents = pools.flat_map(|pool| context.pairing.dependents_of(pool).iter().map(move |one| (pool, one)));
    let edges = dependents.filter(|(_, one)| context.topology().kind(one.pool) == PoolKind::Edge);
    edges.map(|(pool, edge)| of_hop(context, pool, edge)).collect()
}

fn of_hop(context: &RuleContext<'_>, pool: PoolIndex, edge: &Dependent) -> Finding {
    EDGE_NEXT_HOP
        .finding([context.name(pool), context.name(edge.pool)], 
            format!(
                "the next hop of the Edge pool `{}` is `{}`, and must be re-pointed before that pool is failed over",
                context.name(edge.pool),
                context.name(pool)
            ),
            "have the re-pointing of the Edge pool in the failover procedure",
        )
        .label_request(context, pool)
        .at(context.element_span(edge.element), "the next hop")
        .at(context.pool_span(pool), "one of the pair")
}
