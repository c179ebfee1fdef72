//! The JSON Schemas of everything that poolpair reads and writes as JSON or TOML.

use schemars::Schema;
use schemars::generate::SchemaSettings;
use serde_json::Value;

use crate::audit::Audit;
use crate::bundle::Manifest;
use crate::notation::Notation;
use crate::partners::Partners;
use crate::plan::PlanRecord;
use crate::report::differences::Differences;
use crate::report::failover::FailoverRecord;
use crate::report::inspect::Inspection;
use crate::report::json::Report;
use crate::request::Request;
use crate::rules::RULES;

/// A document that has a schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "cli", derive(clap::ValueEnum))]
pub enum SchemaKind {
    /// A request file
    Request,
    /// `plan.json`
    Plan,
    /// What `check` prints as JSON, and `report.json`
    Report,
    /// `manifest.json`
    Manifest,
    /// A notation file
    Notation,
    /// What `inspect` prints as JSON
    Inspection,
    /// What `partners` prints as JSON
    Partners,
    /// What `audit` prints as JSON
    Audit,
    /// What `diff` prints as JSON
    Differences,
    /// `failover.json`
    Failover,
}

impl SchemaKind {
    /// The name of the committed file in the folder `schema`.
    pub fn file_name(self) -> &'static str {
        match self {
            Self::Request => "request.schema.json",
            Self::Plan => "plan.schema.json",
            Self::Report => "report.schema.json",
            Self::Manifest => "manifest.schema.json",
            Self::Notation => "notation.schema.json",
            Self::Inspection => "inspection.schema.json",
            Self::Partners => "partners.schema.json",
            Self::Audit => "audit.schema.json",
            Self::Differences => "differences.schema.json",
            Self::Failover => "failover.schema.json",
        }
    }

    /// The JSON Schema, in draft 7: the newest draft that editors of TOML files support.
    pub fn schema(self) -> Schema {
        let generator = SchemaSettings::draft07().into_generator();
        let mut schema = match self {
            Self::Request => generator.into_root_schema_for::<Request>(),
            Self::Plan => generator.into_root_schema_for::<PlanRecord>(),
            Self::Report => generator.into_root_schema_for::<Report>(),
            Self::Manifest => generator.into_root_schema_for::<Manifest>(),
            Self::Notation => generator.into_root_schema_for::<Notation>(),
            Self::Inspection => generator.into_root_schema_for::<Inspection>(),
            Self::Partners => generator.into_root_schema_for::<Partners>(),
            Self::Audit => generator.into_root_schema_for::<Audit>(),
            Self::Differences => generator.into_root_schema_for::<Differences>(),
            Self::Failover => generator.into_root_schema_for::<FailoverRecord>(),
        };
        let name = self.file_name().trim_end_matches(".schema.json");
        schema.insert("$id".to_owned(), format!("urn:poolpair:schema:{name}").into());
        schema.insert("title".to_owned(), self.title().into());
        // A report may name rules of a later version; a request only those of this version.
        let ids: Vec<_> = RULES.iter().map(|rule| rule.id).collect();
        for (definition, key) in [("Allow", "enum"), ("FindingRecord", "examples"), ("Reason", "examples")] {
            let rule = schema.pointer_mut(&format!("/definitions/{definition}/properties/rule"));
            if let Some(rule) =
                rule.filter(|_| self == Self::Request || key == "examples").and_then(Value::as_object_mut)
            {
                rule.remove("pattern");
                rule.insert(key.to_owned(), ids.clone().into());
            }
        }
        schema
    }

    /// The title of the schema.
    fn title(self) -> &'static str {
        match self {
            Self::Request => "Request: the pairings to make and to remove, and what no topology shows",
            Self::Plan => "Plan: what changes in a topology, and the input of its runbook",
            Self::Report => "Report: what the rules find in topologies",
            Self::Manifest => "Manifest: the files of a bundle with their hashes",
            Self::Notation => "Notation: how the XML of a topology writes a pairing",
            Self::Inspection => "Inspection: the sites, pools and pairs of a topology",
            Self::Partners => "Partners: the pools that a pool can be paired with, and why others are excluded",
            Self::Audit => "Audit: the state of each pair of a deployment, and partners for unpaired pools",
            Self::Failover => "Failover: the input of the runbooks for the day a pool fails",
            Self::Differences => "Differences: how two topologies differ, by site, pool and service",
        }
    }
}
