//! The notation in use, and where it comes from.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Notation;
use crate::topology::Fqdn;

/// The notation in use, and where it comes from.
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
    /// Given by the user.
    #[default]
    Given,
    /// Learned from a pair in the document.
    LearnedFromPair {
        /// The two pools, in the order of the document.
        pools: [Fqdn; 2],
    },
    /// The built-in hypothesis, since no other notation is available.
    BuiltIn,
}

impl Choice {
    /// A notation given by the user.
    pub fn given(notation: Notation) -> Self {
        Self { notation, origin: NotationOrigin::Given }
    }

    /// The built-in hypothesis.
    pub fn built_in() -> Self {
        Self { notation: Notation::built_in(), origin: NotationOrigin::BuiltIn }
    }
}
