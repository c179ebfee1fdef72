//! The rule `edge-next-hop`.

use std::collections::HashMap;

use crate::rules::rule::rule;
use crate::rules::{Finding, RuleContext};
use crate::topology::{PoolIndex, PoolKind, Role};
use crate::xml::NodeId;

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
    let hops = hops(context);
    let pools = context.paired_pools().into_iter();
    pools.flat_map(|pool| hops.get(&pool).into_iter().flatten().map(move |hop| of_hop(context, pool, hop))).collect()
}

/// An Edge pool that has a pool as its next hop.
struct Hop {
    edge: PoolIndex,
    element: NodeId,
}

/// The next hops of all Edge pools, by the pool that they are, so that a topology of many is gone through once.
fn hops(context: &RuleContext<'_>) -> HashMap<PoolIndex, Vec<Hop>> {
    let topology = context.topology();
    let mut hops: HashMap<PoolIndex, Vec<Hop>> = HashMap::new();
    for edge in topology.pool_indices().filter(|&pool| topology.kind(pool) == PoolKind::Edge) {
        let service = topology.service_on(edge, Role::EDGE);
        for dependency in service.into_iter().flat_map(|service| &topology[service].depends_on) {
            let target = dependency.target.filter(|&target| topology[target].role.is(Role::REGISTRAR));
            let Some(pool) = target.and_then(|target| topology.pool_of(target)) else { continue };
            let of_pool = hops.entry(pool).or_default();
            if of_pool.last().is_none_or(|hop| hop.edge != edge) {
                of_pool.push(Hop { edge, element: dependency.element });
            }
        }
    }
    hops
}

fn of_hop(context: &RuleContext<'_>, pool: PoolIndex, hop: &Hop) -> Finding {
    EDGE_NEXT_HOP
        .finding([context.name(pool), context.name(hop.edge)], 
            format!(
                "the next hop of the Edge pool `{}` is `{}`, and must be re-pointed before that pool is failed over",
                context.name(hop.edge),
                context.name(pool)
            ),
            "have the re-pointing of the Edge pool in the failover procedure",
        )
        .label_request(context, pool)
        .at(context.element_span(hop.element), "the next hop")
        .at(context.pool_span(pool), "one of the pair")
}
