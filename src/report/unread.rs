//! Inputs that could not be read, as reported.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// An input that could not be read, and whose findings are therefore unknown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct UnreadRecord {
    /// The file.
    pub file: String,
    /// The stable error code.
    pub code: String,
    /// The error message.
    pub message: String,
    /// The line of the error, from 1; null if unknown.
    pub line: Option<u32>,
    /// The column of the error in characters, from 1; null if unknown.
    pub column: Option<u32>,
}
