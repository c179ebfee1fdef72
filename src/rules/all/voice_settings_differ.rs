//! The rule `voice-settings-differ`.

use crate::rules::LocatedSetting;
use crate::rules::prelude::*;

rule! {
    /// # What it checks
    ///
    /// The two pools of a pair have the same voice failover settings.
    ///
    /// # Why
    ///
    /// Each pool has its own switch and intervals, for its own failure. Different values are possible but seldom
    /// intended: users of one pool then wait longer than those of the other.
    ///
    /// # Example
    ///
    /// `pool01.contoso.com` fails over after 300 s, `pool02.contoso.com` after 120 s.
    ///
    /// # How to fix
    ///
    /// Request one `voice-failover` for the pair, without a table for one of the pools. If the difference is intended,
    /// allow this rule and say why.
    ///
    /// # Source
    ///
    /// Inferred: Topology Builder sets each pool of a pair separately.
    VOICE_SETTINGS_DIFFER = "voice-settings-differ", Advice from Topology, "inferred", All(check)
}

fn check(context: &RuleContext<'_>) -> Vec<Finding> {
    context.paired_voices().iter().flat_map(|voices| check_pair(context, voices)).collect()
}

/// One finding per setting, so that a request and its result report equal findings.
fn check_pair(context: &RuleContext<'_>, voices: &[PoolVoice; 2]) -> Vec<Finding> {
    let pools = voices.each_ref().map(|voice| context.name(voice.pool));
    let [first, second] = voices.each_ref().map(|voice| settings(context, voice));
    let both = first.into_iter().zip(second).filter_map(|((words, one, here), (_, other, there))| {
        let (one, other) = (one?, other?);
        let message =
            format!("the {words} differs within a pair: {one} for `{}`, {other} for `{}`", pools[0], pools[1]);
        let help = "give both pools the same value, unless the difference is intended";
        let finding = VOICE_SETTINGS_DIFFER.finding(pools, message, help).on(words);
        (one != other).then(|| finding.at(here, one).at(there, other))
    });
    both.collect()
}

/// Each setting as name, value and place; the value is `None` if it is missing or the notation cannot read it.
fn settings(context: &RuleContext<'_>, voice: &PoolVoice) -> [(&'static str, Option<String>, Place); 3] {
    let nowhere = || Place::from(context.pool_span(voice.pool));
    let interval = |words, set: &Option<LocatedSetting<Interval>>| match set {
        Some(LocatedSetting { value, place }) => (words, value.map(|value| value.to_string()), place.clone()),
        None => (words, None, nowhere()),
    };
    let switch = voice.automatic.as_ref();
    let is_on = switch.map_or(Some(false), |switch| switch.value).map(|on| if on { "on" } else { "off" }.to_owned());
    let place = switch.map_or_else(nowhere, |switch| switch.place.clone());
    [
        ("switch for automatic failover of Voice", is_on, place),
        interval(FAILURE_DETECTION, &voice.failure_detection),
        interval(FAILBACK, &voice.failback),
    ]
}
