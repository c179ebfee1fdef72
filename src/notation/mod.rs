//! How a pairing is written down in a topology: data, not code.
//!
//! No example of a paired topology is publicly available, so the names and forms below are replaceable. The built-in notation is
//! the best-supported hypothesis and says so. One that was [learned](crate::learn) from the user's own documents is as
//! good as the user's word for where they come from: it keeps their hashes, and what the user said.

mod choice;
mod error;
mod evidence;
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
pub use evidence::{Evidence, ExampleOrigin, LearnedFrom};
pub use file::BUILT_IN;
pub use part::{PARTNER, POOL, filled};
pub use placement::{InstanceNumbers, Placement, ServicesOrder, ServicesPosition, SettingsPosition};
pub use service::{AddedDependency, AddedService, Condition, InstalledOn, Relation};
pub use setting::{FlagAttribute, FlagForm, IntervalAttribute, OffForm, VoiceSetting};
pub use validate::NotationProblem;

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
    /// What it was learned from; nothing for a hypothesis.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub learned_from: Option<LearnedFrom>,
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
    /// The dependencies on the partner that a pairing adds to services of each pool, beside that of the Registrar.
    #[serde(default, rename = "dependency", skip_serializing_if = "Vec::is_empty")]
    pub dependencies: Vec<PairDependency>,
    /// The services that a pairing adds to each of the two pools, in the order in which they are written.
    #[serde(default, rename = "service", skip_serializing_if = "Vec::is_empty")]
    pub services: Vec<AddedService>,
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

/// A dependency of a pool's service on one of its partner.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct PairDependency {
    /// The role of the service that has it, such as `UserServices`.
    pub role: String,
    /// The `Usage` of the dependency.
    pub usage: String,
    /// The role of the partner's service that it names.
    pub names: String,
    /// Where it stands among the service's dependencies.
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
        self.content() == other.content()
    }

    /// How a pairing is written, and nothing about where that is known from.
    fn content(&self) -> Self {
        Self { name: String::new(), evidence: Evidence::Unverified, learned_from: None, ..self.clone() }
    }

    /// The notation as learned from these documents.
    #[must_use]
    pub fn with_evidence(self, documents: LearnedFrom) -> Self {
        Self { evidence: documents.evidence(), learned_from: Some(documents), ..self }
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

    /// The notation under a name that tells how it writes a pairing: no path, no time, no evidence.
    #[must_use]
    pub fn named_by_content(self) -> Self {
        let hash = crate::source::sha256(self.content().to_toml().as_bytes());
        Self { name: format!("notation-{}", hash.get(..8).unwrap_or_default()), ..self }
    }
}

/// Where a notation is known from, in words: what it was learned from, if from anything.
pub fn basis(learned_from: Option<&LearnedFrom>) -> String {
    let hypothesis = "a hypothesis; no example of a paired topology is publicly available";
    learned_from.map_or_else(|| hypothesis.to_owned(), ToString::to_string)
}

/// Whether a value may be left out of a file.
fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}
