//! What each touched pool shall be after the change.

use crate::asked::Asked;
use crate::interval::Interval;
use crate::pairing::Pairing;
use crate::request::VoiceRequest;
use crate::topology::PoolIndex;

/// What a pool shall be after the change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Target {
    pub(super) pool: PoolIndex,
    pub(super) backup: Option<PoolIndex>,
    pub(super) voice: VoiceTarget,
}

/// What the voice failover settings of a pool shall be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum VoiceTarget {
    /// Set to these; an interval that is not given stays as it is.
    Set { automatic: bool, failure_detection: Option<Interval>, failback: Option<Interval> },
    /// Nothing written.
    Clear,
}

/// The targets of a request: the pools of each pair side by side, then those that lose their partner.
pub(super) fn targets(asked: &Asked<'_>, pairing: &Pairing) -> Vec<Target> {
    let mut targets: Vec<Target> = Vec::new();
    for pair in &asked.pairs {
        let Some([first, second]) = pair.both() else { continue };
        let [first_voice, second_voice] = &pair.request.voice;
        targets.push(Target { pool: first, backup: Some(second), voice: VoiceTarget::from(first_voice) });
        targets.push(Target { pool: second, backup: Some(first), voice: VoiceTarget::from(second_voice) });
    }
    let unpaired = asked.unpairs.iter().filter_map(|unpair| unpair.pool);
    let leaving = targets.iter().map(|target| target.pool).chain(unpaired.clone()).collect::<Vec<_>>();
    let orphans = leaving.into_iter().flat_map(|pool| tied_to(pool, pairing));
    for pool in unpaired.chain(orphans) {
        if targets.iter().all(|target| target.pool != pool) {
            targets.push(Target { pool, backup: None, voice: VoiceTarget::Clear });
        }
    }
    targets
}

/// The pools that a pool names as its backup, and those that name it.
fn tied_to(pool: PoolIndex, pairing: &Pairing) -> impl Iterator<Item = PoolIndex> {
    pairing.backups.iter().filter_map(move |backup| match () {
        () if backup.pool == pool => Some(backup.partner),
        () if backup.partner == pool => Some(backup.pool),
        () => None,
    })
}

impl From<&VoiceRequest> for VoiceTarget {
    fn from(voice: &VoiceRequest) -> Self {
        Self::Set {
            automatic: voice.automatic.value,
            failure_detection: voice.failure_detection.as_ref().map(|interval| interval.value),
            failback: voice.failback.as_ref().map(|interval| interval.value),
        }
    }
}
