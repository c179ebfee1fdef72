//! `poolpair verify`.

use std::path::{Path, PathBuf};

use clap::ValueHint;
use miette::Diagnostic;

use super::args::{FindingArgs, ReadingArgs, ReportArgs};
use super::console::Console;
use super::exit::Exit;
use super::failure::Failure;
use super::{failover, input, plan};
use crate::Export;
use crate::bundle::{Artifacts, DeviationKind, Kind, Manifest, ManifestFile, NoBundle, StoredBundle};
use crate::text::sanitize;

/// Check that a bundle is as it was written, and what poolpair makes from this topology
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  poolpair verify bundle --topology topology.xml\n  poolpair verify bundle\n\n\
    With --topology, the request and the notation are taken from the bundle's plan.json, or the pool and the notation \
    from its failover.json; everything else is made again and compared. Without it, the files are compared with the hashes in manifest.json.")]
pub(super) struct Args {
    /// The bundle
    #[arg(value_name = "DIR", value_hint = ValueHint::DirPath)]
    directory: PathBuf,
    /// The topology that the bundle was made from [default: check the hashes only]
    #[arg(long, value_name = "TOPOLOGY", value_hint = ValueHint::FilePath)]
    topology: Option<PathBuf>,
    #[command(flatten)]
    findings: FindingArgs,
    #[command(flatten)]
    reading: ReadingArgs,
}

pub(super) fn run(args: &Args, console: &mut Console) -> Result<Exit, Failure> {
    let stored = StoredBundle::read(&args.directory).map_err(|reason| unusable(&args.directory, reason))?;
    for deviation in &stored.deviations {
        console.product(&format!("{}\n", sanitize(&deviation.to_string())));
    }
    let has = |kind: DeviationKind| stored.deviations.iter().any(|deviation| deviation.kind == kind);
    if has(DeviationKind::LineEnds) {
        console.product(LINE_ENDS);
    }
    if has(DeviationKind::Signed) {
        console.product(SIGNED);
    }
    if stored.deviations.iter().any(|deviation| deviation.kind != DeviationKind::Signed) {
        return Ok(Exit::Broken);
    }
    match &args.topology {
        Some(topology) => check_origin(&stored.manifest, topology, args, console),
        None => {
            console.product(HASHES_ONLY);
            Ok(Exit::Done)
        }
    }
}

const LINE_ENDS: &str = "help: a checkout or an editor changed line ends; keep the `.gitattributes` of the bundle \
    (`* -text`) in its directory, and check it out again\n";
const SIGNED: &str = "not checked: signatures, which `Get-AuthenticodeSignature` checks\n";
const HASHES_ONLY: &str = "every file has the hash that manifest.json gives\n\
    not checked: whether poolpair makes these files from the topology and the request; give `--topology` for that\n";

/// Makes the bundle again, and compares.
fn check_origin(manifest: &Manifest, topology: &Path, args: &Args, console: &mut Console) -> Result<Exit, Failure> {
    if manifest.kind() == Kind::Runbook {
        return Err(Failure::new(Exit::Usage, NoPlan { path: args.directory.clone() }));
    }
    let export = input::kept_export(topology, &args.reading)?;
    let (found, expected) = (export.source().sha256(), &manifest.input_sha256);
    if found != *expected {
        console.product(&format!("the bundle was made from another topology: SHA-256 {expected}, not {found}\n"));
        return Ok(Exit::Broken);
    }
    let made = match manifest.kind() {
        Kind::Failover => failover::make_again(export, &args.directory)?,
        Kind::Pairing | Kind::Runbook => make_again(export, args, console)?,
    };
    let Some(made) = made else { return Ok(Exit::Broken) };
    let source = if manifest.kind() == Kind::Failover { "this topology" } else { "this topology and request" };
    if *manifest == made {
        console.product(&format!("every file of the bundle is what poolpair makes from {source}\n"));
        return Ok(Exit::Done);
    }
    for line in differences(manifest, &made, source) {
        console.product(&format!("{}\n", sanitize(&line)));
    }
    Ok(Exit::Broken)
}

/// The manifest of the bundle that is made again from its plan; nothing where the rules refuse that.
fn make_again(before: &'static Export, args: &Args, console: &mut Console) -> Result<Option<Manifest>, Failure> {
    let stored = input::stored_plan(&args.directory.join("plan.json"))?;
    let choice = stored.record.choice();
    let options = input::plan_options(&args.reading, &args.findings)?;
    let reports = ReportArgs::default();
    let planned = plan::make(before, &stored.request, &choice.notation, &options, &reports, console)?;
    let Some(planned) = planned else { return Ok(None) };
    let artifacts = Artifacts::new(before, &stored.request, &choice, planned)?;
    Ok(Some(artifacts.bundle()?.manifest().clone()))
}

/// How the manifest of a bundle is not the one that is made again, in words.
fn differences(stored: &Manifest, made: &Manifest, source: &str) -> Vec<String> {
    let is_in = |file: &ManifestFile, manifest: &Manifest| manifest.files.iter().any(|other| other.name == file.name);
    let missing =
        made.files.iter().filter(|file| !is_in(file, stored)).map(|file| format!("`{}` is missing", file.name));
    let stored_files =
        stored.files.iter().filter(|file| !made.files.contains(file)).map(|file| match is_in(file, made) {
            true => format!("`{}` is not what poolpair makes from {source}", file.name),
            false => format!("`{}` is no part of the bundle", file.name),
        });
    let mut lines: Vec<_> = missing.chain(stored_files).collect();
    lines.sort();
    if stored.tool_version != made.tool_version {
        lines.push(format!("it was made by poolpair {}, and this is {}", stored.tool_version, made.tool_version));
    }
    if lines.is_empty() {
        lines.push(format!("`{}` is not what poolpair makes from {source}", Manifest::NAME));
    }
    lines
}

/// Why a directory cannot be verified.
#[derive(Debug, thiserror::Error, Diagnostic)]
#[error("`{}` cannot be verified: {reason}", path.display())]
#[diagnostic(code("poolpair::bundle::no-bundle"), help("give a directory that poolpair wrote with `--out-dir`"))]
struct NotVerified {
    path: PathBuf,
    reason: NoBundle,
}

fn unusable(path: &Path, reason: NoBundle) -> Failure {
    match reason {
        NoBundle::Io(error) => input::unreadable(path, error),
        reason => Failure::new(Exit::Input, NotVerified { path: path.to_owned(), reason }),
    }
}

/// A bundle that was not made from a topology.
#[derive(Debug, thiserror::Error, Diagnostic)]
#[error("`{}` holds a runbook alone, which is made from a plan and not from a topology", path.display())]
#[diagnostic(code("poolpair::bundle::no-plan"), help("verify it without `--topology`, which checks its hashes"))]
struct NoPlan {
    path: PathBuf,
}
