//! What a change has to do with a finding.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What a requested change has to do with a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum FindingChange {
    /// The request, or what it would make of the topology, is what is found fault with.
    New,
    /// It was found before, about these pools at least.
    Before,
    /// It was found before, and the change does away with it.
    Repaired,
}

/// A finding's message, with what the change has to do with it where it is not new.
pub(super) fn with_remark(message: &str, change: Option<FindingChange>) -> String {
    match change {
        None | Some(FindingChange::New) => message.to_owned(),
        Some(FindingChange::Before) => format!("{message} (was so before)"),
        Some(FindingChange::Repaired) => format!("{message} (repaired by this change)"),
    }
}
