//! Automatic failover and failback for Voice: as written, and as requested for each pool of a pair.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{Located, PairRequest};
use crate::interval::Interval;
use crate::topology::Fqdn;

/// Voice settings of a pair.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct VoiceTable {
    /// The settings of both pools.
    #[serde(flatten)]
    pub both: RequestedVoice,
    /// The settings of single pools that override those of both, by pool name.
    #[serde(flatten, serialize_with = "as_map", deserialize_with = "from_map")]
    #[schemars(with = "BTreeMap<String, RequestedVoice>")]
    pub own: Vec<(Located<Fqdn>, RequestedVoice)>,
}

/// Automatic failover and failback for Voice.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct RequestedVoice {
    /// Whether voice fails over and back automatically; `true` by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "bool")]
    pub automatic: Option<Located<bool>>,
    /// How long a failure lasts before voice fails over; 300 s by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Interval")]
    pub failure_detection: Option<Located<Interval>>,
    /// How long a pool is back before voice fails back to it; 600 s by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Interval")]
    pub failback: Option<Located<Interval>>,
}

/// The requested settings of one pool for automatic failover and failback for Voice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VoiceRequest {
    /// Whether it is on; on by default.
    pub automatic: Located<bool>,
    /// The failure detection interval; always present if failover is automatic.
    pub failure_detection: Option<Located<Interval>>,
    /// The failback interval; always present if failover is automatic.
    pub failback: Option<Located<Interval>>,
}

impl VoiceTable {
    /// The settings of a pair, written once if they are the same for both pools.
    pub(super) fn of(pair: &PairRequest) -> Self {
        let [first, second] = pair.voice.each_ref().map(RequestedVoice::from);
        if first.values() == second.values() {
            return Self { both: first, own: Vec::new() };
        }
        Self { both: RequestedVoice::default(), own: pair.pools.iter().cloned().zip([first, second]).collect() }
    }

    /// The settings of a pool: its own, otherwise those of both, otherwise the defaults.
    ///
    /// Without automatic failover, intervals have no defaults.
    pub(super) fn of_pool(&self, pool: &Fqdn) -> VoiceRequest {
        let own = self.own.iter().find(|(name, _)| name.value == *pool).map(|(_, own)| own.clone()).unwrap_or_default();
        let automatic = own.automatic.or_else(|| self.both.automatic.clone()).unwrap_or(Located::by_default(true));
        let default = |interval| automatic.value.then(|| Located::by_default(interval));
        let detection = own.failure_detection.or_else(|| self.both.failure_detection.clone());
        let failback = own.failback.or_else(|| self.both.failback.clone());
        VoiceRequest {
            failure_detection: detection.or_else(|| default(Interval::DEFAULT_FAILURE_DETECTION)),
            failback: failback.or_else(|| default(Interval::DEFAULT_FAILBACK)),
            automatic,
        }
    }
}

impl RequestedVoice {
    fn values(&self) -> (Option<bool>, Option<Interval>, Option<Interval>) {
        let interval = |given: &Option<Located<Interval>>| given.as_ref().map(|given| given.value);
        let automatic = self.automatic.as_ref().map(|automatic| automatic.value);
        (automatic, interval(&self.failure_detection), interval(&self.failback))
    }
}

impl Default for VoiceRequest {
    /// On, with the documented intervals.
    fn default() -> Self {
        VoiceTable::default().of_pool(&Fqdn::new(""))
    }
}

impl From<&VoiceRequest> for RequestedVoice {
    fn from(voice: &VoiceRequest) -> Self {
        Self {
            automatic: Some(voice.automatic.clone()),
            failure_detection: voice.failure_detection.clone(),
            failback: voice.failback.clone(),
        }
    }
}

fn as_map<S: Serializer>(own: &[(Located<Fqdn>, RequestedVoice)], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(own.iter().map(|(pool, settings)| (pool, settings)))
}

fn from_map<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<(Located<Fqdn>, RequestedVoice)>, D::Error> {
    let own = BTreeMap::<Fqdn, RequestedVoice>::deserialize(deserializer)?;
    Ok(own.into_iter().map(|(pool, settings)| (Located::by_default(pool), settings)).collect())
}
