//! The notation: how the XML of a topology writes a pairing, as data.
//!
//! No example of a paired topology is publicly available, so the names and forms below are replaceable. The built-in
//! notation is the best-supported hypothesis, marked as unverified. A [learned](crate::learn) notation is as reliable
//! as the user's statement about the origin of its documents: it records their hashes and that statement.

mod choice;
mod error;
mod evidence;
mod file;
mod placement;
mod service;
mod setting;
mod template;
mod validate;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use choice::{Choice, NotationOrigin};
pub use error::Error;
pub use evidence::{Evidence, ExampleOrigin, LearnedFrom};
pub use file::BUILT_IN;
pub use placement::{InstanceNumbers, Placement, ServicesOrder, ServicesPosition, SettingsPosition};
pub use service::{AddedDependency, AddedService, Condition, InstalledOn, Relation};
pub use setting::{FlagAttribute, FlagForm, IntervalAttribute, OffForm, VoiceSetting};
pub use template::{PARTNER, POOL, fill_template};
pub use validate::NotationProblem;

/// How a pairing is written down.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Notation {
    /// The version of this format; 1.
    pub format_version: u32,
    /// A name that identifies it in artifacts.
    pub name: String,
    /// How reliable it is.
    pub evidence: Evidence,
    /// The documents that it was learned from; `None` for a hypothesis.
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
    /// Where new elements and attributes are inserted.
    #[serde(default, skip_serializing_if = "is_default")]
    pub placement: Placement,
    /// The dependencies on the partner that a pairing adds to services of each pool, except that of the Registrar.
    #[serde(default, rename = "dependency", skip_serializing_if = "Vec::is_empty")]
    pub dependencies: Vec<PairDependency>,
    /// The services that a pairing adds to each pool, in the order in which they are written.
    #[serde(default, rename = "service", skip_serializing_if = "Vec::is_empty")]
    pub services: Vec<AddedService>,
}

/// The dependency of a pool's Registrar on its partner's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct BackupRegistrar {
    /// The `Usage` of the dependency.
    pub usage: String,
    /// Its position among the Registrar's dependencies.
    #[serde(default, skip_serializing_if = "is_default")]
    pub position: DependencyPosition,
}

/// A dependency of a pool's service on a service of its partner.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct PairDependency {
    /// The role of the service that has it, such as `UserServices`.
    pub role: String,
    /// The `Usage` of the dependency.
    pub usage: String,
    /// The role of the partner's service that it refers to.
    pub names: String,
    /// Its position among the service's dependencies.
    #[serde(default, skip_serializing_if = "is_default")]
    pub position: DependencyPosition,
}

/// The position of a dependency among its siblings.
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
    /// Whether two notations write a pairing identically, ignoring their names and evidence.
    pub fn is_equivalent_to(&self, other: &Self) -> bool {
        self.content() == other.content()
    }

    /// The notation without its name and evidence.
    fn content(&self) -> Self {
        Self { name: String::new(), evidence: Evidence::Unverified, learned_from: None, ..self.clone() }
    }

    /// The notation with these documents as evidence.
    #[must_use]
    pub fn with_evidence(self, documents: LearnedFrom) -> Self {
        Self { evidence: documents.evidence(), learned_from: Some(documents), ..self }
    }

    /// The attribute of an interval setting; `None` for the switch, which is not an interval.
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

    /// Whether a setting has an attribute of this name.
    pub(crate) fn names_setting(&self, name: &str) -> bool {
        VoiceSetting::ALL.iter().any(|&setting| self.attribute(setting) == name)
    }

    /// The notation with a name derived from its content: no path, no time, no evidence.
    #[must_use]
    pub fn with_content_name(self) -> Self {
        let hash = crate::source::sha256(self.content().to_toml().as_bytes());
        Self { name: format!("notation-{}", hash.get(..8).unwrap_or_default()), ..self }
    }
}

/// The evidence of a notation as a phrase.
pub fn basis(learned_from: Option<&LearnedFrom>) -> String {
    let hypothesis = "a hypothesis; no example of a paired topology is publicly available";
    learned_from.map_or_else(|| hypothesis.to_owned(), ToString::to_string)
}

/// Whether a value is the default, which files omit.
fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}
