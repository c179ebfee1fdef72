//! Voice failover settings to add, remove or change.

use smol_str::SmolStr;

use super::target::{Target, Wanted};
use crate::action::SettingAction;
use crate::interval::Interval;
use crate::notation::{IntervalAttribute, Notation, OffForm, VoiceSetting};
use crate::pairing::{self, Pairing};
use crate::source::Spanned;
use crate::topology::ServiceIndex;

/// The actions on the settings of a pool, in the order in which new ones are written.
pub(super) fn of_target<'a>(
    pairing: &'a Pairing,
    notation: &'a Notation,
    target: &Target,
    registrar: ServiceIndex,
) -> Vec<SettingAction<'a>> {
    let Some(voice) = pairing.voice(target.pool) else { return Vec::new() };
    let order = notation.placement.settings_order.into_iter();
    let actions = order.filter_map(|setting| {
        let delta = match setting {
            VoiceSetting::AutomaticFailover => flag(voice, notation, target.voice.automatic),
            VoiceSetting::FailureDetection => {
                interval(&voice.failure_detection, &notation.failure_detection, target.voice.failure_detection)
            }
            VoiceSetting::Failback => interval(&voice.failback, &notation.failback, target.voice.failback),
        };
        let (before, after) = delta?;
        Some(SettingAction { pool: target.pool, registrar, setting, name: notation.attribute(setting), before, after })
    });
    actions.collect()
}

/// The attribute as written, and its new value.
type Delta<'a> = (Option<&'a Spanned<SmolStr>>, Option<String>);

fn flag<'a>(voice: &'a pairing::Voice, notation: &Notation, wanted: Wanted<bool>) -> Option<Delta<'a>> {
    let attribute = &notation.automatic_failover;
    let before = voice.automatic.as_ref();
    if wanted == Wanted::Is(false) && before.is_none() && attribute.off == OffForm::Absent {
        return None;
    }
    let unpaired = attribute.unpaired.as_deref().map(|text| (text, attribute.form.read(text)));
    delta(before, wanted, unpaired, |yes| attribute.form.write(yes).to_owned())
}

fn interval<'a>(
    before: &'a Option<pairing::ReadSetting<Interval>>,
    attribute: &IntervalAttribute,
    wanted: Wanted<Interval>,
) -> Option<Delta<'a>> {
    let unpaired = attribute.unpaired.as_deref().map(|text| (text, attribute.read(text)));
    delta(before.as_ref(), wanted, unpaired, |interval| interval.write(attribute.form))
}

fn delta<'a, T: Copy + PartialEq>(
    before: Option<&'a pairing::ReadSetting<T>>,
    wanted: Wanted<T>,
    unpaired: Option<(&str, Option<T>)>,
    write: impl Fn(T) -> String,
) -> Option<Delta<'a>> {
    let written = before.map(|setting| &setting.written);
    let after = match (wanted, before) {
        (Wanted::AsItIs, _) | (Wanted::Unpaired, None) => return None,
        (Wanted::Is(value), Some(setting)) if setting.value == Some(value) => return None,
        (Wanted::Unpaired, Some(setting)) if unpaired.is_some_and(|unpaired| setting.says(unpaired)) => return None,
        (Wanted::Is(value), _) => Some(write(value)),
        (Wanted::Unpaired, Some(_)) => unpaired.map(|(text, _)| text.to_owned()),
    };
    Some((written, after))
}
