//! The rule `voice-settings-differ`.

use crate::interval::Interval;
use crate::rules::rule::rule;
use crate::rules::voice::{FAILBACK, FAILURE_DETECTION};
use crate::rules::{Finding, Place, PlacedSetting, PoolVoice, Scene};
use crate::topology::Fqdn;

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
    VOICE_SETTINGS_DIFFER = "voice-settings-differ", Advice from Topology, "inferred"
}

fn check(scene: &Scene<'_>) -> Vec<Finding> {
    scene.paired_voices().iter().flat_map(|voices| of_pair(scene, voices)).collect()
}

/// One finding for each setting, so that a request and its result tell the same ones alike.
fn of_pair(scene: &Scene<'_>, voices: &[PoolVoice; 2]) -> Vec<Finding> {
    let [first, second] = voices;
    let names = [scene.name(first.pool), scene.name(second.pool)];
    let both = settings(first).into_iter().zip(settings(second));
    both.filter_map(|settings| difference(names, settings)).collect()
}

/// A setting in words; no value where the notation can not read it, or where nothing is set.
struct Setting {
    words: &'static str,
    value: Option<String>,
    place: Option<Place>,
}

fn settings(voice: &PoolVoice) -> [Setting; 3] {
    let interval = |words, interval: &Option<PlacedSetting<Interval>>| Setting {
        words,
        value: interval.as_ref().and_then(|interval| interval.value).map(|value| value.to_string()),
        place: interval.as_ref().map(|interval| interval.place.clone()),
    };
    let switch = voice.automatic.as_ref();
    let is_on = switch.map_or(Some(false), |switch| switch.value);
    let automatic = Setting {
        words: "automatic failover for Voice",
        value: is_on.map(|on| if on { "on" } else { "off" }.to_owned()),
        place: switch.map(|switch| switch.place.clone()),
    };
    [automatic, interval(FAILURE_DETECTION, &voice.failure_detection), interval(FAILBACK, &voice.failback)]
}

fn difference(names: [&Fqdn; 2], settings: (Setting, Setting)) -> Option<Finding> {
    let (first, second) = settings;
    let (one, other) = (first.value?, second.value?);
    if one == other {
        return None;
    }
    let [first_name, second_name] = names;
    let message = format!(
        "the pools of a pair differ in their {}: `{first_name}` has {one}, `{second_name}` has {other}",
        first.words
    );
    let finding = VOICE_SETTINGS_DIFFER.finding(message, "give both pools the same, unless the difference is meant");
    Some(finding.at_some(first.place, one).at_some(second.place, other))
}
