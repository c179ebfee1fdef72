//! The requested or current voice failover settings that rules check.

use super::{PairContext, Place, RuleContext};
use crate::interval::Interval;
use crate::notation::IntervalAttribute;
use crate::pairing::{ReadSetting, Voice};
use crate::request::{Located, ResolvedPair, VoiceRequest};
use crate::topology::{Fqdn, PoolIndex};

/// The requested or current voice failover settings of a pool.
#[derive(Clone, Debug)]
pub struct PoolVoice {
    /// The pool.
    pub pool: PoolIndex,
    /// Automatic failover and failback.
    pub automatic: Option<LocatedSetting<bool>>,
    /// The failure detection interval.
    pub failure_detection: Option<LocatedSetting<Interval>>,
    /// The failback interval.
    pub failback: Option<LocatedSetting<Interval>>,
}

/// A setting and its position.
#[derive(Clone, Debug)]
pub struct LocatedSetting<T> {
    /// The value; `None` if the notation cannot read it.
    pub value: Option<T>,
    /// Where it is written.
    pub place: Place,
}

/// An interval and the pools that it applies to: an interval that a request sets for both pools of a pair is listed
/// once.
pub(super) struct LocatedInterval {
    pub(super) name: &'static str,
    pub(super) pools: Vec<PoolIndex>,
    pub(super) value: Option<Interval>,
    pub(super) place: Place,
}

/// The name of the failure detection interval in messages.
pub(super) const FAILURE_DETECTION: &str = "failure detection interval";
/// The name of the failback interval in messages.
pub(super) const FAILBACK: &str = "failback interval";

impl<'a> RuleContext<'a> {
    /// The voice failover settings to check: the requested ones, or without a request those of every Front End pool.
    pub fn voices(&self) -> Vec<PoolVoice> {
        let Some(requested) = self.requested else {
            let topology = self.topology();
            return topology.front_end_pools().filter_map(|pool| self.current_voice(pool)).collect();
        };
        requested.pairs.iter().flat_map(requested_voices).collect()
    }

    /// The voice failover settings of both pools of each pair, in document order.
    pub fn paired_voices(&self) -> Vec<[PoolVoice; 2]> {
        let voice = |pair: &PairContext<'a>, pool| match pair.requested {
            Some(requested) => Some(PoolVoice::requested(pool, requested.request.voice.get(requested.side(pool)?)?)),
            None => self.current_voice(pool),
        };
        let pairs = self.pairs().into_iter();
        pairs.filter_map(|pair| Some([voice(&pair, pair.pools[0])?, voice(&pair, pair.pools[1])?])).collect()
    }

    /// The intervals to check, without duplicates.
    pub(super) fn intervals(&self) -> Vec<LocatedInterval> {
        let mut found: Vec<LocatedInterval> = Vec::new();
        for voice in self.voices() {
            for (name, LocatedSetting { value, place }) in voice.intervals() {
                // The other pool of the pair is directly before this one, with at most two intervals.
                let mut last = found.iter_mut().rev().take(2);
                match last.find(|other| other.name == name && other.place == *place) {
                    Some(same) => same.pools.push(voice.pool),
                    None => {
                        found.push(LocatedInterval {
                            name,
                            pools: vec![voice.pool],
                            value: *value,
                            place: place.clone(),
                        });
                    }
                }
            }
        }
        found
    }

    fn current_voice(&self, pool: PoolIndex) -> Option<PoolVoice> {
        let voice: &'a Voice = self.pairing.voice(pool)?;
        let interval = |setting: &Option<ReadSetting<Interval>>, notation: &IntervalAttribute| {
            let set = setting.as_ref().filter(|setting| !self.is_inactive(pool, setting, notation));
            set.map(LocatedSetting::current)
        };
        Some(PoolVoice {
            pool,
            automatic: voice.automatic.as_ref().map(LocatedSetting::current),
            failure_detection: interval(&voice.failure_detection, &self.notation.failure_detection),
            failback: interval(&voice.failback, &self.notation.failback),
        })
    }

    /// Whether this is the value that the notation writes for unpaired pools, which has no effect.
    fn is_inactive(&self, pool: PoolIndex, written: &ReadSetting<Interval>, notation: &IntervalAttribute) -> bool {
        let says = |text: &String| written.says((text, notation.read(text)));
        self.pairing.backup_of(pool).is_none() && notation.unpaired.as_ref().is_some_and(says)
    }
}

/// The requested settings of the existing pools of a pair; once for a pool paired with itself.
fn requested_voices(pair: &ResolvedPair<'_>) -> Vec<PoolVoice> {
    let pools = pair.pools.iter().zip(&pair.request.voice);
    let mut voices: Vec<_> = pools.filter_map(|(pool, voice)| Some(PoolVoice::requested((*pool)?, voice))).collect();
    voices.dedup_by_key(|voice| voice.pool);
    voices
}

impl PoolVoice {
    fn requested(pool: PoolIndex, voice: &VoiceRequest) -> Self {
        Self {
            pool,
            automatic: Some(LocatedSetting::requested(&voice.automatic)),
            failure_detection: voice.failure_detection.as_ref().map(LocatedSetting::requested),
            failback: voice.failback.as_ref().map(LocatedSetting::requested),
        }
    }

    /// The intervals that are set, with their names.
    pub fn intervals(&self) -> impl Iterator<Item = (&'static str, &LocatedSetting<Interval>)> {
        let both = [(FAILURE_DETECTION, &self.failure_detection), (FAILBACK, &self.failback)];
        both.into_iter().filter_map(|(name, interval)| Some((name, interval.as_ref()?)))
    }
}

impl LocatedInterval {
    /// The names of the pools.
    pub(super) fn names<'a>(&self, context: &RuleContext<'a>) -> Vec<&'a Fqdn> {
        self.pools.iter().map(|&pool| context.name(pool)).collect()
    }
}

impl<T: Copy> LocatedSetting<T> {
    fn requested(located: &Located<T>) -> Self {
        Self { value: Some(located.value), place: Place::from(&located.origin) }
    }

    fn current(setting: &ReadSetting<T>) -> Self {
        Self { value: setting.value, place: Place::from(setting.written.span) }
    }
}
