//! The facts of a pool's failover to its backup pool, read from a topology in which the two are paired.

mod facts;
mod refusal;

use std::ops::RangeInclusive;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub(crate) use facts::dependents;
pub use facts::{Dependents, EdgePool, FailoverPool, Store, StoreTarget};
pub use refusal::FailoverRefusal;

use crate::Export;
use crate::notation::{Evidence, Notation};
use crate::pairing::{Pairing, VoiceSettings};
use crate::plan::InputRecord;
use crate::topology::{Fqdn, PoolIndex, PoolKind, ServiceVersion};

/// The failover of a pool to its backup pool: the facts that the scripts are made from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Failover {
    /// The topology that it was read from.
    pub input: InputRecord,
    /// The notation that the pair was read through.
    pub notation: Notation,
    /// The pool that fails, and its backup pool.
    pub pools: [FailoverPool; 2],
    /// The voice failover settings of the pool, as far as the topology shows them.
    pub voice: Option<VoiceSettings>,
    /// Where Central Management is.
    pub central_management: Store,
    /// The Edge pools whose next hop is the pool.
    pub edges: Vec<EdgePool>,
    /// The survivable branch appliances and servers of the pool.
    pub branches: Vec<Fqdn>,
    /// Other parts that point to the pool.
    pub dependents: Dependents,
}

impl Failover {
    /// Reads the failover of a pool.
    ///
    /// # Errors
    ///
    /// When the pool is not a Front End pool of a pair whose pools name each other.
    pub fn read(export: &Export, notation: &Notation, pool: PoolIndex) -> Result<Self, FailoverRefusal> {
        let topology = &export.topology;
        let pairing = Pairing::read(&export.document, topology, notation);
        let partner = refusal::partner(topology, &pairing, pool)?;
        let edges = pairing.dependents(topology, pool, PoolKind::Edge).map(|edge| edge.pool);
        let facts = |pool| FailoverPool::read(export, pool);
        Ok(Self {
            input: InputRecord { sha256: export.source().sha256(), dialect: topology.dialect },
            notation: notation.clone(),
            pools: [facts(pool), facts(partner)],
            voice: pairing.voice_settings(pool),
            central_management: Store::read(export, &pairing, [pool, partner]),
            edges: edges.map(|edge| EdgePool::read(topology, edge, [pool, partner])).collect(),
            branches: dependents(topology, &pairing, pool, PoolKind::SurvivableBranch),
            dependents: Dependents::read(topology, &pairing, pool, Some(partner)),
        })
    }

    /// The pool that fails.
    pub fn pool(&self) -> &FailoverPool {
        &self.pools[0]
    }

    /// The pool that takes over.
    pub fn partner(&self) -> &FailoverPool {
        &self.pools[1]
    }

    /// Whether the two run different products.
    pub fn versions_differ(&self) -> bool {
        self.pool().version != self.partner().version
    }

    /// Assumptions of the scripts that the topology does not prove, in sentences without a full stop.
    pub fn assumptions(&self) -> Vec<String> {
        let mut assumed = Vec::new();
        if self.notation.evidence == Evidence::Unverified {
            assumed.push(format!(
                "the pair was read in the unverified notation {}, so it may be a preview: step C asks the deployment whether the pair exists",
                self.notation.name
            ));
        }
        assumed.extend(self.central_management.assumptions());
        assumed
    }
}

/// How long the failover of a pool takes and what it loses, in minutes. Source: "Front End pool disaster recovery", of
/// 2013 and of 2015.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VendorTarget {
    /// From the start of the failover until the users can sign in.
    pub time: RangeInclusive<u32>,
    /// The minutes whose changes may be lost.
    pub point: u32,
}

impl VendorTarget {
    /// The target of a product; of two pools, the older one counts.
    pub fn of(version: ServiceVersion) -> Self {
        if version <= ServiceVersion::LYNC_2013 {
            Self { time: 30..=30, point: 30 }
        } else {
            Self { time: 15..=20, point: 5 }
        }
    }
}
