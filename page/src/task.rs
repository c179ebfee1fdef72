//! The tasks of the page's script.

use poolpair::bundle::{Artifacts, BundleKind, Manifest, StoredBundle, verify_text};
use poolpair::confirm::confirm;
use poolpair::notation::{Choice, Notation};
use poolpair::pairing::Pairing;
use poolpair::partners::partners;
use poolpair::plan::{Outcome, PlanOptions, Planned, StoredPlan, plan};
use poolpair::report::failover::FailoverRecord;
use poolpair::report::inspect::Inspection;
use poolpair::report::picture::Picture;
use poolpair::report::verdict::Verdict;
use poolpair::report::{OutputStyle, confirm_text, diff_text};
use poolpair::request::Request;
use poolpair::rules::{self, Finding, Severity};
use poolpair::runbook::NoRunbook;
use poolpair::source::Options;
use poolpair::{Export, diff, learn};
use serde::Deserialize;
use serde_json::Value;

use crate::answer::Answer;
use crate::archive;
use crate::deployment;
use crate::error::{BoxedError, PageError};
use crate::fragment::{self, REQUEST};

/// A task, and the names of its files in messages.
#[derive(Deserialize)]
struct TaskMessage {
    task: Task,
    names: Vec<String>,
}

/// A task; its files are passed separately.
#[derive(Deserialize)]
#[serde(tag = "name", rename_all = "kebab-case")]
enum Task {
    /// Inspects a topology.
    Inspect,
    /// Lists the possible partners of a pool in a topology.
    Partners { pool: String },
    /// Plans a request on a topology, with an optional notation, and returns the bundle.
    Plan { request: Value },
    /// Checks an export against a plan or a bundle.
    Confirm,
    /// Verifies a bundle, with an optional topology.
    Verify,
    /// Audits a topology.
    Audit,
    /// Writes the runbooks of a paired pool's failover.
    Failover { pool: String },
    /// Compares two topologies.
    Diff,
    /// Shows the page of a rule.
    Explain { rule: String },
}

/// Runs a task, given as JSON, with its files. The first output is an `Answer` as JSON, the second its archive.
pub fn answer(message: &[u8], files: Vec<Vec<u8>>) -> Vec<Vec<u8>> {
    let answer = read(message, files).and_then(|(task, files)| task.answer(files));
    answer.unwrap_or_else(|error| Answer::new(false, fragment::error(&*error))).into_outputs()
}

fn read(message: &[u8], files: Vec<Vec<u8>>) -> Result<(Task, Files), BoxedError> {
    let TaskMessage { task, names } = serde_json::from_slice(message).map_err(PageError::Task)?;
    Ok((task, Files(names.into_iter().zip(files).collect::<Vec<_>>().into_iter())))
}

/// The files of a task with their names, in order.
struct Files(std::vec::IntoIter<(String, Vec<u8>)>);

impl Files {
    fn next(&mut self) -> Result<(String, Vec<u8>), BoxedError> {
        Ok(self.0.next().ok_or(PageError::NoFile)?)
    }

    fn export(&mut self) -> Result<Export, BoxedError> {
        let (name, bytes) = self.next()?;
        Ok(Export::read(&name, bytes, &Options::default())?)
    }
}

impl Task {
    fn answer(self, mut files: Files) -> Result<Answer, BoxedError> {
        match self {
            Self::Inspect => Ok(inspected(&files.export()?)),
            Self::Partners { pool } => possible_partners(&files.export()?, &pool),
            Self::Plan { request } => planned(&files.export()?, &request, files.0.next()),
            Self::Confirm => confirmed(&mut files),
            Self::Verify => verified(&mut files),
            Self::Audit => Ok(deployment::audit(&files.export()?)),
            Self::Failover { pool } => deployment::failover(&files.export()?, &pool),
            Self::Diff => Ok(differences(&files.export()?, &files.export()?)),
            Self::Explain { rule } => explained(&rule),
        }
    }
}

fn inspected(export: &Export) -> Answer {
    let notation = learn::choose_for_reading(export, None, &Options::default()).notation;
    let pairing = Pairing::read(&export.document, &export.topology, &notation);
    let topology = &export.topology;
    let pools = topology.front_end_pools().map(|pool| topology.pool_name(pool).clone()).collect();
    let inspection = Inspection::of(export, &pairing, &notation);
    let html = fragment::summary(export.source().name(), &inspection, &Picture::of_topology(topology, &pairing));
    Answer { pools, ..Answer::new(true, html) }
}

fn possible_partners(export: &Export, pool: &str) -> Result<Answer, BoxedError> {
    let index = deployment::index(export, pool)?;
    let notation = learn::choose(export, None, Default::default(), &Options::default()).notation;
    let partners = partners(export, &notation, index, false);
    let eligible = partners.partners.iter().filter(|partner| partner.eligible).map(|partner| partner.fqdn.clone());
    Ok(Answer { eligible: eligible.collect(), ..Answer::new(true, fragment::partners(&partners)) })
}

fn planned(export: &Export, request: &Value, notation: Option<(String, Vec<u8>)>) -> Result<Answer, BoxedError> {
    let request = Request::from_json(REQUEST, &request.to_string())?;
    let toml = request.to_toml();
    let notation = match notation {
        Some((name, bytes)) => Some(Notation::from_bytes(&name, &bytes)?),
        None => None,
    };
    let choice = learn::choose(export, notation, request.example_origin(), &Options::default());
    let answer = match plan(export, &request, &choice.notation, &options())? {
        Outcome::Refused(findings) => refused(&findings, export),
        Outcome::Planned(planned) => bundled(export, &request, &choice, &planned)?,
    };
    Ok(Answer { request: toml, ..answer })
}

/// The default options of the program.
fn options() -> PlanOptions {
    PlanOptions { reading: Options::default(), strict: false }
}

fn refused(findings: &[Finding], export: &Export) -> Answer {
    let count = |severity| findings.iter().filter(|one| one.effective_severity() == severity).count();
    let verdict = Verdict::Refused { errors: count(Severity::Error), warnings: count(Severity::Warning) };
    let html = fragment::findings(verdict, findings, export.source());
    Answer { allowable: allowable(findings), ..Answer::new(false, html) }
}

/// The rules whose findings may be allowed with a written reason, without duplicates.
fn allowable(findings: &[Finding]) -> Vec<&'static str> {
    let mut rules: Vec<_> =
        findings.iter().filter(|one| one.rule.class.can_be_allowed()).map(|one| one.rule.id).collect();
    rules.sort_unstable();
    rules.dedup();
    rules
}

fn bundled(export: &Export, request: &Request, choice: &Choice, planned: &Planned) -> Result<Answer, BoxedError> {
    let artifacts = Artifacts::new(export, request, choice, planned).map_err(NoRunbook)?;
    let bundle = artifacts.bundle().map_err(NoRunbook)?;
    let review = bundle.files().find(|(name, _)| *name == "review.html").map(|(_, bytes)| bytes);
    let html = fragment::findings(Verdict::of(&artifacts.record), &planned.findings, export.source());
    Ok(Answer {
        allowable: allowable(&planned.findings),
        page: String::from_utf8_lossy(&review.unwrap_or_default()).into_owned(),
        archive: Some(archive::write(&bundle)?),
        ..Answer::new(true, html)
    })
}

fn confirmed(files: &mut Files) -> Result<Answer, BoxedError> {
    let export = files.export()?;
    let (name, bytes) = files.next()?;
    let bundle = if archive::is_archive(&bytes) { archive::read(&name, &bytes)? } else { Default::default() };
    let plan = if bundle.is_empty() { Some(&bytes) } else { bundle.get("plan.json") };
    let stored = StoredPlan::read(&name, plan.ok_or(PageError::NoPlan { name: name.clone() })?)?;
    let record = &stored.record;
    // The topology of the bundle is used only if it is unchanged.
    let file = record.input.dialect.file_name();
    let written = bundle.get(file).map(|bytes| Export::read(file, bytes.clone(), &Options::default())).transpose()?;
    let written = written.filter(|written| written.source().sha256() == record.deployment.result_sha256);
    let confirmation = confirm(record, written.as_ref(), &export, &Options::default());
    let is_good = confirmation.is_good();
    let verdict = if is_good { "confirmed" } else { "not as planned" };
    Ok(Answer::new(is_good, fragment::lines(is_good, verdict, &confirm_text::write(&confirmation))))
}

fn verified(files: &mut Files) -> Result<Answer, BoxedError> {
    let (name, bytes) = files.next()?;
    let bundle = archive::read(&name, &bytes)?;
    let stored = StoredBundle::of_files(&bundle);
    let stored = stored.map_err(|error| PageError::NotABundle { name: name.clone(), reason: error.to_string() })?;
    let deviations = verify_text::deviations(&stored);
    let (is_good, more) = match files.0.len() {
        _ if !stored.is_as_written() => (false, String::new()),
        0 => (
            true,
            format!(
                "{}not checked: give the topology as well to check that it gives these files\n",
                verify_text::HASHES_MATCH
            ),
        ),
        _ => origin(&stored.manifest, &files.export()?, &bundle, name)?,
    };
    let verdict = if is_good { "verified" } else { "not verified" };
    Ok(Answer::new(is_good, fragment::lines(is_good, verdict, &(deviations + &more))))
}

/// Generates the bundle again from its topology, and compares.
fn origin(
    manifest: &Manifest,
    before: &Export,
    bundle: &archive::Files,
    name: String,
) -> Result<(bool, String), BoxedError> {
    let (found, expected) = (before.source().sha256(), &manifest.input_sha256);
    if found != *expected {
        return Ok((false, verify_text::other_topology(expected, &found)));
    }
    let record = |file: &str| bundle.get(file).ok_or_else(|| PageError::NoPlan { name: name.clone() });
    let regenerated = match manifest.kind() {
        BundleKind::Runbook => return Err(PageError::RunbookOnly { name }.into()),
        BundleKind::Failover => deployment::rebuild_failover(before, record(FailoverRecord::NAME)?)?.manifest().clone(),
        BundleKind::Pairing => match rebuild_manifest(before, record("plan.json")?)? {
            Ok(manifest) => manifest,
            Err(findings) => return Ok((false, findings.iter().map(|one| one.sentence() + "\n").collect())),
        },
    };
    Ok((*manifest == regenerated, verify_text::origin(manifest, &regenerated)))
}

/// The manifest of the bundle that a plan generates, or the findings that refuse it.
fn rebuild_manifest(before: &Export, plan_json: &[u8]) -> Result<Result<Manifest, Vec<Finding>>, BoxedError> {
    let stored = StoredPlan::read("plan.json", plan_json)?;
    let choice = stored.record.choice();
    let planned = match plan(before, &stored.request, &choice.notation, &options())? {
        Outcome::Planned(planned) => planned,
        Outcome::Refused(findings) => return Ok(Err(findings)),
    };
    let artifacts = Artifacts::new(before, &stored.request, &choice, &planned).map_err(NoRunbook)?;
    Ok(Ok(artifacts.bundle().map_err(NoRunbook)?.manifest().clone()))
}

fn differences(before: &Export, after: &Export) -> Answer {
    let found = diff::compare(before, after);
    let signature = diff::signature_differs(before, after);
    Answer::new(true, fragment::text(&diff_text::differences(&found, signature, OutputStyle::Plain)))
}

fn explained(id: &str) -> Result<Answer, BoxedError> {
    let rule = rules::find(id.trim()).ok_or_else(|| PageError::NoSuchRule(id.to_owned()))?;
    Ok(Answer::new(true, fragment::text(&rule.document())))
}
