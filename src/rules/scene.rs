//! What rules look at.

use super::Place;
use crate::Export;
use crate::asked::{Asked, AskedPair};
use crate::notation::Notation;
use crate::pairing::Pairing;
use crate::request::PoolFacts;
use crate::source::Span;
use crate::topology::{Fqdn, PoolIndex, ServiceIndex, Topology};

/// What rules look at: with a request only what it asks for, without one only what is there.
#[derive(Clone, Copy, Debug)]
pub struct Scene<'a> {
    /// The document.
    pub export: &'a Export,
    /// Its pairings.
    pub pairing: &'a Pairing,
    /// The notation in use.
    pub notation: &'a Notation,
    /// The request, when that is what is looked at.
    pub asked: Option<&'a Asked<'a>>,
}

/// Two pools that are a pair, or shall become one.
#[derive(Clone, Copy, Debug)]
pub struct Candidate<'a> {
    /// The two pools.
    pub pools: [PoolIndex; 2],
    /// The request for it, when that is what is looked at.
    pub asked: Option<&'a AskedPair<'a>>,
}

impl<'a> Scene<'a> {
    /// The topology.
    pub fn topology(&self) -> &'a Topology {
        &self.export.topology
    }

    /// The pairs to look at: those asked for between two pools that exist and differ, else those that hold both
    /// ways.
    pub fn candidates(&self) -> Vec<Candidate<'a>> {
        match self.asked {
            Some(asked) => {
                let pairs = asked.pairs.iter();
                let known = pairs.filter_map(|pair| Some(Candidate { pools: pair.both()?, asked: Some(pair) }));
                known.filter(|pair| pair.pools[0] != pair.pools[1]).collect()
            }
            None => self.pairing.pairs().map(|pools| Candidate { pools, asked: None }).collect(),
        }
    }

    /// The pools of all candidates, each once, and what the request declares about each.
    pub fn candidate_pools(&self) -> Vec<PoolIndex> {
        let mut pools: Vec<_> = self.candidates().iter().flat_map(|pair| pair.pools).collect();
        pools.sort_unstable();
        pools.dedup();
        pools
    }

    /// What the request declares about a pool.
    pub fn facts(&self, pool: PoolIndex) -> Option<&'a PoolFacts> {
        self.asked?.request.facts(self.topology().pool_name(pool))
    }

    /// The name of a pool.
    pub fn name(&self, pool: PoolIndex) -> &'a Fqdn {
        self.topology().pool_name(pool)
    }

    /// Where a pool is named in the topology.
    pub fn pool_span(&self, pool: PoolIndex) -> Span {
        self.topology()[pool].fqdn.span
    }

    /// The start tag of a service in the topology.
    pub fn service_span(&self, service: ServiceIndex) -> Span {
        self.export.document.node(self.topology()[service].element).start_tag()
    }
}

impl Candidate<'_> {
    /// The pools in document order, so that a message names them alike however a request orders them.
    pub fn in_document_order(&self) -> [PoolIndex; 2] {
        let mut pools = self.pools;
        pools.sort_unstable();
        pools
    }

    /// Where a pool is made one of the pair: its name in the request, or its backup in the topology.
    pub fn named_at(&self, pool: PoolIndex, scene: &Scene<'_>) -> Option<Place> {
        match self.asked {
            Some(pair) => {
                let at = self.pools.iter().position(|one| *one == pool)?;
                pair.request.pools.get(at).map(|located| Place::from(&located.origin))
            }
            None => {
                let other = self.pools.into_iter().find(|one| *one != pool)?;
                let backup = scene.pairing.backups_of(pool).find(|backup| backup.partner == other)?;
                Some(Place::from(backup.span))
            }
        }
    }
}
