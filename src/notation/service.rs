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
    /// Its `ServiceVersion`, where that is not the pool's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service_version: Option<u32>,
    /// Its `Type`, where it has one.
    #[serde(default, rename = "type", skip_serializing_if = "Option::is_none")]
    pub service_type: Option<String>,
    /// Where it is installed.
    #[serde(default, skip_serializing_if = "is_default")]
    pub installed_on: InstalledOn,
    /// When it is added.
    #[serde(default, skip_serializing_if = "is_default")]
    pub condition: Condition,
    /// Its `Ports` element, as XML text; `{pool}` and `{partner}` stand for the names of the two pools.
    pub ports: String,
    /// Its role element, as XML text of the same kind, where it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<String>,
    /// What it depends on, in the order in which it is written.
    #[serde(default, rename = "dependency", skip_serializing_if = "Vec::is_empty")]
    pub dependencies: Vec<AddedDependency>,
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
