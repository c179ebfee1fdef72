//! What rules look at.

use std::collections::HashSet;

use super::{Candidate, Member};
use crate::Export;
use crate::asked::Asked;
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

impl<'a> Scene<'a> {
    /// The topology.
    pub fn topology(&self) -> &'a Topology {
        &self.export.topology
    }

    /// The pairs to look at, each once: those asked for between two pools that exist and differ, else those that hold
    /// both ways.
    pub fn candidates(&self) -> Vec<Candidate<'a>> {
        let mut candidates: Vec<Candidate<'a>> = match self.asked {
            Some(asked) => asked.pairs.iter().filter_map(Candidate::asked).collect(),
            None => self.pairing.pairs().map(Candidate::present).collect(),
        };
        let mut seen = HashSet::new();
        candidates.retain(|candidate| seen.insert(candidate.pools));
        candidates
    }

    /// The pools of all candidates, each once, in document order.
    pub fn candidate_pools(&self) -> Vec<PoolIndex> {
        let mut pools: Vec<_> = self.candidates().iter().flat_map(|pair| pair.pools).collect();
        pools.sort_unstable();
        pools.dedup();
        pools
    }

    /// The pools that take part in a pairing or shall, each once: those that are asked to be paired, also with a pool
    /// that is not there; without a request those that name a backup pool or are named as one, also where the other
    /// side does not say so.
    pub fn members(&self) -> Vec<Member> {
        let mut members: Vec<Member> = match self.asked {
            Some(asked) => asked.pairs.iter().flat_map(Member::asked).collect(),
            None => self.pairing.backups.iter().flat_map(Member::present).collect(),
        };
        let mut seen = HashSet::new();
        members.retain(|member| seen.insert(member.pool));
        members
    }

    /// Whether two pools are a pair already.
    pub fn is_pair(&self, pools: [PoolIndex; 2]) -> bool {
        self.pairing.pairs().any(|pair| pair == pools || [pair[1], pair[0]] == pools)
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
