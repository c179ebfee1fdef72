//! The services that a pairing adds.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::is_default;

/// A service that a pairing adds to each of the two pools.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct AddedService {
    /// Its role, such as `BackupService`.
    pub role: String,
    /// Its `RoleVersion`.
    pub role_version: String,
    /// Its `ServiceVersion`, if it differs from that of the pool.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service_version: Option<u32>,
    /// Its `Type`, if it has one.
    #[serde(default, rename = "type", skip_serializing_if = "Option::is_none")]
    pub service_type: Option<String>,
    /// The host of the service.
    #[serde(default, skip_serializing_if = "is_default")]
    pub installed_on: InstalledOn,
    /// When it is added.
    #[serde(default, skip_serializing_if = "is_default")]
    pub condition: Condition,
    /// Its `Ports` element, as XML text; `{pool}` and `{partner}` are placeholders for the names of the two pools.
    pub ports: String,
    /// Its role element, if it has one, as XML text with the same placeholders.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<String>,
    /// Its dependencies, in the order in which they are written.
    #[serde(default, rename = "dependency", skip_serializing_if = "Vec::is_empty")]
    pub dependencies: Vec<AddedDependency>,
}

/// The host of an added service.
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

/// A dependency of an added service.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct AddedDependency {
    /// The `Usage` of the dependency.
    pub usage: String,
    /// The pool of the target service.
    pub relation: Relation,
    /// The role of the target service.
    pub role: String,
}

/// The pool of a dependency's target service.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Relation {
    /// The same pool.
    Own,
    /// The partner pool.
    Partner,
}
