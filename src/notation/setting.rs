//! The three settings of voice failover, as attributes.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::is_default;
use crate::interval::{Interval, IntervalForm};

/// One of the three settings of voice failover.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum VoiceSetting {
    /// The switch of automatic failover and failback for Voice.
    AutomaticFailover,
    /// The failure detection interval.
    FailureDetection,
    /// The failback interval.
    Failback,
}

impl VoiceSetting {
    /// All three, in the order of Topology Builder's dialog.
    pub const ALL: [Self; 3] = [Self::AutomaticFailover, Self::FailureDetection, Self::Failback];

    /// The key of its table in a notation file.
    pub fn key(self) -> &'static str {
        match self {
            Self::AutomaticFailover => "automatic-failover",
            Self::FailureDetection => "failure-detection",
            Self::Failback => "failback",
        }
    }
}

/// A boolean attribute.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct FlagAttribute {
    /// Its name.
    pub attribute: String,
    /// How the value is written.
    pub form: FlagForm,
    /// Whether the attribute is written for a new pair without automatic failover.
    #[serde(default, skip_serializing_if = "is_default")]
    pub off: OffForm,
    /// The value of the attribute in an unpaired pool, if it is present there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unpaired: Option<String>,
}

/// How a boolean is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum FlagForm {
    /// `true` and `false`.
    Lowercase,
    /// `True` and `False`.
    Capitalised,
    /// `1` and `0`.
    Digit,
}

/// Whether the attribute is written for a new pair without automatic failover.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum OffForm {
    /// It is not written: a missing attribute means off.
    #[default]
    Absent,
    /// It is written with the value for off.
    Written,
}

/// An attribute that holds an interval.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct IntervalAttribute {
    /// Its name.
    pub attribute: String,
    /// How the interval is written.
    pub form: IntervalForm,
    /// The value of the attribute in an unpaired pool, if it is present there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unpaired: Option<String>,
}

impl IntervalAttribute {
    /// Reads an interval in any form; all forms are equivalent.
    pub fn read(&self, text: &str) -> Option<Interval> {
        Interval::read(self.form, text).or_else(|_| text.parse()).ok()
    }
}

impl FlagForm {
    /// Every form.
    pub const ALL: [Self; 3] = [Self::Lowercase, Self::Capitalised, Self::Digit];

    /// Writes a boolean.
    pub fn write(self, value: bool) -> &'static str {
        match (self, value) {
            (Self::Lowercase, true) => "true",
            (Self::Lowercase, false) => "false",
            (Self::Capitalised, true) => "True",
            (Self::Capitalised, false) => "False",
            (Self::Digit, true) => "1",
            (Self::Digit, false) => "0",
        }
    }

    /// Reads exactly what [`write`](Self::write) writes.
    pub fn read(self, text: &str) -> Option<bool> {
        [true, false].into_iter().find(|&value| self.write(value) == text)
    }
}
