//! The JSON Schemas of everything that poolpair reads and writes as JSON or TOML.

use schemars::{Schema, schema_for};

use crate::audit::Audit;
use crate::bundle::Manifest;
use crate::notation::Notation;
use crate::partners::Partners;
use crate::plan::PlanRecord;
use crate::report::differences::Differences;
use crate::report::failover::FailoverRecord;
use crate::report::inspect::Inspection;
use crate::report::json::Report;
use crate::request::RequestFile;

/// A document that has a schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
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
    /// The committed file in the folder `schema`.
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

    /// Its schema.
    pub fn schema(self) -> Schema {
        match self {
            Self::Request => RequestFile::json_schema(),
            Self::Plan => schema_for!(PlanRecord),
            Self::Report => schema_for!(Report),
            Self::Manifest => schema_for!(Manifest),
            Self::Notation => schema_for!(Notation),
            Self::Inspection => schema_for!(Inspection),
            Self::Partners => schema_for!(Partners),
            Self::Audit => schema_for!(Audit),
            Self::Differences => schema_for!(Differences),
            Self::Failover => schema_for!(FailoverRecord),
        }
    }
}
