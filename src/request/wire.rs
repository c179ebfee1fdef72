//! The shape of a request file, for writing a request down and for its JSON Schema.

use std::collections::BTreeMap;

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema};
use serde::{Deserialize, Serialize};

use super::{
    Allow, CumulativeUpdate, Hosting, Located, PairRequest, PoolFacts, Problem, Request, RequestErrors, UnpairRequest,
    VoiceRequest,
};
use crate::interval::Interval;
use crate::notation::ExampleOrigin;
use crate::topology::Fqdn;

pub(super) const REQUEST_KEYS: &[&str] =
    &["$schema", "pair", "unpair", "pool", "allow", "origin", "accept-unverified-notation"];
pub(super) const PAIR_KEYS: &[&str] = &["pools", "voice-failover", "replace"];
pub(super) const VOICE_KEYS: &[&str] = &["automatic", "failure-detection", "failback"];
pub(super) const UNPAIR_KEYS: &[&str] = &["pool"];
pub(super) const POOL_KEYS: &[&str] = &[
    "fqdn",
    "deployed",
    "operating-system",
    "hosting",
    "users",
    "branch-users",
    "product",
    "program-folder",
    "cumulative-update",
];
pub(super) const CUMULATIVE_UPDATE_KEYS: &[&str] = &["installer", "build"];
pub(super) const ALLOW_KEYS: &[&str] = &["rule", "reason"];

/// Text on a single line that is not blank.
const WORDS: &str = r"^[^\x00-\x1f\x7f-\x9f]*[^\s\x00-\x1f\x7f-\x9f][^\x00-\x1f\x7f-\x9f]*$";
/// A build number.
const BUILD: &str = r"^[0-9]+(\.[0-9]+){3}$";

/// A request to poolpair: which Front End pools to pair or to part.
///
/// Reading one with serde is for what poolpair itself has written; [`decode`](Self::decode) then checks it.
/// What users write is read by [`Request::from_file`], which tells them everything that is wrong with it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[schemars(title = "poolpair request", description = "Which Front End pools to pair or to part.")]
pub struct RequestFile {
    /// The address of this schema, for editors.
    #[serde(rename = "$schema", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String", regex(pattern = WORDS))]
    pub schema: Option<String>,
    /// Publish a document in an unverified notation as it is. Without this, such a document is a preview, and
    /// the runbook makes the change in Topology Builder.
    #[serde(default, skip_serializing_if = "is_false")]
    pub accept_unverified_notation: bool,
    /// Who wrote the pair that the topology holds. The notation is learned from a pair of Topology Builder alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "ExampleOrigin")]
    pub origin: Option<ExampleOrigin>,
    /// The pools to pair.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pair: Vec<PairTable>,
    /// The pools to part from their backup pools.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unpair: Vec<UnpairTable>,
    /// What no topology shows about a pool, once per pool.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pool: Vec<PoolTable>,
    /// Rule breaks that are accepted, once per rule.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub allow: Vec<AllowTable>,
}

/// Two pools that shall back each other up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct PairTable {
    /// The names of the two pools.
    #[schemars(with = "[String; 2]", inner(regex(pattern = WORDS)))]
    pub pools: [Fqdn; 2],
    /// Automatic failover and failback for Voice. The settings apply to both pools; a table under the name of
    /// a pool holds those that differ there.
    #[serde(default)]
    pub voice_failover: VoiceTable,
    /// Whether the pools leave the partners that they have now.
    #[serde(default, skip_serializing_if = "is_false")]
    pub replace: bool,
}

/// Voice settings of a pair.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct VoiceTable {
    /// The settings of both pools.
    #[serde(flatten)]
    pub both: VoiceSettings,
    /// The settings of one pool that differ from those of both, by its name.
    #[serde(flatten)]
    pub own: BTreeMap<String, VoiceSettings>,
}

/// Automatic failover and failback for Voice.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct VoiceSettings {
    /// Whether voice fails over and back on its own; it does unless this is `false`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "bool")]
    pub automatic: Option<bool>,
    /// How long a failure lasts before voice fails over; 300 s by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Interval")]
    pub failure_detection: Option<Interval>,
    /// How long a pool is back before voice fails back to it; 600 s by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Interval")]
    pub failback: Option<Interval>,
}

/// A pool to part from its backup pool.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct UnpairTable {
    /// The name of the pool; its partner is parted with it.
    #[schemars(with = "String", regex(pattern = WORDS))]
    pub pool: Fqdn,
}

/// What no topology shows about a pool. What is left out becomes a question in the runbook.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct PoolTable {
    /// The name of the pool.
    #[schemars(with = "String", regex(pattern = WORDS))]
    pub fqdn: Fqdn,
    /// Whether the pool's servers are set up already.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "bool")]
    pub deployed: Option<bool>,
    /// The operating system of all its Front Ends, such as `Windows Server 2019`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String", regex(pattern = WORDS))]
    pub operating_system: Option<String>,
    /// Whether its servers are physical or virtual.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Hosting")]
    pub hosting: Option<Hosting>,
    /// How many users are homed on the pool.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "u64")]
    pub users: Option<u64>,
    /// How many of its users are homed on Survivable Branch Appliances.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "u64")]
    pub branch_users: Option<u64>,
    /// The server product, for a version that poolpair does not know.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String", regex(pattern = WORDS))]
    pub product: Option<String>,
    /// The folder of the server's programs, for a version that poolpair does not know.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String", regex(pattern = WORDS))]
    pub program_folder: Option<String>,
    /// The cumulative update on its Front Ends, or `none`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "CumulativeUpdateEntry")]
    pub cumulative_update: Option<CumulativeUpdateEntry>,
}

/// The cumulative update on a pool's Front Ends.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged, rename_all = "kebab-case", deny_unknown_fields)]
pub enum CumulativeUpdateEntry {
    /// None was ever installed.
    None(NoUpdate),
    /// This one is installed.
    Installed {
        /// The path of the installer, as the Front Ends see it.
        #[schemars(regex(pattern = WORDS))]
        installer: String,
        /// The build it brings, such as `7.0.2046.530`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[schemars(with = "String", regex(pattern = BUILD))]
        build: Option<String>,
    },
}

/// The word for no cumulative update.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum NoUpdate {
    /// None was ever installed.
    None,
}

/// A rule whose breaks are accepted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct AllowTable {
    /// The id of the rule.
    #[schemars(regex(pattern = WORDS))]
    pub rule: String,
    /// Why the rule may be broken here; it stands in every artifact.
    #[schemars(regex(pattern = WORDS))]
    pub reason: String,
}

impl RequestFile {
    /// The JSON Schema of request files.
    ///
    /// It is of draft 7, the newest that editors of TOML files understand.
    pub fn json_schema() -> Schema {
        SchemaSettings::draft07().into_generator().into_root_schema_for::<Self>()
    }

    /// The request that this file asks for, checked like any other request. `name` is what messages call it;
    /// its origins point into this value as JSON, which is the request's source.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with the values; see [`Problem`].
    pub fn decode(&self, name: &str) -> Result<Request, RequestErrors> {
        let text = serde_json::to_string_pretty(self).map_err(|error| {
            let message = error.to_string();
            RequestErrors::whole(name, Problem::Syntax { format: super::Format::Json, message })
        })?;
        Request::from_json(name, &text)
    }
}

impl From<&Request> for RequestFile {
    /// Writes a request down with all defaults filled in.
    fn from(request: &Request) -> Self {
        Self {
            schema: None,
            accept_unverified_notation: request.accept_unverified_notation,
            origin: value(request.origin.as_ref()),
            pair: request.pairs.iter().map(PairTable::from).collect(),
            unpair: request.unpairs.iter().map(UnpairTable::from).collect(),
            pool: request.pools.iter().map(PoolTable::from).collect(),
            allow: request.allows.iter().map(AllowTable::from).collect(),
        }
    }
}

impl From<&PairRequest> for PairTable {
    fn from(pair: &PairRequest) -> Self {
        let [first, second] = pair.voice.each_ref().map(VoiceSettings::from);
        let names = pair.pools.each_ref().map(|pool| pool.value.clone());
        let voice_failover = if first == second {
            VoiceTable { both: first, own: BTreeMap::new() }
        } else {
            let own = names.iter().map(ToString::to_string).zip([first, second]).collect();
            VoiceTable { both: VoiceSettings::default(), own }
        };
        Self { pools: names, voice_failover, replace: pair.replace.value }
    }
}

impl From<&VoiceRequest> for VoiceSettings {
    fn from(voice: &VoiceRequest) -> Self {
        Self {
            automatic: Some(voice.automatic.value),
            failure_detection: value(voice.failure_detection.as_ref()),
            failback: value(voice.failback.as_ref()),
        }
    }
}

impl From<&UnpairRequest> for UnpairTable {
    fn from(unpair: &UnpairRequest) -> Self {
        Self { pool: unpair.pool.value.clone() }
    }
}

impl From<&PoolFacts> for PoolTable {
    fn from(facts: &PoolFacts) -> Self {
        Self {
            fqdn: facts.fqdn.value.clone(),
            deployed: value(facts.deployed.as_ref()),
            operating_system: value(facts.operating_system.as_ref()),
            hosting: value(facts.hosting.as_ref()),
            users: value(facts.users.as_ref()),
            branch_users: value(facts.branch_users.as_ref()),
            product: value(facts.product.as_ref()),
            program_folder: value(facts.program_folder.as_ref()),
            cumulative_update: facts.cumulative_update.as_ref().map(|update| (&update.value).into()),
        }
    }
}

impl From<&CumulativeUpdate> for CumulativeUpdateEntry {
    fn from(update: &CumulativeUpdate) -> Self {
        match update.clone() {
            CumulativeUpdate::None => Self::None(NoUpdate::None),
            CumulativeUpdate::Installed { installer, build } => Self::Installed { installer, build },
        }
    }
}

impl From<&Allow> for AllowTable {
    fn from(allow: &Allow) -> Self {
        Self { rule: allow.rule.value.clone(), reason: allow.reason.value.clone() }
    }
}

fn value<T: Clone>(located: Option<&Located<T>>) -> Option<T> {
    located.map(|located| located.value.clone())
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the signature that serde asks for")]
fn is_false(value: &bool) -> bool {
    !*value
}
