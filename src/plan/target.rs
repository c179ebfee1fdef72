//! The target state of each touched pool.

use std::collections::HashSet;

use crate::interval::Interval;
use crate::pairing::Pairing;
use crate::request::{Located, ResolvedRequest, VoiceRequest};
use crate::topology::PoolIndex;

/// The target state of a pool.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Target {
    pub(super) pool: PoolIndex,
    pub(super) backup: Option<PoolIndex>,
    pub(super) voice: VoiceTarget,
}

/// The target state of a pool's voice failover settings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct VoiceTarget {
    pub(super) automatic: Wanted<bool>,
    pub(super) failure_detection: Wanted<Interval>,
    pub(super) failback: Wanted<Interval>,
}

/// The target value of a setting.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Wanted<T> {
    AsItIs,
    /// Its value without a pair: usually none.
    Unpaired,
    Is(T),
}

impl VoiceTarget {
    const UNPAIRED: Self =
        Self { automatic: Wanted::Unpaired, failure_detection: Wanted::Unpaired, failback: Wanted::Unpaired };

    /// Sets these values; an interval without a value is not changed.
    pub(crate) fn new(automatic: bool, failure_detection: Option<Interval>, failback: Option<Interval>) -> Self {
        let interval = |given: Option<Interval>| given.map_or(Wanted::AsItIs, Wanted::Is);
        Self {
            automatic: Wanted::Is(automatic),
            failure_detection: interval(failure_detection),
            failback: interval(failback),
        }
    }
}

/// The targets of a request: the pools of each pair together, then those that lose their partner.
pub(super) fn targets(requested: &ResolvedRequest<'_>, pairing: &Pairing) -> Vec<Target> {
    let mut targets: Vec<Target> = Vec::new();
    let mut seen = HashSet::new();
    for pair in &requested.pairs {
        let Some([first, second]) = pair.both() else { continue };
        let [first_voice, second_voice] = &pair.request.voice;
        let pair = [(first, second, first_voice), (second, first, second_voice)];
        let pair = pair.map(|(pool, backup, voice)| Target { pool, backup: Some(backup), voice: voice.into() });
        // A pair that is requested twice in the same way counts once.
        if pair.map(|target| seen.insert(target)).contains(&true) {
            targets.extend(pair);
        }
    }
    let mut settled: HashSet<PoolIndex> = targets.iter().map(|target| target.pool).collect();
    let named =
        targets.iter().map(|target| target.pool).chain(requested.unpairs.iter().filter_map(|unpair| unpair.pool));
    let leaving = leaving(named.collect(), pairing).into_iter().filter(|&pool| settled.insert(pool));
    targets.extend(leaving.map(|pool| Target { pool, backup: None, voice: VoiceTarget::UNPAIRED }));
    targets
}

/// The pools that leave their partners, followed by those that thereby lose all their ties: former partners, and pools
/// that name one of these as their backup without being named by it.
fn leaving(mut pools: Vec<PoolIndex>, pairing: &Pairing) -> Vec<PoolIndex> {
    let mut seen: HashSet<PoolIndex> = pools.iter().copied().collect();
    let mut next = 0;
    while let Some(&pool) = pools.get(next) {
        let named = pairing.backups_of(pool).map(|backup| backup.partner);
        let naming = pairing.naming(pool).map(|backup| backup.pool);
        for tied in named.chain(naming) {
            let mut others = pairing.backups_of(tied).map(|backup| backup.partner).filter(|&other| other != tied);
            // A pool that also names another pool keeps that one.
            if others.all(|other| seen.contains(&other)) && seen.insert(tied) {
                pools.push(tied);
            }
        }
        next += 1;
    }
    pools
}

/// The two targets of each pair together, and each pool without a partner by itself.
pub(super) fn groups(targets: &[Target]) -> impl Iterator<Item = &[Target]> {
    targets.chunk_by(|one, other| one.backup == Some(other.pool) && other.backup == Some(one.pool))
}

/// A pool with two different targets, as when it is requested in two pairs.
pub(super) fn contradiction(targets: &[Target]) -> Option<PoolIndex> {
    let mut seen = HashSet::new();
    targets.iter().map(|target| target.pool).find(|&pool| !seen.insert(pool))
}

impl From<&VoiceRequest> for VoiceTarget {
    fn from(voice: &VoiceRequest) -> Self {
        let interval = |given: &Option<Located<Interval>>| given.as_ref().map(|interval| interval.value);
        Self::new(voice.automatic.value, interval(&voice.failure_detection), interval(&voice.failback))
    }
}
