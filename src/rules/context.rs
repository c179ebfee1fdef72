//! The input of rules.

use std::collections::{BTreeSet, HashSet};

use super::{Finding, PairContext, PairedPool, Place};
use crate::Export;
use crate::notation::Notation;
use crate::pairing::{Dependent, Pairing};
use crate::request::{PoolFacts, ResolvedRequest};
use crate::source::Span;
use crate::topology::{Fqdn, PoolIndex, PoolKind, Role, ServiceIndex, ServiceVersion, SqlIndex, Topology};
use crate::xml::NodeId;

/// The input of rules. With a request, they check only what it requests; without one, the document.
#[derive(Clone, Copy, Debug)]
pub struct RuleContext<'a> {
    /// The document.
    pub export: &'a Export,
    /// Its pairings.
    pub pairing: &'a Pairing,
    /// The notation in use.
    pub notation: &'a Notation,
    /// The request, if it is to be checked.
    pub requested: Option<&'a ResolvedRequest<'a>>,
    /// The request with declarations about pools, even if only the document is checked.
    pub declared: Option<&'a ResolvedRequest<'a>>,
}

impl<'a> RuleContext<'a> {
    /// The topology.
    pub fn topology(&self) -> &'a Topology {
        &self.export.topology
    }

    /// The pairs to check, without duplicates: the requested pairs of two different Front End pools, otherwise the
    /// mutual pairs of the document.
    pub fn pairs(&self) -> Vec<PairContext<'a>> {
        let mut pairs: Vec<PairContext<'a>> = match self.requested {
            Some(requested) => requested.pairs.iter().filter_map(PairContext::requested).collect(),
            None => self.pairing.pairs().map(PairContext::current).collect(),
        };
        let mut seen = HashSet::new();
        let front_end = |pool: &PoolIndex| self.topology().kind(*pool) == PoolKind::FrontEnd;
        pairs.retain(|pair| pair.pools.iter().all(front_end) && seen.insert(pair.pools));
        pairs
    }

    /// Each pair twice, with its pools in both orders.
    pub fn sides(&self) -> Vec<(PairContext<'a>, [PoolIndex; 2])> {
        let pairs = self.pairs().into_iter();
        pairs.flat_map(|pair| [(pair, pair.pools), (pair, [pair.pools[1], pair.pools[0]])]).collect()
    }

    /// The pools of all pairs in document order, without duplicates.
    pub fn paired_pools(&self) -> Vec<PoolIndex> {
        let mut pools: Vec<_> = self.pairs().iter().flat_map(|pair| pair.pools).collect();
        pools.sort_unstable();
        pools.dedup();
        pools
    }

    /// The pools of a kind that depend on a pool of a pair, each with that pool.
    pub fn dependents(&self, kind: PoolKind) -> Vec<(PoolIndex, &'a Dependent)> {
        let (pairing, topology) = (self.pairing, self.topology());
        let pools = self.paired_pools().into_iter();
        pools.flat_map(|pool| pairing.dependents(topology, pool, kind).map(move |one| (pool, one))).collect()
    }

    /// The pools with a requested or, without a request, a current pairing, without duplicates. This includes pools
    /// whose requested partner does not exist, and pools of one-sided pairings.
    pub fn members(&self) -> Vec<PairedPool> {
        let mut members: Vec<PairedPool> = match self.requested {
            Some(requested) => requested.pairs.iter().flat_map(PairedPool::requested).collect(),
            None => self.pairing.backups.iter().flat_map(PairedPool::current).collect(),
        };
        let mut seen = HashSet::new();
        members.retain(|member| seen.insert(member.pool));
        members
    }

    /// The pools to un-pair.
    pub fn unpaired(&self) -> Vec<PairedPool> {
        self.requested
            .map_or_else(Vec::new, |requested| requested.unpairs.iter().filter_map(PairedPool::unpaired).collect())
    }

    /// The pools that a change affects, in document order: the requested ones and their current partners; without a
    /// request, all pools with a pairing.
    pub fn affected(&self) -> BTreeSet<PoolIndex> {
        let named: BTreeSet<_> = self.members().into_iter().chain(self.unpaired()).map(|member| member.pool).collect();
        let ties = named.iter().flat_map(|&pool| self.pairing.ties_of(pool));
        let partners: Vec<_> = ties.flat_map(|backup| [backup.pool, backup.partner]).collect();
        named.into_iter().chain(partners).collect()
    }

    /// Whether a pool is of a kind and a version that can be paired.
    pub fn can_be_paired(&self, pool: PoolIndex) -> bool {
        let version = self.topology().version(pool).map(|version| version.value);
        self.topology().kind(pool) == PoolKind::FrontEnd && version > Some(ServiceVersion::LYNC_2010)
    }

    /// Whether two pools are already a pair.
    pub fn is_pair(&self, pools: [PoolIndex; 2]) -> bool {
        let [first, second] = pools;
        first != second && self.pairing.names(first, second) && self.pairing.names(second, first)
    }

    /// What the request declares about a pool.
    pub fn facts(&self, pool: PoolIndex) -> Option<&'a PoolFacts> {
        self.declared?.facts.get(&pool).copied()
    }

    /// The name of a pool.
    pub fn name(&self, pool: PoolIndex) -> &'a Fqdn {
        self.topology().pool_name(pool)
    }

    /// The name of a pool in the topology.
    pub fn pool_span(&self, pool: PoolIndex) -> Span {
        self.topology()[pool].fqdn.span
    }

    /// The start tag of a service in the topology.
    pub fn service_span(&self, service: ServiceIndex) -> Span {
        self.export.document.node(self.topology()[service].element).start_tag()
    }

    /// The start tag of the Central Management service of a pool.
    pub fn store_span(&self, pool: PoolIndex) -> Option<Span> {
        self.topology().service_on(pool, Role::CENTRAL_MANAGEMENT).map(|store| self.service_span(store))
    }

    /// The start tag of a SQL Server instance in the topology.
    pub fn sql_span(&self, sql: SqlIndex) -> Span {
        self.export.document.node(self.topology()[sql].element).start_tag()
    }

    /// A whole element of the topology.
    pub fn element_span(&self, element: NodeId) -> Span {
        self.export.document.node(element).span()
    }
}

impl<'a> PairContext<'a> {
    /// The names of the two pools.
    pub fn names(&self, context: &RuleContext<'a>) -> [&'a Fqdn; 2] {
        self.pools.map(|pool| context.name(pool))
    }

    /// The name of a pool in the requested pair, or the backup relation in the topology.
    pub fn named_at(&self, pool: PoolIndex, context: &RuleContext<'_>) -> Option<Place> {
        match self.requested {
            Some(pair) => pair.request.pools.get(pair.side(pool)?).map(|name| Place::from(&name.origin)),
            None => {
                let mut backups = context.pairing.backups_of(pool);
                backups.find(|backup| self.pools.contains(&backup.partner)).map(|backup| backup.span.into())
            }
        }
    }
}

impl Finding {
    /// Labels the name of the pool in the request, if any.
    #[must_use]
    pub fn label_request(self, context: &RuleContext<'_>, pool: PoolIndex) -> Self {
        let Some(requested) = context.requested else { return self };
        self.at_some(requested.named.get(&pool).map(|name| &name.origin), "requested here")
    }

    /// Labels the two pools in the topology.
    #[must_use]
    pub fn at_both(self, context: &RuleContext<'_>, pair: &PairContext<'_>, texts: [impl Into<String>; 2]) -> Self {
        pair.pools.into_iter().zip(texts).fold(self, |finding, (pool, text)| finding.at(context.pool_span(pool), text))
    }
}
