//! A plan that was written before, read back.

use std::path::{Path, PathBuf};

use miette::Diagnostic;

use super::exit::Exit;
use super::failure::Failure;
use super::input;
use crate::Export;
use crate::plan::PlanRecord;
use crate::request::Request;
use crate::source::text_of_file;

/// A plan that was written before.
pub(super) struct StoredPlan {
    pub(super) record: PlanRecord,
    pub(super) request: Request,
}

/// Why a stored plan cannot be used.
#[derive(Debug, thiserror::Error, Diagnostic)]
enum PlanFileError {
    /// The file is no plan.
    #[error("`{}` is no plan: {reason}", path.display())]
    #[diagnostic(
        code("poolpair::plan::malformed"),
        help("make it with `poolpair plan TOPOLOGY REQUEST --out plan.json`")
    )]
    Malformed { path: PathBuf, reason: String },
    /// The plan was made by a poolpair that writes plans in another format.
    #[error("`{}` has the plan format {found}; this poolpair reads format {}", path.display(), PlanRecord::FORMAT_VERSION)]
    #[diagnostic(code("poolpair::plan::other-format"), help("use the poolpair that wrote it, or plan again"))]
    OtherFormat { path: PathBuf, found: u64 },
    /// The plan is not as it was written.
    #[error("`{}` was changed after `poolpair plan` made it: its `sha256` is not that of its content", path.display())]
    #[diagnostic(
        code("poolpair::plan::altered"),
        help("a plan is not edited by hand: change the request, plan again, and review the new plan")
    )]
    Altered { path: PathBuf },
    /// The topology is not the one that was planned on.
    #[error("the plan is stale: it was made for a topology with SHA-256 {planned}, and this one has {found}")]
    #[diagnostic(
        code("poolpair::plan::stale"),
        help("see what changed with `poolpair diff BEFORE AFTER`, then plan again on the new export")
    )]
    StaleInput { planned: String, found: String },
    /// The same input and request give another plan now.
    #[error("the plan is stale: planning again gives another `{part}`")]
    #[diagnostic(
        code("poolpair::plan::stale-content"),
        help("it was made by another version of poolpair: plan again and review the new plan")
    )]
    StaleContent { part: String },
}

impl StoredPlan {
    /// Reads a plan that was made for this topology.
    pub(super) fn read(path: &Path, before: &Export) -> Result<Self, Failure> {
        let stored = Self::read_any(path)?;
        let (planned, found) = (&stored.record.input.sha256, before.source().sha256());
        if *planned != found {
            let error = PlanFileError::StaleInput { planned: planned.clone(), found };
            return Err(Failure::new(Exit::Input, error));
        }
        Ok(stored)
    }

    /// Reads a plan.
    pub(super) fn read_any(path: &Path) -> Result<Self, Failure> {
        let unusable = |error| Failure::new(Exit::Input, error);
        let malformed = |reason| unusable(PlanFileError::Malformed { path: path.to_owned(), reason });
        let invalid = |error: serde_json::Error| malformed(error.to_string());
        let bytes = input::file(path)?;
        let text = text_of_file(&bytes).map_err(|encoding| malformed(format!("not valid {encoding}")))?;
        let value: serde_json::Value = serde_json::from_str(&text).map_err(invalid)?;
        let version = value.get("formatVersion").and_then(serde_json::Value::as_u64);
        if let Some(found) = version.filter(|&found| found != u64::from(PlanRecord::FORMAT_VERSION)) {
            return Err(unusable(PlanFileError::OtherFormat { path: path.to_owned(), found }));
        }
        let digest = PlanRecord::digest(value.clone());
        let record: PlanRecord = serde_json::from_value(value).map_err(invalid)?;
        if record.sha256 != digest {
            return Err(unusable(PlanFileError::Altered { path: path.to_owned() }));
        }
        if let Some(problem) = record.notation.problems().first() {
            let reason = format!("`notation.{}`: {}", problem.path, problem.fault);
            return Err(malformed(reason));
        }
        let request = record.request.clone().decode(&path.to_string_lossy())?;
        Ok(Self { record, request })
    }

    /// Checks that planning again gave the same.
    pub(super) fn check(&self, again: &PlanRecord) -> Result<(), Failure> {
        let fields =
            |record: &PlanRecord| serde_json::to_value(record).ok().and_then(|value| value.as_object().cloned());
        let (stored, again) = (fields(&self.record).unwrap_or_default(), fields(again).unwrap_or_default());
        match again.iter().find(|(name, value)| stored.get(*name) != Some(value)) {
            Some((part, _)) => Err(Failure::new(Exit::Input, PlanFileError::StaleContent { part: part.clone() })),
            None => Ok(()),
        }
    }
}
