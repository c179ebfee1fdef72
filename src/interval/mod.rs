//! Spans of time as requests, topologies and Topology Builder write them.

mod spelling;

use std::borrow::Cow;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};

pub use spelling::IntervalError;

const MINUTE: u64 = 60;
const HOUR: u64 = 60 * MINUTE;
const DAY: u64 = 24 * HOUR;

/// A span of time in whole seconds: how long a failure lasts before voice fails over, or how long a pool is
/// back before voice fails back.
///
/// A request spells it in one of five ways, all of which [`FromStr`](std::str::FromStr)(std::str::FromStr) reads: `300`, `300s` (also `5m`, `1h`
/// and `1d`), the `xs:duration` `PT5M`, and the `00:05:00` of .NET's `TimeSpan`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Interval(u64);

impl Interval {
    /// The documented failure detection interval between two pools: 300 s.
    pub const DEFAULT_FAILURE_DETECTION: Self = Self(300);
    /// The documented failback interval between two pools: 600 s.
    pub const DEFAULT_FAILBACK: Self = Self(600);

    /// The interval of that many seconds.
    pub const fn from_seconds(seconds: u64) -> Self {
        Self(seconds)
    }

    /// The length in seconds.
    pub const fn seconds(self) -> u64 {
        self.0
    }

    /// The one text that the form has for this interval.
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
    /// Says what keeps the text from being a whole number of seconds in this form.
    pub fn read(form: IntervalForm, text: &str) -> Result<Self, IntervalError> {
        match form {
            IntervalForm::Seconds => spelling::number(text).map(Self),
            IntervalForm::HoursMinutesSeconds => spelling::time_span(text).map(Self),
            IntervalForm::XmlDuration => spelling::xml_duration(text).map(Self),
            IntervalForm::XmlSeconds => spelling::xml_seconds(text).map(Self),
        }
    }

    /// Why an interval is invalid, and what one looks like.
    pub(crate) fn refusal(text: &str, error: IntervalError) -> String {
        format!("invalid interval `{text}`: {error}; five minutes are `300`, `300s`, `5m`, `PT5M` or `00:05:00`")
    }

    fn time_span(self) -> String {
        let (hours, minutes, seconds) = (self.0 % DAY / HOUR, self.0 % HOUR / MINUTE, self.0 % MINUTE);
        let time = format!("{hours:02}:{minutes:02}:{seconds:02}");
        match self.0 / DAY {
            0 => time,
            days => format!("{days}.{time}"),
        }
    }

    fn xml_duration(self) -> String {
        let part = |count: u64, letter| {
            if count == 0 { String::new() } else { format!("{count}{letter}") }
        };
        let date = part(self.0 / DAY, 'D');
        let time = [(self.0 % DAY / HOUR, 'H'), (self.0 % HOUR / MINUTE, 'M'), (self.0 % MINUTE, 'S')]
            .map(|(count, letter)| part(count, letter))
            .concat();
        match (date.as_str(), time.as_str()) {
            ("", "") => "PT0S".into(),
            (_, "") => format!("P{date}"),
            _ => format!("P{date}T{time}"),
        }
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

/// Every text that `FromStr` reads, but for the limit of 64 bits.
const PATTERN: &str = "^([0-9]+[smhd]?\
    |P([0-9]+D|([0-9]+D)?T([0-9]+H([0-9]+M)?([0-9]+S)?|[0-9]+M([0-9]+S)?|[0-9]+S))\
    |([0-9]+\\.)?([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9])$";
