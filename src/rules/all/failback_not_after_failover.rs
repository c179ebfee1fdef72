//! The rule `failback-not-after-failover`.

use crate::rules::LocatedSetting;
use crate::rules::prelude::*;

rule! {
    /// # What it checks
    ///
    /// The failback interval of a pool is longer than its failure detection interval.
    ///
    /// # Why
    ///
    /// The failback interval delays the return of calls to a recovered pool. If it is not longer than the failure
    /// detection interval, an unstable pool makes calls move back and forth. The documented values double: 300 s and
    /// 600 s between pools, 120 s and 240 s for branches.
    ///
    /// # Example
    ///
    /// `failure-detection = "10m"` with `failback = "5m"`: most often the two were swapped.
    ///
    /// # How to fix
    ///
    /// Request a longer failback interval, about twice the failure detection interval.
    ///
    /// # Source
    ///
    /// Inferred from the values that the help pages of Topology Builder give.
    FAILBACK_NOT_AFTER_FAILOVER = "failback-not-after-failover", Advice from Topology,
        "help pages, inferred", All(check)
}

fn check(context: &RuleContext<'_>) -> Vec<Finding> {
    let voices = context.voices();
    voices.chunk_by(share_places).filter_map(|voices| check_pools(context, voices)).collect()
}

/// Whether a request sets both intervals of two pools in one place.
fn share_places(one: &PoolVoice, other: &PoolVoice) -> bool {
    let place = |setting: &Option<LocatedSetting<_>>| setting.as_ref().map(|setting| setting.place.clone());
    let places = |voice: &PoolVoice| (place(&voice.failure_detection), place(&voice.failback));
    places(one) == places(other)
}

fn check_pools(context: &RuleContext<'_>, voices: &[PoolVoice]) -> Option<Finding> {
    let voice = voices.first()?;
    let (detection, failback) = (voice.failure_detection.as_ref()?, voice.failback.as_ref()?);
    let (detection_time, failback_time) = (detection.value?, failback.value?);
    if failback_time > detection_time {
        return None;
    }
    let names: Vec<_> = voices.iter().map(|voice| context.name(voice.pool)).collect();
    let message = format!(
        "the {FAILBACK} of {}, {failback_time}, is not longer than its {FAILURE_DETECTION}, {detection_time}",
        listed(&names)
    );
    let help = "choose about twice the failure detection interval";
    let finding = FAILBACK_NOT_AFTER_FAILOVER.finding(names, message, help);
    Some(finding.at(failback.place.clone(), FAILBACK).at(detection.place.clone(), FAILURE_DETECTION))
}
