//! A request, its pool names looked up in a topology.

use super::{PairRequest, Request, UnpairRequest};
use crate::topology::{Fqdn, PoolIndex, Topology};

/// A request, its pool names looked up in a topology.
#[derive(Clone, Debug)]
pub struct ResolvedRequest<'r> {
    /// The request itself.
    pub request: &'r Request,
    /// The pairs, in the order of the request.
    pub pairs: Vec<ResolvedPair<'r>>,
    /// The pools to part, in the order of the request.
    pub unpairs: Vec<ResolvedUnpair<'r>>,
}

/// A requested pair.
#[derive(Clone, Debug)]
pub struct ResolvedPair<'r> {
    /// As requested.
    pub request: &'r PairRequest,
    /// The pools, where they exist.
    pub pools: [Option<PoolIndex>; 2],
}

/// A pool that shall have no backup pool.
#[derive(Clone, Debug)]
pub struct ResolvedUnpair<'r> {
    /// As requested.
    pub request: &'r UnpairRequest,
    /// The pool, where it exists.
    pub pool: Option<PoolIndex>,
}

impl<'r> ResolvedRequest<'r> {
    /// Looks up every pool that the request names.
    pub fn of(request: &'r Request, topology: &Topology) -> Self {
        let find = |fqdn: &Fqdn| topology.pool_named(fqdn);
        let pair = |request: &'r PairRequest| {
            let [first, second] = &request.pools;
            ResolvedPair { request, pools: [find(&first.value), find(&second.value)] }
        };
        let unpair = |request: &'r UnpairRequest| ResolvedUnpair { request, pool: find(&request.pool.value) };
        Self {
            request,
            pairs: request.pairs.iter().map(pair).collect(),
            unpairs: request.unpairs.iter().map(unpair).collect(),
        }
    }
}

impl ResolvedPair<'_> {
    /// Both pools, where both exist.
    pub fn both(&self) -> Option<[PoolIndex; 2]> {
        let [first, second] = self.pools;
        Some([first?, second?])
    }

    /// Which of the two pools this one is: 0 or 1.
    pub fn side(&self, pool: PoolIndex) -> Option<usize> {
        self.pools.iter().position(|&requested| requested == Some(pool))
    }
}
