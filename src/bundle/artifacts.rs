//! Builds the files of a bundle from a plan. Pure: the same input, request, notation and version give the same bytes.

use std::collections::BTreeMap;

use super::{Artifact, Bundle, BundleKind};
use crate::Export;
use crate::diff::{UnifiedDiff, unified};
use crate::notation::Choice;
use crate::plan::{Deployment, PlanRecord, Planned};
use crate::report::json::{self, Report};
use crate::report::{Review, review_html, review_markdown};
use crate::request::Request;
use crate::runbook::{self, Runbook, RunbookError};

/// A plan, and everything that its artifacts need.
#[derive(Debug)]
pub struct Artifacts<'a> {
    before: &'a Export,
    planned: &'a Planned,
    /// The plan as `plan.json` holds it.
    pub record: PlanRecord,
    /// The steps that implement it.
    pub runbook: Runbook,
}

impl<'a> Artifacts<'a> {
    /// Creates the record and the runbook of a plan.
    ///
    /// # Errors
    ///
    /// When the plan contains text that cannot be written into a script.
    pub fn new(
        before: &'a Export,
        request: &Request,
        choice: &Choice,
        planned: &'a Planned,
    ) -> Result<Self, RunbookError> {
        let runbook = runbook::runbook(&planned.deployment)?;
        Ok(Self { before, planned, record: PlanRecord::new(before, request, choice, planned), runbook })
    }

    /// The unified diff of the decoded texts.
    pub fn diff(&self) -> UnifiedDiff {
        let file = &self.record.deployment.topology_file;
        let (before, after) = (self.before.topology_text(), self.planned.after.topology_text());
        unified(&format!("a/{file}"), before, &format!("b/{file}"), after)
    }

    /// Builds all files of the bundle.
    ///
    /// # Errors
    ///
    /// As for [`new`](Self::new).
    pub fn bundle(&self) -> Result<Bundle<'a>, RunbookError> {
        let deployment = &self.record.deployment;
        let mut files = runbook_files(deployment, &self.runbook)?;
        let (name, topology) = topology(self.planned);
        files.insert(name.to_owned(), topology);
        let diff = self.diff();
        let decided = files.iter().filter(|(name, _)| !name.ends_with(".md"));
        let mut hashes: Vec<_> = decided.map(|(name, file)| [name.as_str(), &file.sha256]).collect();
        hashes.push(["the input", &deployment.input_sha256]);
        let review = Review::new(self.before, self.planned, &self.record, &self.runbook, &diff, hashes);
        let reviews = [("review.md", review_markdown::write(&review)), ("review.html", review_html::write(&review))];
        files.extend(reviews.map(|(name, text)| (name.to_owned(), text.into())));
        files.insert("topology.diff".into(), diff.to_string().into());
        files.insert("plan.json".into(), json::to_bytes(&self.record).into());
        files.insert(
            "report.json".into(),
            json::to_bytes(&Report::new(self.record.findings.clone(), Vec::new())).into(),
        );
        Ok(Bundle::new(BundleKind::Pairing, self.record.input.sha256.clone(), files))
    }
}

/// The name and content of the edited topology file.
fn topology(planned: &Planned) -> (&str, Artifact<'_>) {
    let deployment = &planned.deployment;
    let artifact = Artifact::hashed(planned.after.topology_bytes(), deployment.result_sha256.clone());
    (&deployment.topology_file, artifact)
}

/// The runbook and its undo as scripts and checklists, and the module that both scripts load. There is no undo if the
/// topology already is as requested.
///
/// # Errors
///
/// When the deployment contains text that cannot be written into a script.
pub fn runbook_files(
    deployment: &Deployment,
    runbook: &Runbook,
) -> Result<BTreeMap<String, Artifact<'static>>, RunbookError> {
    let mut files = BTreeMap::from([(runbook::MODULE_FILE.to_owned(), runbook::module().into())]);
    let undo = (!deployment.as_requested).then(|| runbook::undo(deployment)).transpose()?;
    for (name, runbook) in [("runbook", Some(runbook)), ("undo", undo.as_ref())] {
        let Some(runbook) = runbook else { continue };
        files.insert(format!("{name}.ps1"), runbook::powershell(deployment, runbook).into());
        files.insert(format!("{name}.md"), runbook::markdown(deployment, runbook).into());
    }
    Ok(files)
}
