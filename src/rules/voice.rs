//! The voice failover settings that rules look at: those asked for, or those written.

use super::{PairContext, Place, RuleContext};
use crate::interval::Interval;
use crate::notation::IntervalAttribute;
use crate::pairing::{ReadSetting, Voice};
use crate::request::{Located, ResolvedPair, VoiceRequest};
use crate::topology::{Fqdn, PoolIndex};

/// The voice failover settings of a pool, as a request asks for them or as the topology has them.
#[derive(Clone, Debug)]
pub struct PoolVoice {
    /// The pool.
    pub pool: PoolIndex,
    /// Automatic failover and failback.
    pub automatic: Option<PlacedSetting<bool>>,
    /// The failure detection interval.
    pub failure_detection: Option<PlacedSetting<Interval>>,
    /// The failback interval.
    pub failback: Option<PlacedSetting<Interval>>,
}

/// A setting, and where it is asked for or written.
#[derive(Clone, Debug)]
pub struct PlacedSetting<T> {
    /// The value; nothing where the notation cannot read what is written.
    pub value: Option<T>,
    /// Where.
    pub place: Place,
}

/// An interval, and the pools that it is asked for or written for: one that a request gives to both pools of a pair is
/// one.
pub(super) struct PlacedInterval {
    pub(super) words: &'static str,
    pub(super) pools: Vec<PoolIndex>,
    pub(super) value: Option<Interval>,
    pub(super) place: Place,
}

/// The words for the failure detection interval.
pub(super) const FAILURE_DETECTION: &str = "failure detection interval";
/// The words for the failback interval.
pub(super) const FAILBACK: &str = "failback interval";

impl<'a> RuleContext<'a> {
    /// The voice failover settings to look at: with a request those it asks for, else those of every Front End pool.
    pub fn voices(&self) -> Vec<PoolVoice> {
        let Some(requested) = self.requested else {
            let topology = self.topology();
            return topology.front_end_pools().filter_map(|pool| self.written_voice(pool)).collect();
        };
        requested.pairs.iter().flat_map(asked_voices).collect()
    }

    /// The voice failover settings of both pools of each pair, pools in document order.
    pub fn paired_voices(&self) -> Vec<[PoolVoice; 2]> {
        let voice = |pair: &PairContext<'a>, pool| match pair.requested {
            Some(requested) => Some(PoolVoice::requested(pool, requested.request.voice.get(requested.side(pool)?)?)),
            None => self.written_voice(pool),
        };
        let pairs = self.pairs().into_iter();
        pairs.filter_map(|pair| Some([voice(&pair, pair.pools[0])?, voice(&pair, pair.pools[1])?])).collect()
    }

    /// The intervals to look at, each once.
    pub(super) fn intervals(&self) -> Vec<PlacedInterval> {
        let mut found: Vec<PlacedInterval> = Vec::new();
        for voice in self.voices() {
            for (words, PlacedSetting { value, place }) in voice.intervals() {
                // The other pool of the pair came just before, with two intervals at most.
                let mut last = found.iter_mut().rev().take(2);
                match last.find(|other| other.words == words && other.place == *place) {
                    Some(same) => same.pools.push(voice.pool),
                    None => {
                        found.push(PlacedInterval {
                            words,
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

    fn written_voice(&self, pool: PoolIndex) -> Option<PoolVoice> {
        let voice: &'a Voice = self.pairing.voice(pool)?;
        let interval = |setting: &Option<ReadSetting<Interval>>, notation: &IntervalAttribute| {
            let set = setting.as_ref().filter(|setting| !self.is_inactive(pool, setting, notation));
            set.map(PlacedSetting::written)
        };
        Some(PoolVoice {
            pool,
            automatic: voice.automatic.as_ref().map(PlacedSetting::written),
            failure_detection: interval(&voice.failure_detection, &self.notation.failure_detection),
            failback: interval(&voice.failback, &self.notation.failback),
        })
    }

    /// Whether this is what the notation writes on every pool that is in no pair, which says nothing.
    fn is_inactive(&self, pool: PoolIndex, written: &ReadSetting<Interval>, notation: &IntervalAttribute) -> bool {
        let says = |text: &String| written.says((text, notation.read(text)));
        self.pairing.backup_of(pool).is_none() && notation.unpaired.as_ref().is_some_and(says)
    }
}

/// What is asked for the pools of a pair that exist; once for a pool that is to be paired with itself.
fn asked_voices(pair: &ResolvedPair<'_>) -> Vec<PoolVoice> {
    let pools = pair.pools.iter().zip(&pair.request.voice);
    let mut voices: Vec<_> = pools.filter_map(|(pool, voice)| Some(PoolVoice::requested((*pool)?, voice))).collect();
    voices.dedup_by_key(|voice| voice.pool);
    voices
}

impl PoolVoice {
    fn requested(pool: PoolIndex, voice: &VoiceRequest) -> Self {
        Self {
            pool,
            automatic: Some(PlacedSetting::requested(&voice.automatic)),
            failure_detection: voice.failure_detection.as_ref().map(PlacedSetting::requested),
            failback: voice.failback.as_ref().map(PlacedSetting::requested),
        }
    }

    /// Both intervals, each with what to call it, as far as they are set.
    pub fn intervals(&self) -> impl Iterator<Item = (&'static str, &PlacedSetting<Interval>)> {
        let both = [(FAILURE_DETECTION, &self.failure_detection), (FAILBACK, &self.failback)];
        both.into_iter().filter_map(|(words, interval)| Some((words, interval.as_ref()?)))
    }
}

impl PlacedInterval {
    /// The names of the pools.
    pub(super) fn names<'a>(&self, context: &RuleContext<'a>) -> Vec<&'a Fqdn> {
        self.pools.iter().map(|&pool| context.name(pool)).collect()
    }
}

impl<T: Copy> PlacedSetting<T> {
    fn requested(located: &Located<T>) -> Self {
        Self { value: Some(located.value), place: Place::from(&located.origin) }
    }

    fn written(setting: &ReadSetting<T>) -> Self {
        Self { value: setting.value, place: Place::from(setting.written.span) }
    }
}
