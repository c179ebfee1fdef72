//! How a pairing is written down in a topology: data, not code.
//!
//! No public document shows a paired pool, so the names and forms below are replaceable. The built-in notation is
//! the best-supported hypothesis and says so; one that was [learned](crate::learn) from the user's own documents is
//! better.

mod choice;
mod error;
mod file;
mod part;
mod placement;
mod service;
mod setting;
mod validate;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use choice::{Choice, NotationOrigin};
pub use error::Error;
pub use file::BUILT_IN;
pub use part::{PARTNER, POOL, filled};
pub use placement::{InstanceNumbers, Placement, ServicesOrder, ServicesPosition, SettingsPosition};
pub use service::{AddedDependency, AddedService, Condition, InstalledOn, Relation};
pub use setting::{FlagAttribute, FlagForm, IntervalAttribute, OffForm, VoiceSetting};
pub use validate::{NotationFault, Problem};

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
    /// Where new parts stand among the old ones.
    #[serde(default, skip_serializing_if = "is_default")]
    pub placement: Placement,
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
    #[serde(default, skip_serializing_if = "is_default")]
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

impl Notation {
    /// Whether two notations write a pairing alike, whatever they are called and however sure they are.
    pub fn says_the_same_as(&self, other: &Self) -> bool {
        let Self { name, evidence, .. } = other;
        Self { name: name.clone(), evidence: *evidence, ..self.clone() } == *other
    }

    /// The attribute that an interval of this kind stands in; none for the switch, which is no interval.
    pub fn interval(&self, setting: VoiceSetting) -> Option<&IntervalAttribute> {
        match setting {
            VoiceSetting::AutomaticFailover => None,
            VoiceSetting::FailureDetection => Some(&self.failure_detection),
            VoiceSetting::Failback => Some(&self.failback),
        }
    }

    /// The name of a setting's attribute.
    pub fn attribute(&self, setting: VoiceSetting) -> &str {
        self.interval(setting).map_or(&self.automatic_failover.attribute, |interval| &interval.attribute)
    }

    /// The notation under a name that tells nothing but its content: no path, no time.
    #[must_use]
    pub fn named_by_content(mut self) -> Self {
        self.name.clear();
        let hash = crate::source::sha256(self.to_toml().as_bytes());
        self.name = format!("learned-{}", hash.get(..8).unwrap_or_default());
        self
    }
}

/// Whether a value may be left out of a file.
fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}
