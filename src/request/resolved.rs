//! A request whose pool names are resolved in a topology.

use std::collections::HashMap;

use super::{Located, PairRequest, PoolFacts, Request, UnpairRequest};
use crate::topology::{Fqdn, PoolIndex, Topology};

/// A request whose pool names are resolved in a topology.
#[derive(Clone, Debug)]
pub struct ResolvedRequest<'r> {
    /// The request itself.
    pub request: &'r Request,
    /// The pairs, in the order of the request.
    pub pairs: Vec<ResolvedPair<'r>>,
    /// The pools to un-pair, in the order of the request.
    pub unpairs: Vec<ResolvedUnpair<'r>>,
    /// The facts about the pools that exist.
    pub facts: HashMap<PoolIndex, &'r PoolFacts>,
    /// For each existing pool, its first occurrence in the pairs, or else in the pools to un-pair.
    pub named: HashMap<PoolIndex, &'r Located<Fqdn>>,
}

/// A requested pair.
#[derive(Clone, Debug)]
pub struct ResolvedPair<'r> {
    /// As requested.
    pub request: &'r PairRequest,
    /// The pools, if they exist.
    pub pools: [Option<PoolIndex>; 2],
}

/// A pool to un-pair.
#[derive(Clone, Debug)]
pub struct ResolvedUnpair<'r> {
    /// As requested.
    pub request: &'r UnpairRequest,
    /// The pool, if it exists.
    pub pool: Option<PoolIndex>,
}

impl<'r> ResolvedRequest<'r> {
    /// Resolves every pool name in the request.
    pub fn of(request: &'r Request, topology: &Topology) -> Self {
        let find = |fqdn: &Fqdn| topology.pool_named(fqdn);
        let pair = |request: &'r PairRequest| {
            let [first, second] = &request.pools;
            ResolvedPair { request, pools: [find(&first.value), find(&second.value)] }
        };
        let unpair = |request: &'r UnpairRequest| ResolvedUnpair { request, pool: find(&request.pool.value) };
        let facts = request.pools.iter().filter_map(|facts| Some((find(&facts.fqdn.value)?, facts)));
        let mut named = HashMap::new();
        let unpaired = request.unpairs.iter().map(|unpair| &unpair.pool);
        for name in request.pairs.iter().flat_map(|pair| &pair.pools).chain(unpaired) {
            if let Some(pool) = find(&name.value) {
                named.entry(pool).or_insert(name);
            }
        }
        Self {
            request,
            pairs: request.pairs.iter().map(pair).collect(),
            unpairs: request.unpairs.iter().map(unpair).collect(),
            facts: facts.collect(),
            named,
        }
    }
}

impl ResolvedPair<'_> {
    /// Both pools, if both exist.
    pub fn both(&self) -> Option<[PoolIndex; 2]> {
        let [first, second] = self.pools;
        Some([first?, second?])
    }

    /// The index of a pool in the pair: 0 or 1.
    pub fn side(&self, pool: PoolIndex) -> Option<usize> {
        self.pools.iter().position(|&requested| requested == Some(pool))
    }
}
