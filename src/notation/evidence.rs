//! How reliable a notation is, based on the documents that it was learned from.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::is_default;

/// How reliable a notation is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Evidence {
    /// Learned from documents that Topology Builder wrote, according to the user.
    Learned,
    /// Anything else: a hypothesis, or an example of unknown origin.
    Unverified,
}

/// Who wrote the documents with the example of a pairing, according to the user. This cannot be verified.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ExampleOrigin {
    /// Topology Builder.
    TopologyBuilder,
    /// Something else, or unknown.
    #[default]
    Other,
}

impl ExampleOrigin {
    /// Every value, with its name in requests and on the command line.
    pub const NAMES: [(&'static str, Self); 2] = [("topology-builder", Self::TopologyBuilder), ("other", Self::Other)];
}

/// The documents that a notation was learned from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct LearnedFrom {
    /// The SHA-256 of each, in lower-case hexadecimal digits: the documents without and with the pair, or the one
    /// document that contains a pair.
    pub documents: Vec<String>,
    /// Who wrote them, according to the user.
    #[serde(default, skip_serializing_if = "is_default")]
    pub origin: ExampleOrigin,
    /// Whether the second document equals what the built-in notation writes into the first. It may then be a preview
    /// that poolpair wrote.
    #[serde(default, skip_serializing_if = "is_default")]
    pub may_be_preview: bool,
}

impl LearnedFrom {
    /// The reliability that follows from the documents and their origin.
    pub fn evidence(&self) -> Evidence {
        match self.origin {
            ExampleOrigin::TopologyBuilder if !self.may_be_preview => Evidence::Learned,
            _ => Evidence::Unverified,
        }
    }
}

impl fmt::Display for LearnedFrom {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let hashes = self.documents.join(" and ");
        match self.documents.as_slice() {
            [_] => write!(f, "learned from one document (SHA-256 {hashes})")?,
            _ => write!(f, "learned from two documents (SHA-256 {hashes})")?,
        }
        let them = if self.documents.len() == 1 { "it" } else { "them" };
        match self.origin {
            _ if self.may_be_preview => f.write_str(", the second of which may be a preview that poolpair wrote"),
            ExampleOrigin::TopologyBuilder => f.write_str(", which the user says Topology Builder wrote"),
            ExampleOrigin::Other => write!(f, "; the user does not say that Topology Builder wrote {them}"),
        }
    }
}
