//! The relation between a finding and the requested change.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The relation between a finding and the requested change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum FindingChange {
    /// The request or its result is the cause.
    New,
    /// It was found before the change, about at least these pools.
    Before,
    /// It was found before the change, which resolves it.
    Repaired,
}

/// The message of a finding, with a remark if the requested change is not its cause.
pub(super) fn with_remark(message: &str, change: Option<FindingChange>) -> String {
    match change {
        None | Some(FindingChange::New) => message.to_owned(),
        Some(FindingChange::Before) => format!("{message} (was so before)"),
        Some(FindingChange::Repaired) => format!("{message} (repaired by this change)"),
    }
}
