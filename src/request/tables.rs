//! The tables of a request that mean what they say: facts, allowances, and pools to un-pair.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Located;
use crate::topology::Fqdn;

/// Text on a single line that is not blank.
pub(super) const LINE: &str = r"^[^\x00-\x1f\x7f-\x9f]*[^\s\x00-\x1f\x7f-\x9f][^\x00-\x1f\x7f-\x9f]*$";

/// A pool to un-pair from its backup pool.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct UnpairRequest {
    /// The name of the pool; the partner loses its backup pool with it.
    #[schemars(with = "String", regex(pattern = LINE))]
    pub pool: Located<Fqdn>,
}

/// A rule whose breaks are accepted.
///
/// Whether there is such a rule, and whether it can be allowed at all, is for the rules to say.
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

/// What no topology shows about a pool. What is left out becomes a question in the runbook.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct PoolFacts {
    /// The name of the pool.
    #[schemars(with = "String", regex(pattern = LINE))]
    pub fqdn: Located<Fqdn>,
    /// Whether the pool's servers are set up already.
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
    /// How many users are homed on Survivable Branch Appliances of this pool, beside `users`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "u64")]
    pub branch_users: Option<Located<u64>>,
    /// The server product, for a version that poolpair does not know.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String", regex(pattern = LINE))]
    pub product: Option<Located<String>>,
    /// The folder of the server's programs, for a version that poolpair does not know.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String", regex(pattern = LINE))]
    pub program_folder: Option<Located<String>>,
    /// The cumulative update on its Front Ends, or `none`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "DeclaredUpdate")]
    pub cumulative_update: Option<Located<DeclaredUpdate>>,
}

impl PoolFacts {
    /// Nothing is declared yet.
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

/// What a pool's servers are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Hosting {
    /// Servers of their own.
    Physical,
    /// Virtual machines.
    Virtual,
}

impl Hosting {
    /// Every value, by the name that a request gives it.
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
    /// None was ever installed.
    None,
    /// This one is installed.
    #[serde(untagged)]
    Installed(InstalledUpdate),
}

/// A cumulative update.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct InstalledUpdate {
    /// The path of the installer, as the Front Ends see it.
    #[schemars(regex(pattern = LINE))]
    pub installer: String,
    /// The build it brings, such as `7.0.2046.530`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String", regex(pattern = r"^[0-9]+(\.[0-9]+){3}$"))]
    pub build: Option<String>,
}
