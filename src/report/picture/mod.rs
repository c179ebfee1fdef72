//! The picture of sites, Front End pools and pairs, before and after a change: the model, and its writers for Mermaid
//! and SVG.

mod layout;
mod links;
pub mod mermaid;
pub mod svg;

use crate::pairing::{Pairing, VoiceSettings};
use crate::plan::deployment::{DeployedPool, Deployment};
use crate::topology::{CentralManagement, Edition, Fqdn, PoolIndex, Topology};

/// Sites, Front End pools and the replication between them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// The sites with a pool in the picture.
    pub sites: Vec<SitePicture>,
    /// The pools; links and sites refer to them by index.
    pub pools: Vec<PoolPicture>,
    /// The replication between pools.
    pub links: Vec<Link>,
    /// The number of Front End pools that are not shown.
    pub hidden: usize,
}

/// A site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SitePicture {
    /// Its name.
    pub name: String,
    /// The indices of its pools.
    pub pools: Vec<usize>,
}

/// A Front End pool, before and after the change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PoolPicture {
    /// Its name.
    pub fqdn: Fqdn,
    /// The name of its site.
    pub site: String,
    /// Edition and version.
    pub caption: String,
    /// Its Front Ends.
    pub front_ends: Vec<Fqdn>,
    /// Its backup pool.
    pub backups: [Option<Fqdn>; 2],
    /// Its voice settings.
    pub voice: [Option<VoiceSettings>; 2],
    /// Its role in Central Management.
    pub central_management: [CentralManagement; 2],
}

/// Replication of data from one pool to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The indices of the source and the target pool.
    pub ends: [usize; 2],
    /// Whether the second pool also replicates to the first, as in every healthy pair.
    pub both_ways: bool,
    /// The replicated data.
    pub data: Data,
    /// The voice settings before and after, as text; `None` if the link does not exist.
    pub labels: [Option<String>; 2],
}

/// The kind of replicated data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Data {
    /// The data of the users of a pool.
    Users,
    /// The Central Management store.
    CentralManagement,
}

/// The state that a writer shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChangeState {
    /// Before the change.
    Before,
    /// After the change.
    After,
}

/// The effect of a change on a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// The link is unchanged.
    Kept,
    /// The settings of the link change.
    Changed,
    /// The link is added.
    Added,
    /// The link is removed.
    Removed,
}

impl Picture {
    /// The maximum number of pools in a readable picture.
    pub const MAX_POOLS: usize = 24;
    /// Up to this many pools, the picture includes unaffected pools, and the names of Front Ends.
    pub const MAX_DETAILED_POOLS: usize = 6;

    /// Whether Front Ends are shown by name.
    pub fn names_front_ends(&self) -> bool {
        self.pools.len() <= Self::MAX_DETAILED_POOLS
    }

    /// The picture of a topology; paired pools come first if there are too many pools to show all.
    pub fn of_topology(topology: &Topology, pairing: &Pairing) -> Self {
        let mut pools: Vec<_> =
            topology.front_end_pools().map(|pool| PoolPicture::unchanged(topology, pairing, pool)).collect();
        let total = pools.len();
        if total > Self::MAX_POOLS {
            pools.sort_by_key(|pool| pool.backups[1].is_none());
        }
        Self::of(pools, total)
    }

    /// The picture of a plan: the affected pools, and the others if there are few.
    ///
    /// It includes a new standby Central Management store even if the notation cannot write it.
    pub fn of_plan(deployment: &Deployment, before: &Topology, pairing: &Pairing) -> Self {
        let mut pools: Vec<_> = deployment.pools.iter().map(PoolPicture::from).collect();
        let total = before.front_end_pools().count().max(pools.len());
        if total <= Self::MAX_DETAILED_POOLS {
            let is_affected = |name: &Fqdn| deployment.pools.iter().any(|affected| affected.fqdn == *name);
            let others = before.front_end_pools().filter(|&pool| !is_affected(before.pool_name(pool)));
            pools.extend(others.map(|pool| PoolPicture::unchanged(before, pairing, pool)));
        }
        Self::of(pools, total)
    }

    fn of(mut pools: Vec<PoolPicture>, total: usize) -> Self {
        pools.truncate(Self::MAX_POOLS);
        let mut sites: Vec<SitePicture> = Vec::new();
        for (at, pool) in pools.iter().enumerate() {
            match sites.iter_mut().find(|site| site.name == pool.site) {
                Some(site) => site.pools.push(at),
                None => sites.push(SitePicture { name: pool.site.clone(), pools: vec![at] }),
            }
        }
        let links = links::between(&pools);
        let sites = order_sites(&sites, &links);
        Self { hidden: total.saturating_sub(pools.len()), sites, pools, links }
    }
}

/// Orders the sites so that linked sites are adjacent if possible: it follows the links, starting at a site with one
/// neighbour, the end of a chain.
fn order_sites(sites: &[SitePicture], links: &[Link]) -> Vec<SitePicture> {
    let are_linked = |one: &SitePicture, other: &SitePicture| {
        let joins = |[from, to]: [usize; 2]| one.pools.contains(&from) && other.pools.contains(&to);
        links.iter().any(|link| joins(link.ends) || joins([link.ends[1], link.ends[0]]))
    };
    let neighbours = |site| sites.iter().filter(|&other| other != site && are_linked(site, other)).count();
    let mut left: Vec<_> = sites.iter().collect();
    let mut order: Vec<SitePicture> = Vec::new();
    while !left.is_empty() {
        let adjacent = left.iter().position(|site| order.last().is_some_and(|last| are_linked(last, site)));
        let chain_end = || left.iter().position(|site| neighbours(site) == 1);
        order.push(left.remove(adjacent.or_else(chain_end).unwrap_or(0)).clone());
    }
    order
}

impl Link {
    /// The effect of the change on the link.
    pub fn mark(&self) -> Mark {
        match &self.labels {
            [None, _] => Mark::Added,
            [Some(_), None] => Mark::Removed,
            [Some(before), Some(after)] if before == after => Mark::Kept,
            _ => Mark::Changed,
        }
    }

    /// The label before or after the change; `None` if the link does not exist.
    pub fn label(&self, side: ChangeState) -> Option<&str> {
        self.labels[side as usize].as_deref()
    }
}

impl PoolPicture {
    /// A pool that does not change.
    fn unchanged(topology: &Topology, pairing: &Pairing, pool: PoolIndex) -> Self {
        let backup = pairing.backup_pool(pool).map(|partner| topology.pool_name(partner).clone());
        let product = topology.version(pool).map(|version| version.value.product()).unwrap_or_default();
        Self {
            fqdn: topology.pool_name(pool).clone(),
            site: topology.site_name(pool).to_owned(),
            caption: caption(topology.edition(pool), &product),
            front_ends: topology[pool].machines.iter().map(|machine| machine.value.clone()).collect(),
            backups: [backup.clone(), backup],
            voice: [pairing.voice_settings(pool); 2],
            central_management: [topology.central_management(pool); 2],
        }
    }

    /// Whether the pool changes.
    pub fn is_changed(&self) -> bool {
        let Self { backups, voice, central_management, .. } = self;
        backups[0] != backups[1] || voice[0] != voice[1] || central_management[0] != central_management[1]
    }

    /// Its role in Central Management before or after the change; `None` if it has none.
    pub fn central_management_words(&self, side: ChangeState) -> Option<&'static str> {
        match self.central_management[side as usize] {
            CentralManagement::Active => Some("Central Management: active"),
            CentralManagement::Standby => Some("Central Management: standby"),
            CentralManagement::None => None,
        }
    }
}

impl From<&DeployedPool> for PoolPicture {
    fn from(pool: &DeployedPool) -> Self {
        Self {
            fqdn: pool.fqdn.clone(),
            site: pool.site.clone(),
            caption: caption(Some(pool.edition), &pool.version.product()),
            front_ends: pool.machines.clone(),
            backups: [pool.backup_pool_before.clone(), pool.backup_pool_after.clone()],
            voice: [pool.voice_before, pool.voice_after],
            central_management: [pool.central_management, pool.central_management_after()],
        }
    }
}

fn caption(edition: Option<Edition>, product: &str) -> String {
    let edition = match edition {
        Some(Edition::Enterprise) => "Enterprise, ",
        Some(Edition::Standard) => "Standard Edition, ",
        None => "",
    };
    // The full product name is too long for a box.
    format!("{edition}{}", product.replace("Skype for Business Server ", "SfB ").replace("Lync Server ", "Lync "))
}
