//! How a pairing is written down in a topology: data, not code.
//!
//! No public document shows a paired pool, so the names and forms below are replaceable. The built-in notation is
//! the best-supported hypothesis and says so; one that was learned from the user's own documents is better.

mod builtin;
mod error;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use error::Error;

use crate::interval::IntervalForm;

/// How a pairing is written down.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Notation {
    /// The version of this format; 1.
    pub format_version: u32,
    /// A name to recognise it by in artifacts.
    pub name: String,
    /// How sure it is.
    pub evidence: Evidence,
    /// The dependency of a pool's Registrar on its partner's.
    pub backup_registrar: BackupRegistrar,
    /// The attribute of the Registrar's role element that switches automatic failover and failback for Voice.
    pub automatic_failover: FlagAttribute,
    /// The attribute that holds the failure detection interval.
    pub failure_detection: IntervalAttribute,
    /// The attribute that holds the failback interval.
    pub failback: IntervalAttribute,
    /// The services that a pairing adds to each of the two pools, in the order in which they are written.
    #[serde(default, rename = "service", skip_serializing_if = "Vec::is_empty")]
    pub services: Vec<AddedService>,
}

/// How sure a notation is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Evidence {
    /// Read from documents that Microsoft's own tools wrote.
    Learned,
    /// The best-supported hypothesis; nobody has published a paired topology.
    Unverified,
}

/// The dependency of a pool's Registrar on its partner's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct BackupRegistrar {
    /// The `Usage` of the dependency.
    pub usage: String,
    /// Where it stands among the Registrar's dependencies.
    #[serde(default)]
    pub position: DependencyPosition,
}

/// Where a dependency stands among its siblings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum DependencyPosition {
    /// After all others.
    #[default]
    Last,
    /// Before all others.
    First,
}

/// An attribute that says yes or no.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct FlagAttribute {
    /// Its name.
    pub attribute: String,
    /// How yes and no are written.
    pub form: FlagForm,
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

/// An attribute that holds an interval.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct IntervalAttribute {
    /// Its name.
    pub attribute: String,
    /// How the interval is written.
    pub form: IntervalForm,
}

/// A service that a pairing adds to each of the two pools.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct AddedService {
    /// Its role, such as `BackupService`.
    pub role: String,
    /// Its `RoleVersion`.
    pub role_version: String,
    /// Its `Type`, where it has one.
    #[serde(default, rename = "type", skip_serializing_if = "Option::is_none")]
    pub service_type: Option<String>,
    /// Where it is installed.
    #[serde(default)]
    pub installed_on: InstalledOn,
    /// When it is added.
    #[serde(default)]
    pub condition: Condition,
    /// What it depends on, in the order in which it is written.
    #[serde(default, rename = "dependency", skip_serializing_if = "Vec::is_empty")]
    pub dependencies: Vec<AddedDependency>,
    /// Its `Ports` element, as XML text.
    pub ports: String,
    /// Its role element, as XML text, where it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<String>,
}

/// Where an added service is installed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum InstalledOn {
    /// On the pool's own machines.
    #[default]
    Pool,
    /// In the SQL Server instance of the pool's user database.
    BackEnd,
}

/// When a service is added.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Condition {
    /// In every pair, to both pools.
    #[default]
    Always,
    /// Only to the partner of the pool that hosts the active Central Management store.
    BesideActiveCentralManagement,
}

/// What an added service depends on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct AddedDependency {
    /// The `Usage` of the dependency.
    pub usage: String,
    /// Whose service it is.
    pub relation: Relation,
    /// Its role.
    pub role: String,
}

/// Whose service an added service depends on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Relation {
    /// One of the same pool.
    Own,
    /// One of the partner pool.
    Partner,
}

impl FlagForm {
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
