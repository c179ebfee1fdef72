//! Voice failover settings to add, remove or change.

use smol_str::SmolStr;

use super::target::{Target, VoiceTarget};
use crate::action::SettingAction;
use crate::interval::Interval;
use crate::notation::{self, Notation, OffForm};
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
    let deltas = order.filter_map(|setting| {
        let delta = match setting {
            notation::VoiceSetting::AutomaticFailover => flag(voice, notation, target.voice),
            notation::VoiceSetting::FailureDetection => interval(
                voice.failure_detection.as_ref(),
                &notation.failure_detection,
                target.voice.failure_detection(),
            ),
            notation::VoiceSetting::Failback => {
                interval(voice.failback.as_ref(), &notation.failback, target.voice.failback())
            }
        };
        Some((setting, delta?))
    });
    let action = |(setting, delta): (notation::VoiceSetting, Delta<'a>)| SettingAction {
        pool: target.pool,
        registrar,
        setting,
        name: notation.attribute(setting),
        before: delta.before,
        after: delta.after,
    };
    deltas.map(action).collect()
}

/// The target value of a setting.
#[derive(Clone, Copy)]
enum Wanted<T> {
    AsItIs,
    /// Its value before there was a pair.
    Unpaired,
    Is(T),
}

struct Delta<'a> {
    before: Option<&'a Spanned<SmolStr>>,
    after: Option<String>,
}

fn flag<'a>(voice: &'a pairing::Voice, notation: &Notation, target: VoiceTarget) -> Option<Delta<'a>> {
    let attribute = &notation.automatic_failover;
    let before = voice.automatic.as_ref();
    let wanted = match target {
        VoiceTarget::Set { automatic: false, .. } if before.is_none() && attribute.off == OffForm::Absent => {
            Wanted::AsItIs
        }
        VoiceTarget::Set { automatic, .. } => Wanted::Is(automatic),
        VoiceTarget::Clear => Wanted::Unpaired,
    };
    let unpaired = attribute.unpaired.as_deref().map(|text| (text, attribute.form.read(text)));
    delta(before, wanted, unpaired, |yes| attribute.form.write(yes).to_owned())
}

fn interval<'a>(
    before: Option<&'a pairing::ReadSetting<Interval>>,
    attribute: &notation::IntervalAttribute,
    target: Option<Option<Interval>>,
) -> Option<Delta<'a>> {
    let wanted = match target {
        Some(Some(interval)) => Wanted::Is(interval),
        Some(None) => Wanted::AsItIs,
        None => Wanted::Unpaired,
    };
    let unpaired = attribute.unpaired.as_deref().map(|text| (text, attribute.read(text)));
    delta(before, wanted, unpaired, |interval| interval.write(attribute.form))
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
    Some(Delta { before: written, after })
}
