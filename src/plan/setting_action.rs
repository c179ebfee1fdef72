//! Settings of voice failover that come, go or change.

use smol_str::SmolStr;

use super::change::{ChangeKind, Value};
use super::target::{Target, VoiceTarget};
use crate::interval::Interval;
use crate::notation::{self, Notation, OffForm};
use crate::pairing::{self, Pairing};
use crate::source::Spanned;
use crate::topology::{PoolIndex, ServiceIndex};

/// An attribute of a Registrar's role element comes, goes or changes.
#[derive(Clone, Debug)]
pub(super) struct SettingAction<'a> {
    pub(super) pool: PoolIndex,
    pub(super) registrar: ServiceIndex,
    pub(super) name: &'a str,
    pub(super) before: Option<&'a Spanned<SmolStr>>,
    pub(super) after: Option<String>,
    pub(super) change: (ChangeKind, Option<Value>, Option<Value>),
}

/// What has to be done to the settings of a pool, in the order in which new ones are written.
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
            notation::Setting::AutomaticFailover => flag(voice, notation, target.voice),
            notation::Setting::FailureDetection => interval(
                voice.failure_detection.as_ref(),
                &notation.failure_detection,
                target.voice.failure_detection(),
            ),
            notation::Setting::Failback => {
                interval(voice.failback.as_ref(), &notation.failback, target.voice.failback())
            }
        };
        Some((setting, delta?))
    });
    let action = |(setting, delta): (notation::Setting, Delta<'a>)| SettingAction {
        pool: target.pool,
        registrar,
        name: notation.attribute(setting),
        before: delta.before,
        after: delta.after,
        change: (kind(setting), delta.values.0, delta.values.1),
    };
    deltas.map(action).collect()
}

fn kind(setting: notation::Setting) -> ChangeKind {
    match setting {
        notation::Setting::AutomaticFailover => ChangeKind::AutomaticFailover,
        notation::Setting::FailureDetection => ChangeKind::FailureDetection,
        notation::Setting::Failback => ChangeKind::Failback,
    }
}

/// What a setting shall be.
#[derive(Clone, Copy)]
enum Wanted<T> {
    AsItIs,
    /// What it was before there was a pair.
    Unpaired,
    Is(T),
}

struct Delta<'a> {
    before: Option<&'a Spanned<SmolStr>>,
    after: Option<String>,
    values: (Option<Value>, Option<Value>),
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
    let form = attribute.form;
    let unpaired = attribute.unpaired.as_deref();
    delta(before, wanted, unpaired, |yes| form.write(yes).to_owned(), |text| form.read(text), Value::Flag)
}

fn interval<'a>(
    before: Option<&'a pairing::Setting<Interval>>,
    attribute: &notation::IntervalAttribute,
    target: Option<Option<Interval>>,
) -> Option<Delta<'a>> {
    let wanted = match target {
        Some(Some(interval)) => Wanted::Is(interval),
        Some(None) => Wanted::AsItIs,
        None => Wanted::Unpaired,
    };
    let form = attribute.form;
    let show = |interval: Interval| Value::Seconds(interval.seconds());
    let read = |text: &str| Interval::read(form, text).ok();
    delta(before, wanted, attribute.unpaired.as_deref(), |interval| interval.write(form), read, show)
}

fn delta<'a, T: Copy + PartialEq>(
    before: Option<&'a pairing::Setting<T>>,
    wanted: Wanted<T>,
    unpaired: Option<&str>,
    write: impl Fn(T) -> String,
    read: impl Fn(&str) -> Option<T>,
    show: impl Fn(T) -> Value,
) -> Option<Delta<'a>> {
    let written = before.map(|setting| &setting.written);
    let after = match (wanted, before) {
        (Wanted::AsItIs, _) | (Wanted::Unpaired, None) => return None,
        (Wanted::Is(value), Some(setting)) if setting.value == Some(value) => return None,
        (Wanted::Unpaired, Some(setting)) if unpaired == Some(setting.written.value.as_str()) => return None,
        (Wanted::Is(value), _) => Some(write(value)),
        (Wanted::Unpaired, Some(_)) => unpaired.map(str::to_owned),
    };
    let value = |text: &str| read(text).map_or_else(|| Value::Text(text.to_owned()), &show);
    let values = (written.map(|written| value(&written.value)), after.as_deref().map(value));
    Some(Delta { before: written, after, values })
}
