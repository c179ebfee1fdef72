//! What the user wants: which pools to pair or to part, what no topology shows about them, and which rule
//! breaks are accepted.
//!
//! A request comes from a TOML file, a JSON file of the same shape, or the command line. All three become one
//! small tree of values that know where they were written, and one decoder reads that tree and collects
//! everything that is wrong with it.
//!
//! The voice settings of a pair apply to both of its pools. Those of one pool stand in a table under its name:
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

mod allow;
mod declared;
mod decode;
mod error;
mod errors;
mod facts;
mod flags;
mod json;
mod located;
mod pair;
mod problem;
mod resolved;
mod table;
mod text;
mod toml;
mod value;
mod voice;
mod wire;

use std::sync::Arc;

use miette::NamedSource;

pub use allow::Allow;
pub use error::{RequestError, RequestErrors};
pub use facts::{CumulativeUpdate, Hosting, PoolFacts};
pub use flags::Flags;
pub use located::{Located, Origin};
pub use pair::{PairRequest, UnpairRequest, VoiceRequest};
pub use problem::Problem;
pub use resolved::{ResolvedPair, ResolvedRequest, ResolvedUnpair};
pub use text::Format;
pub use value::Noun;
pub use wire::{
    AllowTable, CumulativeUpdateEntry, NoUpdate, PairTable, PoolTable, RequestFile, UnpairTable, VoiceSettings,
    VoiceTable,
};

use crate::notation::ExampleOrigin;
use crate::topology::Fqdn;

/// What the user wants.
#[derive(Clone, Debug, Default)]
pub struct Request {
    /// The text that the origins of kind [`Origin::File`] point into; `None` for a request by flags.
    pub source: Option<Arc<NamedSource<String>>>,
    /// The pools to pair, in the order of the request.
    pub pairs: Vec<PairRequest>,
    /// The pools to part from their backup pools, in the order of the request.
    pub unpairs: Vec<UnpairRequest>,
    /// What is declared about pools, in the order of the request, at most once per pool.
    pub pools: Vec<PoolFacts>,
    /// The accepted rule breaks, in the order of the request, at most once per rule.
    pub allows: Vec<Allow>,
    /// Who wrote the pair that the topology holds, which a notation may be learned from.
    pub origin: Option<Located<ExampleOrigin>>,
    /// Whether a document in an unverified notation may be published as it is.
    pub accept_unverified_notation: bool,
}

impl Request {
    /// Who wrote the pair that the topology holds, as far as the request says.
    pub fn example_origin(&self) -> ExampleOrigin {
        self.origin.as_ref().map(|origin| origin.value).unwrap_or_default()
    }

    /// Reads a request file that is at hand as bytes; JSON if `name` ends in `.json`, else TOML.
    ///
    /// The bytes are UTF-8, or UTF-16 with a byte order mark as Windows PowerShell writes it.
    ///
    /// # Errors
    ///
    /// The bytes are too many or no text, or the text is no request; see [`Problem`].
    pub fn from_file(name: &str, bytes: &[u8]) -> Result<Self, RequestErrors> {
        let text = text::decode(name, bytes)?;
        match Format::of(name) {
            Format::Toml => Self::from_toml(name, &text),
            Format::Json => Self::from_json(name, &text),
        }
    }

    /// Reads a request in TOML. `name` is what messages call the text.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with the text; see [`Problem`].
    pub fn from_toml(name: &str, text: &str) -> Result<Self, RequestErrors> {
        decode::text(name, text, toml::parse(text))
    }

    /// Reads a request in JSON. `name` is what messages call the text.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with the text; see [`Problem`].
    pub fn from_json(name: &str, text: &str) -> Result<Self, RequestErrors> {
        decode::text(name, text, json::parse(text))
    }

    /// Reads a request off the command line.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with the flags; see [`Problem`].
    pub fn from_flags(flags: &Flags) -> Result<Self, RequestErrors> {
        decode::flags(flags.value())
    }

    /// Adds the rule breaks that `--allow RULE=REASON` accepts beside those of the request file.
    ///
    /// # Errors
    ///
    /// A flag is not of that form, has no reason, or names a rule that is allowed already.
    pub fn add_allows(&mut self, allow: &[String]) -> Result<(), RequestErrors> {
        let flags = Flags { allow: allow.to_vec(), ..Flags::default() };
        let added = Self::from_flags(&flags)?.allows;
        let all = self.allows.iter().chain(&added);
        decode::refuse_duplicate_allows(all, self.source.as_ref())?;
        self.allows.extend(added);
        Ok(())
    }

    /// Whether the request asks for any change; one that does not only declares facts and accepts rule breaks.
    pub fn asks_anything(&self) -> bool {
        !self.pairs.is_empty() || !self.unpairs.is_empty()
    }

    /// What is declared about a pool.
    pub fn facts(&self, pool: &Fqdn) -> Option<&PoolFacts> {
        self.pools.iter().find(|facts| facts.fqdn.value == *pool)
    }

    /// Whether breaking this rule is accepted, and why.
    pub fn allowance(&self, rule: &str) -> Option<&Allow> {
        self.allows.iter().find(|allow| allow.rule.value == rule)
    }
}
