//! How sure a notation is: what the user states of the documents that it was learned from.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::is_default;

/// How sure a notation is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Evidence {
    /// Learned from documents which the user says Topology Builder wrote.
    Learned,
    /// Everything else: a hypothesis, or an example of unknown origin.
    Unverified,
}

/// Who wrote the documents that hold an example of a pairing, as the user says. Nobody can check it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ExampleOrigin {
    /// Topology Builder.
    TopologyBuilder,
    /// Something else, or nobody knows.
    #[default]
    Other,
}

impl ExampleOrigin {
    /// Every value, by the name that a request and the command line give it.
    pub const NAMES: [(&'static str, Self); 2] = [("topology-builder", Self::TopologyBuilder), ("other", Self::Other)];
}

/// The documents that a notation was learned from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct LearnedFrom {
    /// The SHA-256 of each, in lower-case hexadecimal digits: the document without the pair and the one with it, or
    /// the one document that holds a pair.
    pub documents: Vec<String>,
    /// Who wrote them, as the user says.
    #[serde(default, skip_serializing_if = "is_default")]
    pub origin: ExampleOrigin,
    /// Whether the second one is what the built-in notation writes into the first: nobody can tell it from a preview
    /// that poolpair wrote.
    #[serde(default, skip_serializing_if = "is_default")]
    pub may_be_preview: bool,
}

impl LearnedFrom {
    /// What the documents and the statement amount to.
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
