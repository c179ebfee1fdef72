//! Pools to pair, and pools to part.

use super::{Located, Origin};
use crate::interval::Interval;
use crate::topology::Fqdn;

/// Two pools that shall back each other up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PairRequest {
    /// The two pools, in the order of the request.
    pub pools: [Located<Fqdn>; 2],
    /// Voice failover of each of the two.
    pub voice: [VoiceRequest; 2],
    /// Whether the pools leave the partners that they have now.
    pub replace: Located<bool>,
    /// The table that asks for the pair.
    pub origin: Origin,
}

/// A pool that shall have no backup pool.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnpairRequest {
    /// The pool; its partner is parted with it.
    pub pool: Located<Fqdn>,
    /// The table that asks for it.
    pub origin: Origin,
}

/// Automatic failover and failback for Voice, as asked for one pool.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VoiceRequest {
    /// Whether it is on; it is unless the request says otherwise.
    pub automatic: Located<bool>,
    /// The failure detection interval; always there where failover is automatic.
    pub failure_detection: Option<Located<Interval>>,
    /// The failback interval; always there where failover is automatic.
    pub failback: Option<Located<Interval>>,
}

impl VoiceRequest {
    /// Completes what was written with the defaults.
    ///
    /// Intervals that nothing would use stay away: without automatic failover there are only those that were
    /// written.
    pub fn completed(
        automatic: Option<Located<bool>>,
        failure_detection: Option<Located<Interval>>,
        failback: Option<Located<Interval>>,
    ) -> Self {
        let automatic = automatic.unwrap_or_else(|| Located::by_default(true));
        let default = |interval| automatic.value.then(|| Located::by_default(interval));
        Self {
            failure_detection: failure_detection.or_else(|| default(Interval::DEFAULT_FAILURE_DETECTION)),
            failback: failback.or_else(|| default(Interval::DEFAULT_FAILBACK)),
            automatic,
        }
    }
}
