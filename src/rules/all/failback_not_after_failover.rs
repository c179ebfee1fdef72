//! The rule `failback-not-after-failover`.

use crate::rules::rule::rule;
use crate::rules::voice::{FAILBACK, FAILURE_DETECTION};
use crate::rules::{Finding, PoolVoice, RuleContext};

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
        "help pages, inferred"
}

fn check(context: &RuleContext<'_>) -> Vec<Finding> {
    context.voices().iter().filter_map(|voice| of_pool(context, voice)).collect()
}

fn of_pool(context: &RuleContext<'_>, voice: &PoolVoice) -> Option<Finding> {
    let (detection, failback) = (voice.failure_detection.as_ref()?, voice.failback.as_ref()?);
    let (until_away, until_back) = (detection.value?, failback.value?);
    if until_back > until_away {
        return None;
    }
    let name = context.name(voice.pool);
    let message = format!(
        "the {FAILBACK} of `{name}`, {until_back}, is not longer than its {FAILURE_DETECTION}, {until_away}"
    );
    let finding = FAILBACK_NOT_AFTER_FAILOVER.finding([name], message, "choose about twice the failure detection interval");
    Some(finding.at(failback.place.clone(), FAILBACK).at(detection.place.clone(), FAILURE_DETECTION))
}
