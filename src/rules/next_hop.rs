//! Pools that hand on to a pool of a pair.

use std::collections::HashMap;

use super::RuleContext;
use crate::topology::{PoolIndex, PoolKind, Role};
use crate::xml::NodeId;

/// That a pool has another one as its next hop.
pub(super) struct Hop {
    pub(super) from: PoolIndex,
    /// The dependency.
    pub(super) element: NodeId,
}

/// The next hops of all pools of a kind that are pools of a pair, each once, by the pool of the pair.
pub(super) fn hops_to_pairs(context: &RuleContext<'_>, kind: PoolKind, role: &str) -> Vec<(PoolIndex, Hop)> {
    let topology = context.topology();
    let mut hops: HashMap<PoolIndex, Vec<Hop>> = HashMap::new();
    for from in topology.pool_indices().filter(|&pool| topology.kind(pool) == kind) {
        let service = topology.service_on(from, role);
        for dependency in service.into_iter().flat_map(|service| &topology[service].depends_on) {
            let target = dependency.target.filter(|&target| topology[target].role.is(Role::REGISTRAR));
            let Some(pool) = target.and_then(|target| topology.pool_of(target)) else { continue };
            let of_pool = hops.entry(pool).or_default();
            if of_pool.last().is_none_or(|hop| hop.from != from) {
                of_pool.push(Hop { from, element: dependency.element });
            }
        }
    }
    let pools = context.paired_pools().into_iter();
    pools.flat_map(|pool| hops.remove(&pool).into_iter().flatten().map(move |hop| (pool, hop))).collect()
}
