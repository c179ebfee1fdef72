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

/// An attribute that says yes or no.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct FlagAttribute {
    /// Its name.
    pub attribute: String,
    /// How yes and no are written.
    pub form: FlagForm,
    /// Whether a new pair without automatic failover has the attribute.
    #[serde(default, skip_serializing_if = "is_default")]
    pub off: OffForm,
    /// What the attribute says where no pair is, if it stands there at all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unpaired: Option<String>,
}

/// How yes and no are written.
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

/// Whether a new pair without automatic failover has the attribute.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum OffForm {
    /// A switch that is not there is off.
    #[default]
    Absent,
    /// It is written, and says no.
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
    /// What the attribute says where no pair is, if it stands there at all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unpaired: Option<String>,
}

impl IntervalAttribute {
    /// Reads an interval in whatever form it is written: all say the same.
    pub fn read(&self, text: &str) -> Option<Interval> {
        Interval::read(self.form, text).or_else(|_| text.parse()).ok()
    }
}

impl FlagForm {
    /// Every form.
    pub const ALL: [Self; 3] = [Self::Lowercase, Self::Capitalised, Self::Digit];

    /// Writes yes or no.
    pub fn write(self, yes: bool) -> &'static str {
        match (self, yes) {
            (Self::Lowercase, true) => "true",
            (Self::Lowercase, false) => "false",
            (Self::Capitalised, true) => "True",
            (Self::Capitalised, false) => "False",
            (Self::Digit, true) => "1",
            (Self::Digit, false) => "0",
        }
    }

    /// Reads what [`write`](Self::write) writes; nothing else.
    pub fn read(self, text: &str) -> Option<bool> {
        [true, false].into_iter().find(|&yes| self.write(yes) == text)
    }
}
