//! What the script asks for.

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
use crate::fragment::{self, REQUEST};
use crate::trouble::{PageError, Trouble};

/// A task, and what messages call its files.
#[derive(Deserialize)]
struct Order {
    task: Task,
    names: Vec<String>,
}

/// What is to be done with the files that come with it.
#[derive(Deserialize)]
#[serde(tag = "name", rename_all = "kebab-case")]
enum Task {
    /// With a topology: what is in it.
    Inspect,
    /// With a topology: the possible partners of a pool.
    Partners { pool: String },
    /// With a topology, and a notation where one was given: the bundle of a request.
    Plan { request: Value },
    /// With an export, and a plan or a bundle: whether the one shows what the other planned.
    Confirm,
    /// With a bundle, and its topology where it is at hand: whether the bundle is what poolpair makes.
    Verify,
    /// With a topology: what its pairs are worth, and what happens if a pool fails.
    Audit,
    /// With a topology in which the pool is paired: the runbooks of its failover.
    Failover { pool: String },
    /// With two topologies: what differs.
    Diff,
    /// The page of a rule.
    Explain { rule: String },
}

/// Does a task, which is JSON, with its files. The first output is an `Answer` as JSON, the second its archive.
pub fn answer(order: &[u8], files: Vec<Vec<u8>>) -> Vec<Vec<u8>> {
    let answer = read(order, files).and_then(|(task, files)| task.answer(files));
    answer.unwrap_or_else(|trouble| Answer::new(false, fragment::trouble(&*trouble))).into_outputs()
}

fn read(order: &[u8], files: Vec<Vec<u8>>) -> Result<(Task, Files), Trouble> {
    let Order { task, names } = serde_json::from_slice(order).map_err(PageError::Task)?;
    Ok((task, Files(names.into_iter().zip(files).collect::<Vec<_>>().into_iter())))
}

/// The files of a task with their names, in their order.
struct Files(std::vec::IntoIter<(String, Vec<u8>)>);

impl Files {
    fn next(&mut self) -> Result<(String, Vec<u8>), Trouble> {
        Ok(self.0.next().ok_or(PageError::NoFile)?)
    }

    fn export(&mut self) -> Result<Export, Trouble> {
        let (name, bytes) = self.next()?;
        Ok(Export::read(&name, bytes, &Options::default())?)
    }
}

impl Task {
    fn answer(self, mut files: Files) -> Result<Answer, Trouble> {
        match self {
            Self::Inspect => Ok(inspected(&files.export()?)),
            Self::Partners { pool } => possible_partners(&files.export()?, &pool),
            Self::Plan { request } => planned(&files.export()?, &request, files.0.next()),
            Self::Confirm => confirmed(&mut files),
            Self::Verify => verified(&mut files),
            Self::Audit => Ok(deployment::audited(&files.export()?)),
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
    let html = fragment::glance(export.source().name(), &inspection, &Picture::of_topology(topology, &pairing));
    Answer { pools, ..Answer::new(true, html) }
}

fn possible_partners(export: &Export, pool: &str) -> Result<Answer, Trouble> {
    let index = deployment::index(export, pool)?;
    let notation = learn::choose(export, None, Default::default(), &Options::default()).notation;
    let partners = partners(export, &notation, index, false);
    let eligible = partners.partners.iter().filter(|partner| partner.eligible).map(|partner| partner.fqdn.clone());
    Ok(Answer { eligible: eligible.collect(), ..Answer::new(true, fragment::partners(&partners)) })
}

fn planned(export: &Export, request: &Value, notation: Option<(String, Vec<u8>)>) -> Result<Answer, Trouble> {
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

/// As the program plans without any option.
fn options() -> PlanOptions {
    PlanOptions { reading: Options::default(), strict: false }
}

fn refused(findings: &[Finding], export: &Export) -> Answer {
    let count = |severity| findings.iter().filter(|one| one.effective_severity() == severity).count();
    let verdict = Verdict::Refused { errors: count(Severity::Error), warnings: count(Severity::Warning) };
    let html = fragment::findings(verdict, findings, export.source());
    Answer { allowable: allowable(findings), ..Answer::new(false, html) }
}

/// The rules that a written reason would allow to be broken, each once.
fn allowable(findings: &[Finding]) -> Vec<&'static str> {
    let mut rules: Vec<_> =
        findings.iter().filter(|one| one.rule.class.can_be_allowed()).map(|one| one.rule.id).collect();
    rules.sort_unstable();
    rules.dedup();
    rules
}

fn bundled(export: &Export, request: &Request, choice: &Choice, planned: &Planned) -> Result<Answer, Trouble> {
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

fn confirmed(files: &mut Files) -> Result<Answer, Trouble> {
    let fresh = files.export()?;
    let (name, bytes) = files.next()?;
    let bundle = if archive::is_archive(&bytes) { archive::read(&name, &bytes)? } else { Default::default() };
    let plan = if bundle.is_empty() { Some(&bytes) } else { bundle.get("plan.json") };
    let stored = StoredPlan::read(&name, plan.ok_or(PageError::NoPlan { name: name.clone() })?)?;
    let record = &stored.record;
    // The topology that the plan wrote counts where it is unchanged.
    let file = record.input.dialect.file_name();
    let written = bundle.get(file).map(|bytes| Export::read(file, bytes.clone(), &Options::default())).transpose()?;
    let written = written.filter(|written| written.source().sha256() == record.deployment.result_sha256);
    let confirmation = confirm(record, written.as_ref(), &fresh, &Options::default());
    let is_good = confirmation.is_good();
    let verdict = if is_good { "confirmed" } else { "not as planned" };
    Ok(Answer::new(is_good, fragment::lines(is_good, verdict, &confirm_text::write(&confirmation))))
}

fn verified(files: &mut Files) -> Result<Answer, Trouble> {
    let (name, bytes) = files.next()?;
    let bundle = archive::read(&name, &bytes)?;
    let stored = StoredBundle::of_files(&bundle);
    let stored = stored.map_err(|error| PageError::NoBundle { name: name.clone(), reason: error.to_string() })?;
    let deviations = verify_text::deviations(&stored);
    let (is_good, more) = match files.0.len() {
        _ if !stored.is_as_written() => (false, String::new()),
        0 => (
            true,
            format!(
                "{}not checked: give the topology too, to see that it makes these files\n",
                verify_text::HASHES_MATCH
            ),
        ),
        _ => origin(&stored.manifest, &files.export()?, &bundle, name)?,
    };
    let verdict = if is_good { "verified" } else { "not verified" };
    Ok(Answer::new(is_good, fragment::lines(is_good, verdict, &(deviations + &more))))
}

/// Makes the bundle again from its topology, and compares.
fn origin(
    manifest: &Manifest,
    before: &Export,
    bundle: &archive::Files,
    name: String,
) -> Result<(bool, String), Trouble> {
    let (found, expected) = (before.source().sha256(), &manifest.input_sha256);
    if found != *expected {
        return Ok((false, verify_text::other_topology(expected, &found)));
    }
    let record = |file: &str| bundle.get(file).ok_or_else(|| PageError::NoPlan { name: name.clone() });
    let made = match manifest.kind() {
        BundleKind::Runbook => return Err(PageError::RunbookAlone { name }.into()),
        BundleKind::Failover => deployment::failover_again(before, record(FailoverRecord::NAME)?)?.manifest().clone(),
        BundleKind::Pairing => match planned_again(before, record("plan.json")?)? {
            Ok(made) => made,
            Err(findings) => return Ok((false, findings.iter().map(|one| one.sentence() + "\n").collect())),
        },
    };
    Ok((*manifest == made, verify_text::origin(manifest, &made)))
}

/// The manifest of the bundle that a plan makes; what breaks a rule where that is refused.
fn planned_again(before: &Export, plan_json: &[u8]) -> Result<Result<Manifest, Vec<Finding>>, Trouble> {
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

fn explained(id: &str) -> Result<Answer, Trouble> {
    let rule = rules::find(id.trim()).ok_or_else(|| PageError::NoSuchRule(id.to_owned()))?;
    Ok(Answer::new(true, fragment::text(&rule.document())))
}
