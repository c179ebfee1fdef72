//! What replicates between pools.

use super::{Data, Link, PoolPicture};
use crate::pairing::VoiceSettings;
use crate::topology::CentralManagement;

/// What replicates between the pools, users before Central Management.
pub(super) fn between(pools: &[PoolPicture]) -> Vec<Link> {
    let couples = || (0..pools.len()).flat_map(|one| (one + 1..pools.len()).map(move |other| [one, other]));
    let users = couples().flat_map(|ends| user_links(pools, ends));
    let central = couples().flat_map(|[one, other]| [[one, other], [other, one]]);
    users.chain(central.map(|ends| central_management_link(pools, ends))).flatten().collect()
}

/// One link where both name each other, else one for each pool that names the other without being named.
fn user_links(pools: &[PoolPicture], [one, other]: [usize; 2]) -> [Option<Link>; 3] {
    let link = |ends: [usize; 2], both_ways, is_there: [bool; 2]| {
        let label = |side: usize| is_there[side].then(|| voice_words(ends.map(|pool| pools[pool].voice[side])));
        Link::new(ends, both_ways, Data::Users, [label(0), label(1)])
    };
    let forth = names(pools, one, other);
    let back = names(pools, other, one);
    let both = [0, 1].map(|side| forth[side] && back[side]);
    let only = |way: [bool; 2]| [0, 1].map(|side| way[side] && !both[side]);
    // A pool that names a backup sends its users' data there.
    [link([one, other], true, both), link([one, other], false, only(forth)), link([other, one], false, only(back))]
}

/// Whether a pool names another one as its backup, before and after.
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
    let part = |pool: usize, side: usize| pools[pool].central_management[side];
    let named = names(pools, active, standby);
    let labels = [0, 1].map(|side| {
        let is_there =
            part(active, side) == CentralManagement::Active && part(standby, side) == CentralManagement::Standby;
        (named[side] && is_there).then(|| "Central Management".to_owned())
    });
    Link::new([active, standby], false, Data::CentralManagement, labels)
}

impl Link {
    /// A link that is there before or after.
    fn new(ends: [usize; 2], both_ways: bool, data: Data, labels: [Option<String>; 2]) -> Option<Self> {
        labels.iter().any(Option::is_some).then_some(Self { ends, both_ways, data, labels })
    }
}
