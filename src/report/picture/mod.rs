//! The picture of sites, Front End pools and pairs, before and after a change: the model, and a writer each for
//! Mermaid and SVG.

mod layout;
mod links;
pub mod mermaid;
pub mod svg;

use crate::pairing::{Pairing, VoiceSettings};
use crate::plan::deployment::{DeployedPool, Deployment};
use crate::topology::{CentralManagement, Edition, Fqdn, PoolIndex, Topology};

/// Sites, Front End pools and what replicates between them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// The sites that hold a pool of the picture.
    pub sites: Vec<SitePicture>,
    /// The pools; links and sites name them by their place in this list.
    pub pools: Vec<PoolPicture>,
    /// What replicates between pools.
    pub links: Vec<Link>,
    /// How many Front End pools are left out.
    pub hidden: usize,
}

/// A site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SitePicture {
    /// Its name.
    pub name: String,
    /// Its pools.
    pub pools: Vec<usize>,
}

/// A Front End pool, before and after.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PoolPicture {
    /// Its name.
    pub fqdn: Fqdn,
    /// The name of its site.
    pub site: String,
    /// Edition and version in words.
    pub caption: String,
    /// Its Front Ends.
    pub front_ends: Vec<Fqdn>,
    /// Its backup pool.
    pub backups: [Option<Fqdn>; 2],
    /// Its voice settings.
    pub voice: [Option<VoiceSettings>; 2],
    /// Its part in Central Management.
    pub central_management: [CentralManagement; 2],
}

/// That data of one pool is replicated to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// From where to where.
    pub ends: [usize; 2],
    /// Whether the second replicates to the first, too, as in every healthy pair.
    pub both_ways: bool,
    /// What is replicated.
    pub data: Data,
    /// The voice settings in words before and after; none where the link is not there.
    pub labels: [Option<String>; 2],
}

/// What is replicated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Data {
    /// What belongs to the users of a pool.
    Users,
    /// The Central Management store.
    CentralManagement,
}

/// Which state of a change a writer shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChangeState {
    /// The state before.
    Before,
    /// The state after.
    After,
}

/// What a change does to a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// It is there before and after.
    Kept,
    /// Its settings change.
    Changed,
    /// It comes.
    Added,
    /// It goes.
    Removed,
}

impl Picture {
    /// As many pools as a picture can show and still be read.
    pub const MOST_POOLS: usize = 24;
    /// Up to so many Front End pools, those that a change does not touch are shown around it, and Front Ends by name.
    pub const FEW_POOLS: usize = 6;

    /// Whether there is room for the names of the Front Ends.
    pub fn names_front_ends(&self) -> bool {
        self.pools.len() <= Self::FEW_POOLS
    }

    /// What is in a topology, pairs first where there are too many pools to show all.
    pub fn of_topology(topology: &Topology, pairing: &Pairing) -> Self {
        let mut pools: Vec<_> =
            topology.front_end_pools().map(|pool| PoolPicture::unchanged(topology, pairing, pool)).collect();
        let total = pools.len();
        if total > Self::MOST_POOLS {
            pools.sort_by_key(|pool| pool.backups[1].is_none());
        }
        Self::of(pools, total)
    }

    /// What a plan changes: the pools that it touches, and the others where these are few.
    ///
    /// The standby Central Management store that a pool gains is shown, whether the notation can write it or not.
    pub fn of_plan(deployment: &Deployment, before: &Topology, pairing: &Pairing) -> Self {
        let mut pools: Vec<_> = deployment.pools.iter().map(PoolPicture::from).collect();
        let total = before.front_end_pools().count().max(pools.len());
        if total <= Self::FEW_POOLS {
            let is_touched = |name: &Fqdn| deployment.pools.iter().any(|touched| touched.fqdn == *name);
            let others = before.front_end_pools().filter(|&pool| !is_touched(before.pool_name(pool)));
            pools.extend(others.map(|pool| PoolPicture::unchanged(before, pairing, pool)));
        }
        Self::of(pools, total)
    }

    fn of(mut pools: Vec<PoolPicture>, total: usize) -> Self {
        pools.truncate(Self::MOST_POOLS);
        let mut sites: Vec<SitePicture> = Vec::new();
        for (at, pool) in pools.iter().enumerate() {
            match sites.iter_mut().find(|site| site.name == pool.site) {
                Some(site) => site.pools.push(at),
                None => sites.push(SitePicture { name: pool.site.clone(), pools: vec![at] }),
            }
        }
        let links = links::between(&pools);
        let sites = side_by_side(&sites, &links);
        Self { hidden: total.saturating_sub(pools.len()), sites, pools, links }
    }
}

/// The sites in an order in which each stands beside one that it is linked with, where it can: a walk along the links,
/// which begins at a site with one neighbour, the end of a chain.
fn side_by_side(sites: &[SitePicture], links: &[Link]) -> Vec<SitePicture> {
    let are_linked = |one: &SitePicture, other: &SitePicture| {
        let joins = |[from, to]: [usize; 2]| one.pools.contains(&from) && other.pools.contains(&to);
        links.iter().any(|link| joins(link.ends) || joins([link.ends[1], link.ends[0]]))
    };
    let neighbours = |site| sites.iter().filter(|&other| other != site && are_linked(site, other)).count();
    let mut left: Vec<_> = sites.iter().collect();
    let mut order: Vec<SitePicture> = Vec::new();
    while !left.is_empty() {
        let next_door = left.iter().position(|site| order.last().is_some_and(|last| are_linked(last, site)));
        let chain_end = || left.iter().position(|site| neighbours(site) == 1);
        order.push(left.remove(next_door.or_else(chain_end).unwrap_or(0)).clone());
    }
    order
}

impl Link {
    /// What the change does to it.
    pub fn mark(&self) -> Mark {
        match &self.labels {
            [None, _] => Mark::Added,
            [Some(_), None] => Mark::Removed,
            [Some(before), Some(after)] if before == after => Mark::Kept,
            _ => Mark::Changed,
        }
    }

    /// Its label on one side; none where it is not there.
    pub fn label(&self, side: ChangeState) -> Option<&str> {
        self.labels[side as usize].as_deref()
    }
}

impl PoolPicture {
    /// A pool that nothing happens to.
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

    /// Whether the change is about it.
    pub fn is_changed(&self) -> bool {
        let Self { backups, voice, central_management, .. } = self;
        backups[0] != backups[1] || voice[0] != voice[1] || central_management[0] != central_management[1]
    }

    /// Its part in Central Management on one side, in words; none where it has none.
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
    // The product's full name is too long for a box.
    format!("{edition}{}", product.replace("Skype for Business Server ", "SfB ").replace("Lync Server ", "Lync "))
}
