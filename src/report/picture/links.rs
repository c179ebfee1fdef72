//! Replication links between pools.

use super::{Data, Link, PoolPicture};
use crate::pairing::VoiceSettings;
use crate::topology::CentralManagement;

/// The links between pools, those of user data first.
pub(super) fn between(pools: &[PoolPicture]) -> Vec<Link> {
    let pairs = || (0..pools.len()).flat_map(|one| (one + 1..pools.len()).map(move |other| [one, other]));
    let users = pairs().flat_map(|ends| user_links(pools, ends));
    let central = pairs().flat_map(|[one, other]| [[one, other], [other, one]]);
    users.chain(central.map(|ends| central_management_link(pools, ends))).flatten().collect()
}

/// One link if the pools name each other, otherwise one for each pool that names the other.
fn user_links(pools: &[PoolPicture], [one, other]: [usize; 2]) -> [Option<Link>; 3] {
    let link = |ends: [usize; 2], both_ways, exists: [bool; 2]| {
        let label = |side: usize| exists[side].then(|| voice_words(ends.map(|pool| pools[pool].voice[side])));
        Link::new(ends, both_ways, Data::Users, [label(0), label(1)])
    };
    let forth = names(pools, one, other);
    let back = names(pools, other, one);
    let both = [0, 1].map(|side| forth[side] && back[side]);
    let only = |one_way: [bool; 2]| [0, 1].map(|side| one_way[side] && !both[side]);
    // A pool replicates the data of its users to its backup pool.
    [link([one, other], true, both), link([one, other], false, only(forth)), link([other, one], false, only(back))]
}

/// Whether a pool names another one as its backup, before and after the change.
fn names(pools: &[PoolPicture], from: usize, to: usize) -> [bool; 2] {
    pools[from].backups.each_ref().map(|backup| backup.as_ref() == Some(&pools[to].fqdn))
}

fn voice_words([one, other]: [Option<VoiceSettings>; 2]) -> String {
    match one {
        _ if one != other => "Voice differs by pool".to_owned(),
        Some(voice) if voice.automatic => {
            format!("Voice {} / {}", seconds(voice.failure_detection_seconds), seconds(voice.failback_seconds))
        }
        Some(_) => "Voice by hand".to_owned(),
        None => "Voice not set".to_owned(),
    }
}

fn seconds(interval: Option<u64>) -> String {
    interval.map_or_else(|| "?".to_owned(), |number| format!("{number} s"))
}

fn central_management_link(pools: &[PoolPicture], [active, standby]: [usize; 2]) -> Option<Link> {
    let role = |pool: usize, side: usize| pools[pool].central_management[side];
    let named = names(pools, active, standby);
    let labels = [0, 1].map(|side| {
        let exists =
            role(active, side) == CentralManagement::Active && role(standby, side) == CentralManagement::Standby;
        (named[side] && exists).then(|| "Central Management".to_owned())
    });
    Link::new([active, standby], false, Data::CentralManagement, labels)
}

impl Link {
    /// Creates a link that exists before or after the change.
    fn new(ends: [usize; 2], both_ways: bool, data: Data, labels: [Option<String>; 2]) -> Option<Self> {
        labels.iter().any(Option::is_some).then_some(Self { ends, both_ways, data, labels })
    }
}
