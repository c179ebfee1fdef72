//! What a picture is drawn from: each pool with its partner, before and after.

use super::{Data, Link, PoolPicture};
use crate::pairing::{Pairing, VoiceSettings};
use crate::plan::deployment::DeployedPool;
use crate::topology::{CentralManagement, Edition, Fqdn, PoolIndex, Topology};

/// A pool with its partner, before and after.
#[derive(Clone, Debug)]
pub struct PoolSketch {
    pub(super) fqdn: Fqdn,
    pub(super) site: String,
    pub(super) backups: [Option<Fqdn>; 2],
    caption: String,
    front_ends: Vec<Fqdn>,
    voice: [Option<VoiceSettings>; 2],
    central_management: [CentralManagement; 2],
}

impl PoolSketch {
    /// A pool that nothing happens to.
    pub(super) fn unchanged(topology: &Topology, pairing: &Pairing, pool: PoolIndex) -> Self {
        let backup = pairing.backup_pool(pool).map(|partner| topology.pool_name(partner).clone());
        let product = topology.version(pool).map(|version| version.value.product()).unwrap_or_default();
        Self {
            fqdn: topology.pool_name(pool).clone(),
            site: topology.site_name(pool).to_owned(),
            backups: [backup.clone(), backup],
            caption: caption(topology.edition(pool), &product),
            front_ends: topology[pool].machines.iter().map(|machine| machine.value.clone()).collect(),
            voice: [pairing.voice_settings(pool); 2],
            central_management: [topology.central_management(pool); 2],
        }
    }

    fn is_changed(&self) -> bool {
        let [was, is] = &self.backups;
        was != is || self.voice[0] != self.voice[1] || self.central_management[0] != self.central_management[1]
    }
}

impl From<&DeployedPool> for PoolSketch {
    fn from(pool: &DeployedPool) -> Self {
        let after = match pool.central_management {
            _ if pool.gains_central_management => CentralManagement::Standby,
            _ if pool.loses_central_management => CentralManagement::None,
            as_before => as_before,
        };
        Self {
            fqdn: pool.fqdn.clone(),
            site: pool.site.clone(),
            backups: [pool.backup_pool_before.clone(), pool.backup_pool_after.clone()],
            caption: caption(Some(pool.edition), &pool.version.product()),
            front_ends: pool.machines.clone(),
            voice: [pool.voice_before, pool.voice_after],
            central_management: [pool.central_management, after],
        }
    }
}

impl From<PoolSketch> for PoolPicture {
    fn from(sketch: PoolSketch) -> Self {
        let changed = sketch.is_changed();
        let PoolSketch { fqdn, caption, front_ends, central_management, .. } = sketch;
        Self { fqdn, caption, front_ends, central_management, changed }
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

/// What replicates between the pools, users before Central Management.
pub(super) fn links(pools: &[PoolSketch]) -> Vec<Link> {
    let couples = || (0..pools.len()).flat_map(|one| (one + 1..pools.len()).map(move |other| [one, other]));
    let users = couples().flat_map(|ends| user_links(pools, ends));
    let central = couples().flat_map(|[one, other]| [[one, other], [other, one]]);
    users.chain(central.filter_map(|ends| central_management_link(pools, ends))).collect()
}

/// One link where both name each other, else one for each pool that names the other without being named.
fn user_links(pools: &[PoolSketch], [one, other]: [usize; 2]) -> Vec<Link> {
    let names = |from: usize, to: usize, side: usize| match (pools.get(from), pools.get(to)) {
        (Some(from), Some(to)) => from.backups[side].as_ref() == Some(&to.fqdn),
        _ => false,
    };
    let link = |ends: [usize; 2], both_ways: bool, is_there: [bool; 2]| {
        let label = |side: usize| is_there[side].then(|| voice_words(pools, ends, side));
        let link = Link { ends, both_ways, data: Data::Users, labels: [label(0), label(1)] };
        is_there.contains(&true).then_some(link)
    };
    let forth = [0, 1].map(|side| names(one, other, side));
    let back = [0, 1].map(|side| names(other, one, side));
    let both = [0, 1].map(|side| forth[side] && back[side]);
    let only = |way: [bool; 2]| [0, 1].map(|side| way[side] && !both[side]);
    // A pool that names a backup sends its users' data there.
    [link([one, other], true, both), link([one, other], false, only(forth)), link([other, one], false, only(back))]
        .into_iter()
        .flatten()
        .collect()
}

fn voice_words(pools: &[PoolSketch], ends: [usize; 2], side: usize) -> String {
    let [one, other] = ends.map(|pool| pools.get(pool).and_then(|pool| pool.voice[side]));
    let words = |voice: Option<VoiceSettings>| match voice {
        Some(voice) if voice.automatic => {
            format!("Voice {} / {}", seconds(voice.failure_detection_seconds), seconds(voice.failback_seconds))
        }
        Some(_) => "Voice by hand".to_owned(),
        None => "Voice not set".to_owned(),
    };
    if one == other { words(one) } else { "Voice differs by pool".to_owned() }
}

fn seconds(interval: Option<u64>) -> String {
    interval.map_or_else(|| "?".to_owned(), |number| format!("{number} s"))
}

fn central_management_link(pools: &[PoolSketch], [active, standby]: [usize; 2]) -> Option<Link> {
    let (from, to) = (pools.get(active)?, pools.get(standby)?);
    let is_there = |side: usize| {
        let paired = from.backups[side].as_ref() == Some(&to.fqdn);
        paired
            && from.central_management[side] == CentralManagement::Active
            && to.central_management[side] == CentralManagement::Standby
    };
    let label = |side| is_there(side).then(|| "Central Management".to_owned());
    let link =
        Link { ends: [active, standby], both_ways: false, data: Data::CentralManagement, labels: [label(0), label(1)] };
    (is_there(0) || is_there(1)).then_some(link)
}
