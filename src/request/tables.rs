//! Simple tables of a request: facts, allowances, and pools to un-pair.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Located;
use crate::topology::Fqdn;

/// A single line of text that is not blank.
pub(super) const LINE: &str = r"^[^\x00-\x1f\x7f-\x9f]*[^\s\x00-\x1f\x7f-\x9f][^\x00-\x1f\x7f-\x9f]*$";

/// A pool to un-pair from its backup pool.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct UnpairRequest {
    /// The name of the pool; its partner is un-paired with it.
    #[schemars(with = "String", regex(pattern = LINE))]
    pub pool: Located<Fqdn>,
}

/// A rule whose breaks are accepted.
///
/// The rules check whether the rule exists and may be allowed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[schemars(description = "A rule whose breaks are accepted.")]
pub struct Allow {
    /// The id of the rule.
    #[schemars(with = "String", regex(pattern = LINE))]
    pub rule: Located<String>,
    /// Why the rule may be broken here; it is included in every artifact.
    #[schemars(with = "String", regex(pattern = LINE))]
    pub reason: Located<String>,
}

/// Facts about a pool that no topology contains. Missing facts become questions in the runbook.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct PoolFacts {
    /// The name of the pool.
    #[schemars(with = "String", regex(pattern = LINE))]
    pub fqdn: Located<Fqdn>,
    /// Whether the pool's servers are already set up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "bool")]
    pub deployed: Option<Located<bool>>,
    /// The operating system of all its Front Ends, such as `Windows Server 2019`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String", regex(pattern = LINE))]
    pub operating_system: Option<Located<String>>,
    /// Whether its servers are physical or virtual.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Hosting")]
    pub hosting: Option<Located<Hosting>>,
    /// How many users are homed on the pool.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "u64")]
    pub users: Option<Located<u64>>,
    /// How many users are homed on Survivable Branch Appliances of this pool, in addition to `users`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "u64")]
    pub branch_users: Option<Located<u64>>,
    /// The server product, for a version unknown to poolpair.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String", regex(pattern = LINE))]
    pub product: Option<Located<String>>,
    /// The installation folder of the server, for a version unknown to poolpair.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String", regex(pattern = LINE))]
    pub program_folder: Option<Located<String>>,
    /// The cumulative update on its Front Ends, or `none`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "DeclaredUpdate")]
    pub cumulative_update: Option<Located<DeclaredUpdate>>,
}

impl PoolFacts {
    /// Creates facts that declare nothing.
    pub fn new(fqdn: Located<Fqdn>) -> Self {
        Self {
            fqdn,
            deployed: None,
            operating_system: None,
            hosting: None,
            users: None,
            branch_users: None,
            product: None,
            program_folder: None,
            cumulative_update: None,
        }
    }
}

/// Whether a pool's servers are physical or virtual.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Hosting {
    /// Physical servers.
    Physical,
    /// Virtual machines.
    Virtual,
}

impl Hosting {
    /// Every value, with its name in requests.
    pub(super) const NAMES: [(&'static str, Self); 2] = [("physical", Self::Physical), ("virtual", Self::Virtual)];
}

impl fmt::Display for Hosting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.serialize(f)
    }
}

/// The cumulative update on a pool's Front Ends.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(rename = "CumulativeUpdateEntry")]
pub enum DeclaredUpdate {
    /// No cumulative update is installed.
    None,
    /// This cumulative update is installed.
    #[serde(untagged)]
    Installed(InstalledUpdate),
}

/// A cumulative update.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct InstalledUpdate {
    /// The path of the installer, as seen from the Front Ends.
    #[schemars(regex(pattern = LINE))]
    pub installer: String,
    /// The build that it installs, such as `7.0.2046.530`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String", regex(pattern = r"^[0-9]+(\.[0-9]+){3}$"))]
    pub build: Option<String>,
}
