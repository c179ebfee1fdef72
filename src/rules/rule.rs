//! What a rule is.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A rule of the book.
#[derive(Debug)]
pub struct Rule {
    /// Its id, which names the bad pattern and never changes.
    pub id: &'static str,
    /// How much it weighs.
    pub class: RuleClass,
    /// What it is decided from.
    pub basis: Basis,
    /// Where the rule is documented.
    pub source: &'static str,
    /// Its page, in Markdown: the doc comment of the rule.
    pub page: &'static str,
}

/// How much a rule weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum RuleClass {
    /// A pairing that breaks it cannot work; never overridable.
    Integrity,
    /// Microsoft does not support it; overridable with a written reason.
    Support,
    /// Worth a second thought.
    Advice,
    /// Good to know.
    Fact,
}

/// How severe a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Good to know.
    Note,
    /// Fails with `--strict`.
    Warning,
    /// Nothing is planned or written.
    Error,
}

impl Severity {
    /// The name used in JSON and in messages.
    pub fn name(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// What a rule is decided from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Basis {
    /// The topology alone.
    Topology,
    /// What the request declares about pools.
    Declared,
    /// The request alone.
    Request,
}

impl RuleClass {
    /// The name used in JSON and in messages.
    pub fn name(self) -> &'static str {
        match self {
            Self::Integrity => "integrity",
            Self::Support => "support",
            Self::Advice => "advice",
            Self::Fact => "fact",
        }
    }

    /// How severe a finding of this class is.
    pub fn severity(self) -> Severity {
        match self {
            Self::Integrity | Self::Support => Severity::Error,
            Self::Advice => Severity::Warning,
            Self::Fact => Severity::Note,
        }
    }

    /// Whether a request may allow a break.
    pub fn can_be_allowed(self) -> bool {
        matches!(self, Self::Support | Self::Advice)
    }
}

/// The rules whose break makes publishing the whole document fail, wherever in it the break is.
const FAIL_PUBLISHING: [&str; 5] =
    ["dangling-reference", "duplicate-identity", "invalid-host-name", "machine-in-two-pools", "two-front-ends-2019"];

impl Rule {
    /// Whether a break makes publishing the whole document fail, wherever in it the break is.
    pub fn fails_publishing(&self) -> bool {
        FAIL_PUBLISHING.contains(&self.id)
    }
}
