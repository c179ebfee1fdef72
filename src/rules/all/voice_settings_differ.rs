//! The rule `voice-settings-differ`.

use crate::rules::PlacedSetting;
use crate::rules::prelude::*;

rule! {
    /// # What it checks
    ///
    /// The two pools of a pair have the same voice failover settings.
    ///
    /// # Why
    ///
    /// Each pool has its own switch and intervals, for the case that it fails itself. That they differ is possible and
    /// seldom meant: users of one pool then wait longer than those of the other.
    ///
    /// # Example
    ///
    /// `pool01.contoso.com` fails over after 300 s, `pool02.contoso.com` after 120 s.
    ///
    /// # How to fix
    ///
    /// Ask for one `voice-failover` of the pair, without a table for one of the pools. If the difference is meant,
    /// allow this rule and say why.
    ///
    /// # Source
    ///
    /// Inferred: Topology Builder sets each pool of a pair on its own.
    VOICE_SETTINGS_DIFFER = "voice-settings-differ", Advice from Topology, "inferred", All(check)
}

fn check(context: &RuleContext<'_>) -> Vec<Finding> {
    context.paired_voices().iter().flat_map(|voices| of_pair(context, voices)).collect()
}

/// One finding for each setting, so that a request and its result tell the same ones alike.
fn of_pair(context: &RuleContext<'_>, voices: &[PoolVoice; 2]) -> Vec<Finding> {
    let [first, second] = voices.each_ref().map(|voice| settings(context, voice));
    first.into_iter().zip(second).filter_map(|(one, other)| difference(one, other)).collect()
}

/// A setting in words; no value where the notation cannot read it, or where nothing is set.
struct ComparedSetting<'a> {
    pool: &'a Fqdn,
    words: &'static str,
    value: Option<String>,
    place: Place,
}

fn settings<'a>(context: &RuleContext<'a>, voice: &PoolVoice) -> [ComparedSetting<'a>; 3] {
    let pool = context.name(voice.pool);
    let nowhere = || Place::from(context.pool_span(voice.pool));
    let interval = |words, interval: Option<&PlacedSetting<Interval>>| ComparedSetting {
        pool,
        words,
        value: interval.and_then(|interval| interval.value).map(|value| value.to_string()),
        place: interval.map_or_else(nowhere, |interval| interval.place.clone()),
    };
    let switch = voice.automatic.as_ref();
    let is_on = switch.map_or(Some(false), |switch| switch.value);
    let automatic = ComparedSetting {
        pool,
        words: "switch for automatic failover of Voice",
        value: is_on.map(|on| if on { "on" } else { "off" }.to_owned()),
        place: switch.map_or_else(nowhere, |switch| switch.place.clone()),
    };
    let detection = interval(FAILURE_DETECTION, voice.failure_detection.as_ref());
    [automatic, detection, interval(FAILBACK, voice.failback.as_ref())]
}

fn difference(first: ComparedSetting<'_>, second: ComparedSetting<'_>) -> Option<Finding> {
    let (one, other) = (first.value?, second.value?);
    if one == other {
        return None;
    }
    let (words, pools) = (first.words, [first.pool, second.pool]);
    let message = format!("the {words} differs within a pair: {one} for `{}`, {other} for `{}`", pools[0], pools[1]);
    let finding =
        VOICE_SETTINGS_DIFFER.finding(pools, message, "give both pools the same, unless the difference is meant");
    Some(finding.on(words).at(first.place, one).at(second.place, other))
}
