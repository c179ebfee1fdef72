//! The rule `edge-next-hop`.

use crate::rules::rule::rule;
use crate::rules::{Finding, Scene};
use crate::topology::{Dependency, PoolIndex, PoolKind, Role};

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

fn check(scene: &Scene<'_>) -> Vec<Finding> {
    let topology = scene.topology();
    let edges = || topology.pool_indices().filter(|&pool| topology.kind(pool) == PoolKind::Edge);
    let pools = scene.candidate_pools();
    pools.into_iter().flat_map(|pool| edges().filter_map(move |edge| of_edge(scene, pool, edge))).collect()
}

fn of_edge(scene: &Scene<'_>, pool: PoolIndex, edge: PoolIndex) -> Option<Finding> {
    let topology = scene.topology();
    let service = topology.service_on(edge, Role::EDGE)?;
    let is_hop = |dependency: &&Dependency| {
        let target = dependency.target.filter(|&target| topology[target].role.is(Role::REGISTRAR));
        target.and_then(|target| topology.pool_of(target)) == Some(pool)
    };
    let hop = topology[service].depends_on.iter().find(is_hop)?;
    let finding = EDGE_NEXT_HOP
        .finding(
            format!(
                "the next hop of the Edge pool `{}` is `{}`, and must be re-pointed before that pool is failed over",
                scene.name(edge),
                scene.name(pool)
            ),
            "have the re-pointing of the Edge pool in the failover procedure",
        )
        .asked_of(scene, pool)
        .at(scene.element_span(hop.element), "the next hop")
        .at(scene.pool_span(pool), "one of the pair");
    Some(finding)
}
