//! Time intervals as requests, topologies and Topology Builder write them.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};

// In 128 bits, so that a sum of 64-bit numbers cannot overflow.
const MINUTE: u128 = 60;
const HOUR: u128 = 60 * MINUTE;
const DAY: u128 = 24 * HOUR;

/// A time interval in whole seconds: how long a failure lasts before voice fails over, or how long a pool is
/// back before voice fails back.
///
/// A request spells it in one of five ways, all of which [`FromStr`] reads: `300`, `300s` (also `5m`, `1h`
/// and `1d`), the `xs:duration` `PT5M`, and the `00:05:00` of .NET's `TimeSpan`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Interval(u64);

impl Interval {
    /// The documented failure detection interval between two pools: 300 s.
    pub const DEFAULT_FAILURE_DETECTION: Self = Self(300);
    /// The documented failback interval between two pools: 600 s.
    pub const DEFAULT_FAILBACK: Self = Self(600);

    /// Creates an interval of `seconds`.
    pub const fn from_seconds(seconds: u64) -> Self {
        Self(seconds)
    }

    /// The length in seconds.
    pub const fn seconds(self) -> u64 {
        self.0
    }

    /// The canonical text of this interval in a form.
    pub fn write(self, form: IntervalForm) -> String {
        match form {
            IntervalForm::Seconds => self.0.to_string(),
            IntervalForm::HoursMinutesSeconds => self.time_span(),
            IntervalForm::XmlDuration => self.xml_duration(),
            IntervalForm::XmlSeconds => format!("PT{}S", self.0),
        }
    }

    /// Reads a text of exactly this form, canonical or not.
    ///
    /// # Errors
    ///
    /// When the text is not a whole number of seconds in this form.
    pub fn read(form: IntervalForm, text: &str) -> Result<Self, IntervalError> {
        if text.starts_with('-') {
            return Err(IntervalError::Negative);
        }
        let seconds = match form {
            IntervalForm::Seconds => number(text)?,
            IntervalForm::HoursMinutesSeconds => time_span(text)?,
            IntervalForm::XmlDuration => xml_duration(text)?,
            IntervalForm::XmlSeconds => xml_seconds(text)?,
        };
        u64::try_from(seconds).map(Self).map_err(|_| IntervalError::Overflow)
    }

    /// The message for an invalid interval, with examples of valid ones.
    pub(crate) fn invalid_message(text: &str, error: IntervalError) -> String {
        format!("invalid interval `{text}`: {error}; five minutes are `300`, `300s`, `5m`, `PT5M` or `00:05:00`")
    }

    fn time_span(self) -> String {
        let [days, hours, minutes, seconds] = self.parts();
        let days = if days == 0 { String::new() } else { format!("{days}.") };
        format!("{days}{hours:02}:{minutes:02}:{seconds:02}")
    }

    fn xml_duration(self) -> String {
        let [days, hours, minutes, seconds] = self.parts();
        let part = |count, letter| if count == 0 { String::new() } else { format!("{count}{letter}") };
        let time = [part(hours, 'H'), part(minutes, 'M'), part(seconds, 'S')].concat();
        match (part(days, 'D'), time.as_str()) {
            (date, "") if date.is_empty() => "PT0S".into(),
            (date, "") => format!("P{date}"),
            (date, _) => format!("P{date}T{time}"),
        }
    }

    /// Days, hours, minutes and seconds.
    fn parts(self) -> [u128; 4] {
        let all = u128::from(self.0);
        [all / DAY, all % DAY / HOUR, all % HOUR / MINUTE, all % MINUTE]
    }
}

impl fmt::Display for Interval {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} s", self.0)
    }
}

/// How a document writes an interval.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum IntervalForm {
    /// A whole number of seconds: `300`.
    Seconds,
    /// The constant format of .NET's `TimeSpan`: `00:05:00`, with days in front from 24 hours on: `1.00:00:00`.
    HoursMinutesSeconds,
    /// An `xs:duration` as .NET's `XmlConvert` writes it: `PT5M`, `PT1M30S`, `P1D`, `PT0S`.
    XmlDuration,
    /// An `xs:duration` of seconds alone: `PT300S`.
    XmlSeconds,
}

/// Why an interval is invalid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum IntervalError {
    /// The text is empty.
    #[error("it is empty")]
    Empty,
    /// A leading minus sign.
    #[error("an interval is never negative")]
    Negative,
    /// A decimal point or comma.
    #[error("only whole seconds are possible, no fractions")]
    Fraction,
    /// More seconds than 64 bits can hold.
    #[error("the number is too large")]
    Overflow,
    /// An invalid `xs:duration`.
    #[error(
        "an `xs:duration` has the form `P1DT2H3M4S`: capital letters, in this order, at least one part, and no years or months, which have no fixed length"
    )]
    XmlDuration,
    /// An invalid time with colons.
    #[error(
        "a time has two digits each for hours (to 23), minutes and seconds (to 59), and days in front: `1.02:03:04`"
    )]
    TimeSpan,
    /// An unknown unit after the number.
    #[error("the unit is not `s`, `m`, `h` or `d`")]
    Unit,
    /// Not a number.
    #[error("it is not a number of seconds")]
    Number,
}

impl FromStr for Interval {
    type Err = IntervalError;

    /// Reads any of the five spellings.
    fn from_str(text: &str) -> Result<Self, IntervalError> {
        if text.starts_with(['P', 'p']) || text.starts_with("-P") {
            return Self::read(IntervalForm::XmlDuration, text);
        }
        if text.contains(':') {
            return Self::read(IntervalForm::HoursMinutesSeconds, text);
        }
        let digits = text.trim_end_matches(|c: char| c.is_alphabetic() || c.is_whitespace());
        let unit = match text.get(digits.len()..).unwrap_or_default() {
            "" | "s" => 1,
            "m" => 60,
            "h" => 60 * 60,
            "d" => 24 * 60 * 60,
            _ if digits.is_empty() => return Err(IntervalError::Number),
            _ => return Err(IntervalError::Unit),
        };
        let Self(count) = Self::read(IntervalForm::Seconds, digits)?;
        count.checked_mul(unit).map(Self).ok_or(IntervalError::Overflow)
    }
}

fn time_span(text: &str) -> Result<u128, IntervalError> {
    let (days, time) = match text.split_once('.') {
        Some((days, time)) if time.contains(':') => (number(days)?, time),
        _ => (0, text),
    };
    if time.contains(['.', ',']) {
        return Err(IntervalError::Fraction);
    }
    let two_digits = |text: &str| (text.len() == 2).then(|| number(text).ok()).flatten();
    match time.split(':').map(two_digits).collect::<Option<Vec<_>>>().as_deref() {
        Some([hours @ 0..24, minutes @ 0..60, seconds @ 0..60]) => {
            Ok(days * DAY + hours * HOUR + minutes * MINUTE + seconds)
        }
        _ => Err(IntervalError::TimeSpan),
    }
}

fn xml_seconds(text: &str) -> Result<u128, IntervalError> {
    let seconds = text.strip_prefix("PT").and_then(|rest| rest.strip_suffix('S'));
    number(seconds.ok_or(IntervalError::XmlDuration)?)
}

fn xml_duration(text: &str) -> Result<u128, IntervalError> {
    if text.contains(['.', ',']) {
        return Err(IntervalError::Fraction);
    }
    let parts = text.strip_prefix('P').ok_or(IntervalError::XmlDuration)?;
    let (date, time) = parts.split_once('T').map_or((parts, None), |(date, time)| (date, Some(time)));
    if time.map_or(date.is_empty(), str::is_empty) {
        return Err(IntervalError::XmlDuration);
    }
    let time = sum_designated(time.unwrap_or_default(), &[('H', HOUR), ('M', MINUTE), ('S', 1)])?;
    Ok(sum_designated(date, &[('D', DAY)])? + time)
}

/// Sums numbers that are each followed by a letter; each letter may occur once, in the given order.
fn sum_designated(mut text: &str, designators: &[(char, u128)]) -> Result<u128, IntervalError> {
    let mut sum = 0;
    for &(letter, length) in designators {
        let Some((digits, rest)) = text.split_once(letter) else { continue };
        sum += length
            * number(digits).map_err(|error| match error {
                IntervalError::Overflow => error,
                _ => IntervalError::XmlDuration,
            })?;
        text = rest;
    }
    if text.is_empty() { Ok(sum) } else { Err(IntervalError::XmlDuration) }
}

/// Parses a 64-bit number.
fn number(digits: &str) -> Result<u128, IntervalError> {
    match digits {
        "" => Err(IntervalError::Empty),
        _ if digits.bytes().all(|byte| byte.is_ascii_digit()) => {
            digits.parse::<u64>().map(u128::from).map_err(|_| IntervalError::Overflow)
        }
        _ if digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.' || byte == b',') => {
            Err(IntervalError::Fraction)
        }
        _ => Err(IntervalError::Number),
    }
}

impl JsonSchema for Interval {
    fn schema_name() -> Cow<'static, str> {
        "Interval".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "A whole number of seconds, or a text such as `300s`, `5m`, `PT5M` or `00:05:00`.",
            "anyOf": [
                { "type": "integer", "minimum": 0, "maximum": u64::MAX },
                { "type": "string", "pattern": PATTERN },
            ],
            "examples": [300, "300s", "5m", "PT5M", "00:05:00"],
        })
    }
}

/// Every text that `FromStr` accepts, ignoring the 64-bit limit.
const PATTERN: &str = "^([0-9]+[smhd]?\
    |P([0-9]+D|([0-9]+D)?T([0-9]+H([0-9]+M)?([0-9]+S)?|[0-9]+M([0-9]+S)?|[0-9]+S))\
    |([0-9]+\\.)?([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9])$";
