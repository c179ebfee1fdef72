//! Requests: which pools to pair or un-pair, facts that topologies do not contain, and accepted rule breaks.
//!
//! A request comes from a TOML file, a JSON file of the same shape, or the command line. Each is read into a
//! [`Request`] whose values record their origin.
//!
//! The voice settings of a pair apply to both of its pools. A table named after a pool overrides them for that pool:
//!
//! ```
//! # use poolpair::request::Request;
//! let request = Request::from_toml(
//!     "request.toml",
//!     r#"
//!     [[pair]]
//!     pools = ["pool01.contoso.com", "pool02.contoso.com"]
//!     [pair.voice-failover]
//!     failure-detection = "2m"
//!     [pair.voice-failover."pool02.contoso.com"]
//!     automatic = false
//!     "#,
//! )?;
//! let [first, second] = &request.pairs[0].voice;
//! assert!(first.automatic.value && !second.automatic.value);
//! # Ok::<(), poolpair::request::RequestErrors>(())
//! ```

mod draft;
mod flags;
mod json;
mod located;
mod problem;
mod reader;
mod resolved;
mod tables;
mod voice;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::path::Path;
use std::sync::Arc;

use miette::NamedSource;
use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema};
use serde::{Deserialize, Serialize};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

pub use draft::Draft;
pub use flags::Flags;
pub use located::{Located, Origin};
pub use problem::{RequestError, RequestErrors};
pub use resolved::{ResolvedPair, ResolvedRequest, ResolvedUnpair};
pub use tables::{Allow, DeclaredUpdate, Hosting, InstalledUpdate, PoolFacts, UnpairRequest};
pub use voice::{RequestedVoice, VoiceRequest, VoiceTable};

use crate::notation::ExampleOrigin;
use crate::source::text_of_file;
use crate::topology::Fqdn;
use problem::RequestProblem;
use tables::LINE;

/// The maximum size of a request file in bytes; far more than a request for every pool of a deployment needs.
const MAX_BYTES: usize = 1 << 23;

/// A request to poolpair: which Front End pools to pair or un-pair.
///
/// [`Request::from_file`] reads what users write and reports errors. Deserializing with serde is for what poolpair
/// itself has written; [`checked`](Self::checked) then validates it.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[schemars(
    rename = "RequestFile",
    title = "poolpair request",
    description = "Which Front End pools to pair or un-pair."
)]
pub struct Request {
    /// The text that origins of kind [`Origin::File`] refer to; `None` for a request from flags.
    #[serde(skip)]
    pub source: Option<Arc<NamedSource<String>>>,
    /// The address of this schema, for editors.
    #[serde(rename = "$schema", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String", regex(pattern = LINE))]
    pub schema: Option<String>,
    /// Publish a document in an unverified notation as it is. Without this, such a document is a preview, and the
    /// runbook makes the change in Topology Builder.
    #[serde(default, skip_serializing_if = "is_false")]
    pub accept_unverified_notation: bool,
    /// Who wrote the pair in the topology. A notation learned from it is unverified unless Topology Builder did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "ExampleOrigin")]
    pub origin: Option<Located<ExampleOrigin>>,
    /// The pools to pair.
    #[serde(default, rename = "pair", skip_serializing_if = "Vec::is_empty")]
    #[schemars(with = "Vec<PairTable>")]
    pub pairs: Vec<PairRequest>,
    /// The pools to un-pair from their backup pools.
    #[serde(default, rename = "unpair", skip_serializing_if = "Vec::is_empty")]
    pub unpairs: Vec<UnpairRequest>,
    /// Facts about a pool that no topology contains, once per pool.
    #[serde(default, rename = "pool", skip_serializing_if = "Vec::is_empty")]
    pub pools: Vec<PoolFacts>,
    /// Accepted rule breaks, once per rule.
    #[serde(default, rename = "allow", skip_serializing_if = "Vec::is_empty")]
    pub allows: Vec<Allow>,
}

/// Two pools that are to back each other up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "PairTable", into = "PairTable")]
pub struct PairRequest {
    /// The two pools, in the order of the request.
    pub pools: [Located<Fqdn>; 2],
    /// The voice failover settings of each pool.
    pub voice: [VoiceRequest; 2],
    /// Whether the pools leave their current partners.
    pub replace: Located<bool>,
}

/// Two pools that are to back each other up.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct PairTable {
    /// The names of the two pools.
    #[schemars(with = "[String; 2]", inner(regex(pattern = LINE)))]
    pools: [Located<Fqdn>; 2],
    /// Automatic failover and failback for Voice. The settings apply to both pools; a table named after a pool
    /// overrides them for that pool.
    #[serde(default)]
    voice_failover: VoiceTable,
    /// Whether the pools leave their current partners.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "bool")]
    replace: Option<Located<bool>>,
}

impl Request {
    /// Who wrote the pair in the topology, according to the request.
    pub fn example_origin(&self) -> ExampleOrigin {
        self.origin.as_ref().map(|origin| origin.value).unwrap_or_default()
    }

    /// Reads the bytes of a request file: as JSON if `name` ends in `.json`, or has no extension and the text begins
    /// with `{`; otherwise as TOML.
    ///
    /// The bytes are UTF-8, or UTF-16 with a byte order mark as Windows PowerShell writes it.
    ///
    /// # Errors
    ///
    /// When the bytes are too many or not text, or the text is not a valid request; see [`RequestError`].
    pub fn from_file(name: &str, bytes: &[u8]) -> Result<Self, RequestErrors> {
        let text = decode(name, bytes).map_err(|problem| {
            let source = Arc::new(NamedSource::new(name, String::new()));
            RequestErrors::located(Some(&source), vec![RequestError::new(problem, Origin::Default)])
        })?;
        // TOML never begins with a brace.
        let is_json = match Path::new(name).extension() {
            Some(extension) => extension.eq_ignore_ascii_case("json"),
            None => text.trim_start().starts_with('{'),
        };
        if is_json { Self::from_json(name, &text) } else { Self::from_toml(name, &text) }
    }

    /// Reads a request in TOML. `name` identifies the text in messages.
    ///
    /// # Errors
    ///
    /// All errors in the text; see [`RequestError`].
    pub fn from_toml(name: &str, text: &str) -> Result<Self, RequestErrors> {
        Self::from_values(name, text, parse_toml(text))
    }

    /// Reads a request in JSON, without comments or trailing commas. `name` identifies the text in messages.
    ///
    /// # Errors
    ///
    /// All errors in the text; see [`RequestError`].
    pub fn from_json(name: &str, text: &str) -> Result<Self, RequestErrors> {
        Self::from_values(name, text, json::parse(text))
    }

    fn from_values(
        name: &str,
        text: &str,
        parsed: Result<Spanned<DeValue<'_>>, Vec<RequestError>>,
    ) -> Result<Self, RequestErrors> {
        let source = Some(Arc::new(NamedSource::new(name, text.to_owned())));
        let request = parsed.and_then(|value| reader::read(&value)).and_then(Self::check_duplicates);
        match request {
            Ok(request) => Ok(Self { source, ..request }),
            Err(found) => Err(RequestErrors::located(source.as_ref(), found)),
        }
    }

    /// Reads a request from command-line flags.
    ///
    /// # Errors
    ///
    /// All errors in the flags; see [`RequestError`].
    pub fn from_flags(flags: &Flags) -> Result<Self, RequestErrors> {
        flags.request().and_then(Self::check_duplicates).map_err(|found| RequestErrors::located(None, found))
    }

    fn check_duplicates(self) -> Result<Self, Vec<RequestError>> {
        let mut found = Vec::new();
        let facts = self.pools.iter().map(|facts| (&facts.fqdn.value, &facts.fqdn.origin));
        report_duplicates(facts, |pool| RequestProblem::DuplicateFacts { pool }, &mut found);
        check_allows(&self.allows, &mut found);
        if found.is_empty() { Ok(self) } else { Err(found) }
    }

    /// The JSON Schema of request files, in draft 7: the newest draft that editors of TOML files support.
    pub fn json_schema() -> Schema {
        SchemaSettings::draft07().into_generator().into_root_schema_for::<Self>()
    }

    /// The request as a TOML file, including all defaults.
    pub fn to_toml(&self) -> String {
        toml::to_string(self).unwrap_or_default()
    }

    /// The same request after validation. `name` identifies it in messages; its origins refer to the request as JSON.
    ///
    /// # Errors
    ///
    /// All invalid values; see [`RequestError`].
    pub fn checked(&self, name: &str) -> Result<Self, RequestErrors> {
        // Serialization cannot fail: all map keys are strings.
        Self::from_json(name, &serde_json::to_string_pretty(self).unwrap_or_default())
    }

    /// Adds the rule breaks that `--allow RULE=REASON` accepts to those of the request file.
    ///
    /// # Errors
    ///
    /// A flag has the wrong form or no reason, or names a rule that is already allowed.
    pub fn add_allows(&mut self, allow: &[String]) -> Result<(), RequestErrors> {
        let flags = Flags { allow: allow.to_vec(), ..Flags::default() };
        let added = Self::from_flags(&flags)?.allows;
        let mut found = Vec::new();
        check_allows(self.allows.iter().chain(&added), &mut found);
        if found.is_empty() {
            self.allows.extend(added);
            return Ok(());
        }
        Err(RequestErrors::located(self.source.as_ref(), found))
    }

    /// Whether the request changes any pairing, rather than only declaring facts and accepting rule breaks.
    pub fn changes_pairings(&self) -> bool {
        !self.pairs.is_empty() || !self.unpairs.is_empty()
    }

    /// The accepted break of a rule, with its reason.
    pub fn allowance(&self, rule: &str) -> Option<&Allow> {
        self.allows.iter().find(|allow| allow.rule.value == rule)
    }
}

impl From<PairTable> for PairRequest {
    /// Fills in the defaults.
    fn from(table: PairTable) -> Self {
        Self {
            voice: table.pools.each_ref().map(|pool| table.voice_failover.of_pool(&pool.value)),
            pools: table.pools,
            replace: table.replace.unwrap_or_else(|| Located::by_default(false)),
        }
    }
}

impl From<PairRequest> for PairTable {
    fn from(pair: PairRequest) -> Self {
        let voice_failover = VoiceTable::of(&pair);
        Self { pools: pair.pools, voice_failover, replace: Some(pair.replace).filter(|replace| replace.value) }
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the signature that serde requires")]
fn is_false(value: &bool) -> bool {
    !*value
}

/// The text of a request file, without its byte order mark.
fn decode<'b>(name: &str, bytes: &'b [u8]) -> Result<Cow<'b, str>, RequestProblem> {
    if bytes.len() > MAX_BYTES {
        return Err(RequestProblem::TooLarge { name: name.into(), limit: MAX_BYTES });
    }
    text_of_file(bytes).map_err(|encoding| RequestProblem::Encoding { name: name.into(), encoding })
}

fn parse_toml(text: &str) -> Result<Spanned<DeValue<'_>>, Vec<RequestError>> {
    let (document, errors) = DeTable::parse_recoverable(text);
    if errors.is_empty() {
        return Ok(Spanned::new(document.span(), DeValue::Table(document.into_inner())));
    }
    let found = |error: &toml::de::Error| {
        let range = error.span().unwrap_or(text.len()..text.len());
        RequestError::new(RequestProblem::syntax("TOML", error.message()), Origin::File(range))
    };
    Err(errors.iter().map(found).collect())
}

/// Refuses settings of pools outside the pair, and duplicate settings of a pool.
fn check_voice(pair: &PairTable, found: &mut Vec<RequestError>) {
    let own = pair.voice_failover.own.iter().map(|(pool, _)| pool);
    let foreign = own.clone().filter(|pool| pair.pools.iter().all(|known| known.value != pool.value));
    found.extend(foreign.map(|pool| {
        let pools = pair.pools.each_ref().map(ToString::to_string);
        RequestError::new(RequestProblem::ForeignPool { pool: pool.to_string(), pools }, pool.origin.clone())
    }));
    report_duplicates(own.map(|pool| (&pool.value, &pool.origin)), |key| RequestProblem::DuplicateKey { key }, found);
}

/// Refuses a second reason for the same rule, since it would be unclear which one applies.
fn check_allows<'a>(allows: impl IntoIterator<Item = &'a Allow>, found: &mut Vec<RequestError>) {
    let rules = allows.into_iter().map(|allow| (&allow.rule.value, &allow.rule.origin));
    report_duplicates(rules, |rule| RequestProblem::DuplicateAllow { rule }, found);
}

/// Reports every value that is equal to an earlier one.
fn report_duplicates<'a, K: Ord + ToString>(
    values: impl Iterator<Item = (K, &'a Origin)>,
    problem: fn(String) -> RequestProblem,
    found: &mut Vec<RequestError>,
) {
    let mut first: BTreeMap<K, &Origin> = BTreeMap::new();
    for (value, origin) in values {
        match first.entry(value) {
            Entry::Occupied(earlier) => {
                let problem = problem(earlier.key().to_string());
                found.push(RequestError::repeat(problem, origin.clone(), earlier.get()));
            }
            Entry::Vacant(entry) => {
                entry.insert(origin);
            }
        }
    }
}
