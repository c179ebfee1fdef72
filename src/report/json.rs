//! JSON: indented, with a final line feed, keys in the order of their types.

use serde::Serialize;

use crate::rules::{FindingRecord, Summary};

/// Writes any report.
pub fn to_bytes(value: &impl Serialize) -> Vec<u8> {
    let mut bytes = serde_json::to_vec_pretty(value).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}

/// What `check` reports.
#[derive(Clone, Debug, Serialize, serde::Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(title = "poolpair report")]
pub struct Report {
    /// The version of this format; 1. Within a version, fields are only added.
    pub format_version: u32,
    /// What the rules found, document by document, in the order of the rule book.
    pub findings: Vec<FindingRecord>,
    /// How many of each severity.
    pub summary: Summary,
}

impl Report {
    /// Reports findings.
    pub fn new(findings: Vec<FindingRecord>) -> Self {
        let summary = Summary::of(findings.iter().map(|finding| finding.severity));
        Self { format_version: 1, findings, summary }
    }
}
