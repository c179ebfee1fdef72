//! The content of `plan.json`.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::deployment::{Deployment, PublishRoute};
use super::{Change, Planned};
use crate::Export;
use crate::diff::Inventory;
use crate::notation::{Choice, Notation, NotationOrigin};
use crate::request::Request;
use crate::rules::{FindingFiles, FindingRecord};
use crate::source::{Edits, sha256};
use crate::topology::Dialect;

/// A plan: what changes, where and why, and the facts that its runbook is made from.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(title = "poolpair plan")]
pub struct PlanRecord {
    /// The version of this format; 2. Within a version, fields are only added.
    pub format_version: u32,
    /// The document that was planned on.
    pub input: InputRecord,
    /// The request in full, defaults included.
    pub request: Request,
    /// The notation in full.
    pub notation: Notation,
    /// Where the notation comes from.
    #[serde(default)]
    pub notation_origin: NotationOrigin,
    /// How the result gets published.
    pub publish_route: PublishRoute,
    /// The changes, in the order of the request.
    pub changes: Vec<Change>,
    /// The edits, in the order of the document.
    pub edits: Vec<EditRecord>,
    /// What the rules found.
    pub findings: Vec<FindingRecord>,
    /// What the runbook is made from.
    pub deployment: Deployment,
    /// The inventory of the result, so that a new export can be compared with it.
    pub inventory: Inventory,
    /// SHA-256 of everything else, as JSON without white space and with sorted keys. It reveals a plan that was edited.
    pub sha256: String,
}

/// The document that was planned on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct InputRecord {
    /// SHA-256 of the file as stored, in lower-case hex.
    pub sha256: String,
    /// Its format.
    pub dialect: Dialect,
}

/// An edit, located in the file as stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct EditRecord {
    /// The offset of the edit in the input file as stored, in bytes.
    pub byte_offset: u64,
    /// The removed text.
    pub removed: String,
    /// The inserted text.
    pub inserted: String,
}

impl PlanRecord {
    /// The version of the format.
    pub const FORMAT_VERSION: u32 = 2;

    /// Records a plan.
    pub fn new(before: &Export, request: &Request, choice: &Choice, planned: &Planned) -> Self {
        // Locations in the request are left out: the request is included in full, and must give the same plan whether
        // it came from a file, from flags or from another plan.
        let files = FindingFiles {
            topology_name: before.topology.dialect.file_name(),
            topology: before.source(),
            request: None,
        };
        let mut record = Self {
            format_version: Self::FORMAT_VERSION,
            input: InputRecord { sha256: before.source().sha256(), dialect: before.topology.dialect },
            request: request.clone(),
            notation: choice.notation.clone(),
            notation_origin: choice.origin.clone(),
            publish_route: planned.route,
            changes: planned.changes.clone(),
            edits: edit_records(before, &planned.edits),
            findings: planned.findings.iter().map(|finding| FindingRecord::new(finding, &files)).collect(),
            deployment: planned.deployment.clone(),
            inventory: planned.inventory.clone(),
            sha256: String::new(),
        };
        record.sha256 = Self::digest(serde_json::to_value(&record).unwrap_or_default());
        record
    }

    /// The hash of a plan's content; see [`sha256`](Self::sha256).
    pub fn digest(mut plan: Value) -> String {
        plan.sort_all_objects();
        if let Some(fields) = plan.as_object_mut() {
            fields.remove("sha256");
        }
        sha256(plan.to_string().as_bytes())
    }

    /// The notation that was planned in.
    pub fn choice(&self) -> Choice {
        Choice { notation: self.notation.clone(), origin: self.notation_origin.clone() }
    }
}

fn edit_records(before: &Export, edits: &Edits) -> Vec<EditRecord> {
    let source = before.source();
    edits
        .iter()
        .map(|edit| EditRecord {
            byte_offset: source.stored_range(edit.span).start as u64,
            removed: source.slice(edit.span).to_owned(),
            inserted: edit.text.clone(),
        })
        .collect()
}
