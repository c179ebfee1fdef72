//! The three settings of voice failover, distinguished by their values and names.

use super::error::LearnError;
use super::pair::NewPair;
use super::unexplained::Unexplained;
use crate::diff::{Difference, Subject};
use crate::interval::{Interval, IntervalForm};
use crate::notation::{FlagAttribute, FlagForm, IntervalAttribute, OffForm};
use crate::plan::VoiceTarget;
use crate::topology::Service;

/// How the settings are written, and what the two pools of the example have.
#[derive(Debug)]
pub(super) struct Settings {
    pub(super) automatic_failover: FlagAttribute,
    pub(super) failure_detection: IntervalAttribute,
    pub(super) failback: IntervalAttribute,
    /// The attributes that were added with the pair, in no order.
    pub(super) names: [String; 3],
    /// What each pool has.
    pub(super) voice: [VoiceTarget; 2],
}

/// Learns from the attributes in which the two Registrars differ.
///
/// # Errors
///
/// When one of the three is missing, or the two intervals cannot be told apart. Other attributes are noted.
pub(super) fn learn(pair: &NewPair<'_>, open: &mut Unexplained) -> Result<Settings, LearnError> {
    let changed = changed(pair);
    let (flags, others) = split_flags(&changed);
    let (intervals, unrecognized): (Vec<_>, Vec<_>) =
        others.into_iter().partition(|one| !one.interval_forms().is_empty());
    let mut note = |all: &[&Changed], reason| all.iter().for_each(|one| one.note(pair, open, reason));
    note(&unrecognized, "this is neither a switch nor an interval in whole seconds on both pools");
    if flags.len() > 1 {
        note(&flags, "more than one setting says yes or no");
    }
    if intervals.len() > 2 {
        note(&intervals, "more than two settings are intervals");
    }
    let ([flag], [first, second]) = (flags.as_slice(), intervals.as_slice()) else {
        return Err(open.noted_or(LearnError::Incomplete { missing: missing(&flags, &intervals) }));
    };
    let (detection, failback) = tell_apart(first, second)?;
    Ok(Settings::new(flag, detection, failback))
}

fn missing(flags: &[&Changed], intervals: &[&Changed]) -> Vec<&'static str> {
    let mut missing = Vec::new();
    if flags.is_empty() {
        missing.push("switch for automatic failover");
    }
    match intervals {
        [] => missing.extend(["failure detection interval", "failback interval"]),
        [one] if one.is_failback() => missing.push("failure detection interval"),
        [_] => missing.push("failback interval"),
        _ => {}
    }
    missing
}

/// An attribute that differs on at least one of the two Registrars.
#[derive(Debug)]
struct Changed {
    name: String,
    before: [Option<String>; 2],
    after: [Option<String>; 2],
}

fn changed(pair: &NewPair<'_>) -> Vec<Changed> {
    let value = |service: &Service, name: &str| {
        let found = service.settings.iter().find(|setting| setting.name == name);
        found.map(|setting| setting.value.value.to_string())
    };
    let mut found: Vec<Changed> = Vec::new();
    for side in &pair.sides {
        let services = [side.registrar_in(pair.after), side.registrar_before_in(pair.before)];
        for setting in services.iter().flat_map(|service| &service.settings) {
            let name = setting.name.as_str();
            if found.iter().any(|known| known.name == name) {
                continue;
            }
            let before = pair.sides.each_ref().map(|side| value(side.registrar_before_in(pair.before), name));
            let after = pair.sides.each_ref().map(|side| value(side.registrar_in(pair.after), name));
            if before != after {
                found.push(Changed { name: name.to_owned(), before, after });
            }
        }
    }
    found
}

/// The attributes that are switches. `0` and `1` count too, unless another attribute is a clearer switch.
fn split_flags(changed: &[Changed]) -> (Vec<&Changed>, Vec<&Changed>) {
    let plain = |one: &Changed| matches!(one.flag_form(), Some(FlagForm::Lowercase | FlagForm::Capitalised));
    let has_plain = changed.iter().any(plain);
    changed.iter().partition(|one| if has_plain { plain(one) } else { one.flag_form().is_some() })
}

/// The failure detection interval and the failback interval.
fn tell_apart<'c>(first: &'c Changed, second: &'c Changed) -> Result<(&'c Changed, &'c Changed), LearnError> {
    match (first.is_failback(), second.is_failback()) {
        (true, false) => return Ok((second, first)),
        (false, true) => return Ok((first, second)),
        _ => {}
    }
    let seconds = |one: &Changed| one.seconds();
    let smaller = |one: &Changed, other: &Changed| {
        seconds(one).iter().zip(seconds(other)).all(|(one, other)| one.is_some() && *one < other)
    };
    match () {
        () if smaller(first, second) => Ok((first, second)),
        () if smaller(second, first) => Ok((second, first)),
        () => Err(LearnError::AmbiguousIntervals { first: first.name.clone(), second: second.name.clone() }),
    }
}

impl Changed {
    fn both(&self) -> Option<[&str; 2]> {
        match &self.after {
            [Some(first), Some(second)] => Some([first, second]),
            _ => None,
        }
    }

    fn flag_form(&self) -> Option<FlagForm> {
        let values = self.both()?;
        FlagForm::ALL.into_iter().find(|form| values.iter().all(|value| form.read(value).is_some()))
    }

    /// The forms that both values have, written as poolpair would write them.
    fn interval_forms(&self) -> Vec<IntervalForm> {
        let Some(values) = self.both() else { return Vec::new() };
        let exact = |form: IntervalForm, text: &str| {
            Interval::read(form, text).is_ok_and(|interval| interval.write(form) == text)
        };
        FORMS.into_iter().filter(|&form| values.iter().all(|value| exact(form, value))).collect()
    }

    fn seconds(&self) -> [Option<Interval>; 2] {
        let form = self.interval_forms().first().copied();
        self.after.each_ref().map(|value| Interval::read(form?, value.as_deref()?).ok())
    }

    fn is_failback(&self) -> bool {
        self.name.to_ascii_lowercase().contains("failback")
    }

    /// The attribute's value without a pair, if it is the same on both pools.
    fn unpaired(&self) -> Option<String> {
        let [first, second] = &self.before;
        if first == second { first.clone() } else { None }
    }

    fn note(&self, pair: &NewPair<'_>, open: &mut Unexplained, reason: &str) {
        for ((side, before), after) in pair.sides.iter().zip(&self.before).zip(&self.after) {
            let subject = Subject::service(&pair.after.topology, side.registrar);
            open.note(Difference::setting(subject, &self.name, before.as_deref(), after.as_deref()), reason);
        }
    }
}

/// In order of preference, for a text that matches several forms.
const FORMS: [IntervalForm; 4] =
    [IntervalForm::XmlDuration, IntervalForm::XmlSeconds, IntervalForm::HoursMinutesSeconds, IntervalForm::Seconds];

impl Settings {
    fn new(flag: &Changed, detection: &Changed, failback: &Changed) -> Self {
        let form = flag.flag_form().unwrap_or(FlagForm::Lowercase);
        let on = flag.after.each_ref().map(|value| value.as_deref().and_then(|value| form.read(value)));
        let is_written_off = on.iter().zip(&flag.before).any(|(on, before)| *on == Some(false) && before.is_none());
        let [detection_form, failback_form] = interval_forms(detection, failback);
        let interval = |changed: &Changed, form| IntervalAttribute {
            attribute: changed.name.clone(),
            form,
            unpaired: changed.unpaired(),
        };
        let (detected, returned) = (detection.seconds(), failback.seconds());
        Self {
            automatic_failover: FlagAttribute {
                attribute: flag.name.clone(),
                form,
                off: if is_written_off { OffForm::Written } else { OffForm::Absent },
                unpaired: flag.unpaired(),
            },
            failure_detection: interval(detection, detection_form),
            failback: interval(failback, failback_form),
            names: [flag, detection, failback].map(|changed| changed.name.clone()),
            voice: [0, 1].map(|at| VoiceTarget::new(on[at].unwrap_or_default(), detected[at], returned[at])),
        }
    }
}

/// A form that fits both intervals if there is one, since `PT30S` alone fits two.
fn interval_forms(detection: &Changed, failback: &Changed) -> [IntervalForm; 2] {
    let (first, second) = (detection.interval_forms(), failback.interval_forms());
    let common = first.iter().copied().find(|form| second.contains(form));
    let own = |forms: &[IntervalForm]| forms.first().copied().unwrap_or(IntervalForm::XmlDuration);
    common.map_or_else(|| [own(&first), own(&second)], |form| [form, form])
}
