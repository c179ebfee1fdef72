//! Reading a stored plan.

use miette::Diagnostic;
use serde_json::Value;

use super::PlanRecord;
use crate::Export;
use crate::request::{Request, RequestErrors};
use crate::source::text_of_file;

/// A stored plan.
#[derive(Debug)]
pub struct StoredPlan {
    /// What the file holds.
    pub record: PlanRecord,
    /// Its request.
    pub request: Request,
}

/// Why a stored plan cannot be used.
#[derive(Debug, thiserror::Error, Diagnostic)]
pub enum StoredPlanError {
    /// The file is not a plan.
    #[error("`{name}` is no plan: {reason}")]
    #[diagnostic(
        code("poolpair::plan::malformed"),
        help("make it with `poolpair plan TOPOLOGY --request request.toml --out plan.json`")
    )]
    Malformed {
        /// The file.
        name: String,
        /// Why.
        reason: String,
    },
    /// The plan was made by a poolpair that writes plans in another format.
    #[error("`{name}` has the plan format {found}; this poolpair reads format {}", PlanRecord::FORMAT_VERSION)]
    #[diagnostic(code("poolpair::plan::other-format"), help("use the poolpair that wrote it, or plan again"))]
    OtherFormat {
        /// The file.
        name: String,
        /// Its version.
        found: u64,
    },
    /// The plan was changed after it was written.
    #[error("`{name}` was changed after `poolpair plan` made it: its `sha256` is not that of its content")]
    #[diagnostic(
        code("poolpair::plan::altered"),
        help("a plan is not edited by hand: change the request, plan again, and review the new plan")
    )]
    Altered {
        /// The file.
        name: String,
    },
    /// The topology is not the one that was planned on.
    #[error("the plan is stale: it was made for a topology with SHA-256 {planned}, and this one has {found}")]
    #[diagnostic(
        code("poolpair::plan::stale"),
        help("see what changed with `poolpair diff BEFORE AFTER`, then plan again on the new export")
    )]
    StaleInput {
        /// The one that was planned on.
        planned: String,
        /// This one.
        found: String,
    },
    /// The same input and request give another plan now.
    #[error("the plan is stale: planning again gives another `{part}`")]
    #[diagnostic(
        code("poolpair::plan::stale-content"),
        help("it was made by another version of poolpair: plan again and review the new plan")
    )]
    StaleContent {
        /// The key in the plan.
        part: String,
    },
    /// Its request has invalid values.
    #[error(transparent)]
    #[diagnostic(transparent)]
    Request(#[from] RequestErrors),
}

impl StoredPlan {
    /// Reads a plan from the content of the file `name`.
    ///
    /// # Errors
    ///
    /// When it is not a plan of this format, or was changed after it was written.
    pub fn read(name: &str, bytes: &[u8]) -> Result<Self, StoredPlanError> {
        let malformed = |reason| StoredPlanError::Malformed { name: name.to_owned(), reason };
        let invalid = |error: serde_json::Error| malformed(error.to_string());
        let text = text_of_file(bytes).map_err(|encoding| malformed(format!("not valid {encoding}")))?;
        let value: Value = serde_json::from_str(&text).map_err(invalid)?;
        let version = value.get("formatVersion").and_then(Value::as_u64);
        if let Some(found) = version.filter(|&found| found != u64::from(PlanRecord::FORMAT_VERSION)) {
            return Err(StoredPlanError::OtherFormat { name: name.to_owned(), found });
        }
        let digest = PlanRecord::digest(value.clone());
        let record: PlanRecord = serde_json::from_value(value).map_err(invalid)?;
        if record.sha256 != digest {
            return Err(StoredPlanError::Altered { name: name.to_owned() });
        }
        if let Some(problem) = record.notation.problems().first() {
            return Err(malformed(format!("`notation.{}`: {}", problem.path, problem.fault)));
        }
        let request = record.request.checked(name)?;
        Ok(Self { record, request })
    }

    /// Checks that this topology is the one that was planned on.
    ///
    /// # Errors
    ///
    /// When it is a different one.
    pub fn check_input(&self, before: &Export) -> Result<(), StoredPlanError> {
        let (planned, found) = (self.record.input.sha256.clone(), before.source().sha256());
        if planned == found { Ok(()) } else { Err(StoredPlanError::StaleInput { planned, found }) }
    }

    /// Checks that planning again gave the same plan.
    ///
    /// # Errors
    ///
    /// When it did not.
    pub fn check(&self, again: &PlanRecord) -> Result<(), StoredPlanError> {
        let [stored, again] = [&self.record, again].map(|record| serde_json::to_value(record).unwrap_or_default());
        let part = again.as_object().into_iter().flatten().find(|(name, value)| stored.get(name) != Some(value));
        part.map_or(Ok(()), |(part, _)| Err(StoredPlanError::StaleContent { part: part.clone() }))
    }
}
