//! The shape of a request file, as it is written, and its JSON Schema.

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema};
use serde::{Deserialize, Serialize};

use super::tables::LINE;
use super::{Allow, Located, PairRequest, PoolFacts, Request, RequestErrors, UnpairRequest, VoiceTable};
use crate::notation::ExampleOrigin;
use crate::topology::Fqdn;

/// A request to poolpair: which Front End pools to pair or un-pair.
///
/// What users write is read by [`Request::from_file`], which reports what is wrong with it. Reading one with serde is
/// for what poolpair itself has written; [`decode`](Self::decode) then checks it.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[schemars(title = "poolpair request", description = "Which Front End pools to pair or un-pair.")]
pub struct RequestFile {
    /// The address of this schema, for editors.
    #[serde(rename = "$schema", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String", regex(pattern = LINE))]
    pub schema: Option<String>,
    /// Publish a document in an unverified notation as it is. Without this, such a document is a preview, and
    /// the runbook makes the change in Topology Builder.
    #[serde(default, skip_serializing_if = "is_false")]
    pub accept_unverified_notation: bool,
    /// Who wrote the pair that the topology holds. A notation learned from it is unverified unless Topology Builder did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "ExampleOrigin")]
    pub origin: Option<Located<ExampleOrigin>>,
    /// The pools to pair.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pair: Vec<PairTable>,
    /// The pools to un-pair from their backup pools.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unpair: Vec<UnpairRequest>,
    /// What no topology shows about a pool, once per pool.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pool: Vec<PoolFacts>,
    /// Rule breaks that are accepted, once per rule.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub allow: Vec<Allow>,
}

/// Two pools that shall back each other up.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct PairTable {
    /// The names of the two pools.
    #[schemars(with = "[String; 2]", inner(regex(pattern = LINE)))]
    pub pools: [Located<Fqdn>; 2],
    /// Automatic failover and failback for Voice. The settings apply to both pools; a table under the name of
    /// a pool holds those that differ there.
    #[serde(default)]
    pub voice_failover: VoiceTable,
    /// Whether the pools leave the partners that they have now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "bool")]
    pub replace: Option<Located<bool>>,
}

impl RequestFile {
    /// The JSON Schema of request files.
    ///
    /// It is of draft 7, the newest that editors of TOML files understand.
    pub fn json_schema() -> Schema {
        SchemaSettings::draft07().into_generator().into_root_schema_for::<Self>()
    }

    /// The file in TOML.
    pub fn to_toml(&self) -> String {
        toml::to_string(self).unwrap_or_default()
    }

    /// The request that this file asks for, checked like any other request. `name` is what messages call it;
    /// its origins point into this value as JSON, which is the request's source.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with the values; see [`RequestError`](super::RequestError).
    pub fn decode(&self, name: &str) -> Result<Request, RequestErrors> {
        // Nothing in it fails to be written: no map has keys that are no text.
        Request::from_json(name, &serde_json::to_string_pretty(self).unwrap_or_default())
    }
}

impl From<&Request> for RequestFile {
    /// Writes a request down with all defaults filled in.
    fn from(request: &Request) -> Self {
        Self {
            schema: None,
            accept_unverified_notation: request.accept_unverified_notation,
            origin: request.origin.clone(),
            pair: request.pairs.iter().map(PairTable::from).collect(),
            unpair: request.unpairs.clone(),
            pool: request.pools.clone(),
            allow: request.allows.clone(),
        }
    }
}

impl From<&PairRequest> for PairTable {
    fn from(pair: &PairRequest) -> Self {
        let replace = pair.replace.value.then(|| pair.replace.clone());
        Self { pools: pair.pools.clone(), voice_failover: VoiceTable::of(pair), replace }
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the signature that serde asks for")]
fn is_false(value: &bool) -> bool {
    !*value
}
