//! An input that could not be read, as reports hold it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// An input that could not be read: nothing is known of what the rules would find in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct UnreadRecord {
    /// The file.
    pub file: String,
    /// The stable code of what is wrong.
    pub code: String,
    /// What is wrong.
    pub message: String,
    /// The line of it, from 1; null where no place is known.
    pub line: Option<u32>,
    /// The column of it in characters, from 1; null where no place is known.
    pub column: Option<u32>,
}
