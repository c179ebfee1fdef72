//! The rule `failback-not-after-failover`.

use crate::rules::PlacedSetting;
use crate::rules::prelude::*;

rule! {
    /// # What it checks
    ///
    /// The failback interval of a pool is longer than its failure detection interval.
    ///
    /// # Why
    ///
    /// A pool that comes and goes should be away for a shorter time than it has to be back before calls return to it.
    /// Otherwise calls move to and fro with it. The documented pairs of values double: 300 s and 600 s between pools,
    /// 120 s and 240 s for branches.
    ///
    /// # Example
    ///
    /// `failure-detection = "10m"` with `failback = "5m"`: most often the two were swapped.
    ///
    /// # How to fix
    ///
    /// Ask for a failback interval that is longer, about twice the failure detection interval.
    ///
    /// # Source
    ///
    /// Inferred from the values that the help pages of Topology Builder give.
    FAILBACK_NOT_AFTER_FAILOVER = "failback-not-after-failover", Advice from Topology,
        "help pages, inferred", All(check)
}

fn check(context: &RuleContext<'_>) -> Vec<Finding> {
    let voices = context.voices();
    voices.chunk_by(are_one).filter_map(|voices| of_pools(context, voices)).collect()
}

/// Whether a request gives both intervals to two pools in one place.
fn are_one(one: &PoolVoice, other: &PoolVoice) -> bool {
    let place = |setting: &Option<PlacedSetting<_>>| setting.as_ref().map(|setting| setting.place.clone());
    let places = |voice: &PoolVoice| (place(&voice.failure_detection), place(&voice.failback));
    places(one) == places(other)
}

fn of_pools(context: &RuleContext<'_>, voices: &[PoolVoice]) -> Option<Finding> {
    let voice = voices.first()?;
    let (detection, failback) = (voice.failure_detection.as_ref()?, voice.failback.as_ref()?);
    let (until_away, until_back) = (detection.value?, failback.value?);
    if until_back > until_away {
        return None;
    }
    let names: Vec<_> = voices.iter().map(|voice| context.name(voice.pool)).collect();
    let message = format!(
        "the {FAILBACK} of {}, {until_back}, is not longer than its {FAILURE_DETECTION}, {until_away}",
        listed(&names)
    );
    let help = "choose about twice the failure detection interval";
    let finding = FAILBACK_NOT_AFTER_FAILOVER.finding(names, message, help);
    Some(finding.at(failback.place.clone(), FAILBACK).at(detection.place.clone(), FAILURE_DETECTION))
}
