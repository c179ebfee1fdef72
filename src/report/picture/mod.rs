//! The picture of sites, Front End pools and pairs, before and after a change: the model, and a writer each for
//! Mermaid and SVG.

mod layout;
pub mod mermaid;
mod sketch;
pub mod svg;

pub use sketch::PoolSketch;

use crate::pairing::Pairing;
use crate::plan::deployment::Deployment;
use crate::topology::{CentralManagement, Fqdn, Topology};

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

/// A Front End pool.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PoolPicture {
    /// Its name.
    pub fqdn: Fqdn,
    /// Edition and version in words.
    pub caption: String,
    /// Its Front Ends.
    pub front_ends: Vec<Fqdn>,
    /// Its part in Central Management before and after.
    pub central_management: [CentralManagement; 2],
    /// Whether the change is about it.
    pub changed: bool,
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
            topology.front_end_pools().map(|pool| PoolSketch::unchanged(topology, pairing, pool)).collect();
        let total = pools.len();
        if total > Self::MOST_POOLS {
            let is_tied = |pool: &PoolSketch| pool.backups[1].is_none();
            pools.sort_by_key(is_tied);
        }
        Self::of(pools, total)
    }

    /// What a plan changes: the pools that it touches, and the others where these are few.
    ///
    /// The standby Central Management store that a pool gains is shown, whether the notation can write it or not.
    pub fn of_plan(deployment: &Deployment, before: &Topology, pairing: &Pairing) -> Self {
        let mut pools: Vec<_> = deployment.pools.iter().map(PoolSketch::from).collect();
        let total = before.front_end_pools().count().max(pools.len());
        if total <= Self::FEW_POOLS {
            let is_touched = |name: &Fqdn| deployment.pools.iter().any(|touched| touched.fqdn == *name);
            let others = before.front_end_pools().filter(|&pool| !is_touched(before.pool_name(pool)));
            pools.extend(others.map(|pool| PoolSketch::unchanged(before, pairing, pool)));
        }
        Self::of(pools, total)
    }

    fn of(mut sketches: Vec<PoolSketch>, total: usize) -> Self {
        sketches.truncate(Self::MOST_POOLS);
        let mut sites: Vec<SitePicture> = Vec::new();
        for (pool, sketch) in sketches.iter().enumerate() {
            match sites.iter_mut().find(|site| site.name == sketch.site) {
                Some(site) => site.pools.push(pool),
                None => sites.push(SitePicture { name: sketch.site.clone(), pools: vec![pool] }),
            }
        }
        let links = sketch::links(&sketches);
        let hidden = total.saturating_sub(sketches.len());
        let mut picture = Self { sites, pools: sketches.into_iter().map(PoolPicture::from).collect(), links, hidden };
        picture.put_linked_sites_side_by_side();
        picture
    }

    /// Orders sites so that each stands beside one that it is linked with, where it can.
    fn put_linked_sites_side_by_side(&mut self) {
        let mut waiting: Vec<_> = std::mem::take(&mut self.sites);
        let site_of = |pool: usize, sites: &[SitePicture]| sites.iter().position(|site| site.pools.contains(&pool));
        let neighbours = |at: usize, sites: &[SitePicture]| -> Vec<usize> {
            let ends = self.links.iter().filter_map(|link| {
                let [one, other] = link.ends.map(|pool| site_of(pool, sites));
                Some((one?, other?))
            });
            let beside = ends.filter_map(|(one, other)| match () {
                () if one == other => None,
                () if one == at => Some(other),
                () if other == at => Some(one),
                () => None,
            });
            let mut beside: Vec<_> = beside.collect();
            beside.sort_unstable();
            beside.dedup();
            beside
        };
        // A walk along the links; it begins at a site with one neighbour, the end of a chain.
        let mut order: Vec<usize> = Vec::with_capacity(waiting.len());
        while order.len() < waiting.len() {
            let free: Vec<_> = (0..waiting.len()).filter(|at| !order.contains(at)).collect();
            let next_door =
                order.last().and_then(|&last| neighbours(last, &waiting).into_iter().find(|at| free.contains(at)));
            let chain_end = || free.iter().copied().find(|&at| neighbours(at, &waiting).len() == 1);
            let Some(next) = next_door.or_else(chain_end).or_else(|| free.first().copied()) else { break };
            order.push(next);
        }
        let mut slots: Vec<_> = waiting.drain(..).map(Some).collect();
        self.sites = order.into_iter().filter_map(|at| slots.get_mut(at).and_then(Option::take)).collect();
    }
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
        let [before, after] = &self.labels;
        match side {
            ChangeState::Before => before.as_deref(),
            ChangeState::After => after.as_deref(),
        }
    }
}

impl PoolPicture {
    /// Its part in Central Management on one side, in words; none where it has none.
    pub fn central_management_words(&self, side: ChangeState) -> Option<&'static str> {
        let [before, after] = self.central_management;
        match if side == ChangeState::Before { before } else { after } {
            CentralManagement::Active => Some("Central Management: active"),
            CentralManagement::Standby => Some("Central Management: standby"),
            CentralManagement::None => None,
        }
    }
}
