//! The definition of a rule.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A rule.
#[derive(Debug)]
pub struct Rule {
    /// Its id, which names the violation and never changes.
    pub id: &'static str,
    /// Its class, which determines the severity.
    pub class: RuleClass,
    /// The data that it depends on.
    pub basis: Basis,
    /// Where the rule is documented.
    pub source: &'static str,
    /// Its page, in Markdown: the doc comment of the rule.
    pub page: &'static str,
}

/// The class of a rule, which determines the severity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum RuleClass {
    /// A pairing that violates it cannot work; cannot be allowed.
    Integrity,
    /// Microsoft does not support a violation; can be allowed with a written reason.
    Support,
    /// A recommendation; can be allowed with a written reason.
    Advice,
    /// Information.
    Fact,
}

/// The severity of a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Information.
    Note,
    /// Refuses a plan with `--strict`.
    Warning,
    /// Refuses a plan.
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

/// The data that a rule depends on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Basis {
    /// Only the topology.
    Topology,
    /// What the request declares about pools.
    Declared,
    /// Only the request.
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

    /// The severity of findings of this class.
    pub fn severity(self) -> Severity {
        match self {
            Self::Integrity | Self::Support => Severity::Error,
            Self::Advice => Severity::Warning,
            Self::Fact => Severity::Note,
        }
    }

    /// Whether a request may allow a violation.
    pub fn can_be_allowed(self) -> bool {
        matches!(self, Self::Support | Self::Advice)
    }
}

/// The rules whose violation makes publishing the whole document fail.
const FAIL_PUBLISHING: [&str; 5] =
    ["dangling-reference", "duplicate-identity", "invalid-host-name", "machine-in-two-pools", "two-front-ends-2019"];

impl Rule {
    /// Whether a violation makes publishing the whole document fail.
    pub fn fails_publishing(&self) -> bool {
        FAIL_PUBLISHING.contains(&self.id)
    }
}
