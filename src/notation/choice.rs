//! Which notation is in use, and why that one.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Notation;
use crate::topology::Fqdn;

/// Which notation is in use, and why that one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// The notation.
    pub notation: Notation,
    /// Where it comes from.
    pub origin: NotationOrigin,
}

/// Where the notation in use comes from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum NotationOrigin {
    /// From the user.
    #[default]
    Given,
    /// Learned from a pair that the document holds.
    LearnedFromPair {
        /// The two pools, in the order of the document.
        pools: [Fqdn; 2],
    },
    /// The built-in hypothesis, for want of anything better.
    BuiltIn,
}

impl Choice {
    /// A notation that the user gave.
    pub fn given(notation: Notation) -> Self {
        Self { notation, origin: NotationOrigin::Given }
    }

    /// The built-in hypothesis.
    pub fn built_in() -> Self {
        Self { notation: Notation::built_in(), origin: NotationOrigin::BuiltIn }
    }
}
