//! A request, its pool names looked up in a topology.

use crate::request::{PairRequest, Request, UnpairRequest};
use crate::topology::{Fqdn, PoolIndex, Topology};

/// A request, its pool names looked up in a topology.
#[derive(Clone, Debug)]
pub struct Asked<'r> {
    /// The request itself.
    pub request: &'r Request,
    /// The pairs, in the order of the request.
    pub pairs: Vec<AskedPair<'r>>,
    /// The pools to part, in the order of the request.
    pub unpairs: Vec<AskedUnpair<'r>>,
}

/// A requested pair.
#[derive(Clone, Debug)]
pub struct AskedPair<'r> {
    /// As requested.
    pub request: &'r PairRequest,
    /// The pools, where they exist.
    pub pools: [Option<PoolIndex>; 2],
}

/// A pool that shall have no backup pool.
#[derive(Clone, Debug)]
pub struct AskedUnpair<'r> {
    /// As requested.
    pub request: &'r UnpairRequest,
    /// The pool, where it exists.
    pub pool: Option<PoolIndex>,
}

impl<'r> Asked<'r> {
    /// Looks up every pool that the request names.
    pub fn of(request: &'r Request, topology: &Topology) -> Self {
        let find = |fqdn: &Fqdn| topology.pool_named(fqdn);
        let pair = |request: &'r PairRequest| {
            let [first, second] = &request.pools;
            AskedPair { request, pools: [find(&first.value), find(&second.value)] }
        };
        let unpair = |request: &'r UnpairRequest| AskedUnpair { request, pool: find(&request.pool.value) };
        Self {
            request,
            pairs: request.pairs.iter().map(pair).collect(),
            unpairs: request.unpairs.iter().map(unpair).collect(),
        }
    }
}

impl AskedPair<'_> {
    /// Both pools, where both exist.
    pub fn both(&self) -> Option<[PoolIndex; 2]> {
        let [first, second] = self.pools;
        Some([first?, second?])
    }

    /// Which of the two pools this one is: 0 or 1.
    pub fn side(&self, pool: PoolIndex) -> Option<usize> {
        self.pools.iter().position(|&asked| asked == Some(pool))
    }
}
