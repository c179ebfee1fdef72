//! `poolpair verify`.

use std::path::{Path, PathBuf};

use clap::ValueHint;

use super::args::{FindingArgs, ReadingArgs, ReportArgs};
use super::{Console, Exit, Failure, failover, input, plan};
use crate::Export;
use crate::bundle::{BundleKind, Manifest, NotABundle, StoredBundle, verify_text};

/// Check that a bundle is unchanged, and what poolpair generates from its topology
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  poolpair verify bundle --topology topology.xml\n  poolpair verify bundle\n\n\
    With --topology, the request and the notation are taken from the bundle's plan.json, or the pool and the notation \
    from its failover.json; everything else is generated again and compared. Without it, the files are compared with the hashes in manifest.json.")]
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
    console.print(&verify_text::deviations(&stored));
    if !stored.is_as_written() {
        return Ok(Exit::Broken);
    }
    match &args.topology {
        Some(topology) => check_origin(&stored.manifest, topology, args, console),
        None => {
            console.print(verify_text::HASHES_MATCH);
            console.print(verify_text::NOT_REGENERATED);
            Ok(Exit::Done)
        }
    }
}

/// Generates the bundle again, and compares it.
fn check_origin(manifest: &Manifest, topology: &Path, args: &Args, console: &mut Console) -> Result<Exit, Failure> {
    if manifest.kind() == BundleKind::Runbook {
        let path = args.directory.display();
        let message = format!("`{path}` contains only a runbook, which is generated from a plan, not from a topology");
        let help = "verify it without `--topology`, which checks its hashes";
        return Err(Failure::with_help(Exit::Usage, "poolpair::bundle::no-plan", message, help));
    }
    let export = input::leaked_export(topology, &args.reading)?;
    let (found, expected) = (export.source().sha256(), &manifest.input_sha256);
    if found != *expected {
        console.print(&verify_text::other_topology(expected, &found));
        return Ok(Exit::Broken);
    }
    let regenerated = match manifest.kind() {
        BundleKind::Failover => Some(failover::regenerate(export, &args.directory)?),
        BundleKind::Pairing | BundleKind::Runbook => regenerate(export, args, console)?,
    };
    let Some(regenerated) = regenerated else { return Ok(Exit::Broken) };
    console.print(&verify_text::origin(manifest, &regenerated));
    Ok(if *manifest == regenerated { Exit::Done } else { Exit::Broken })
}

/// Generates the bundle again from its plan, and returns its manifest; `None` if the rules refuse the plan.
fn regenerate(before: &'static Export, args: &Args, console: &mut Console) -> Result<Option<Manifest>, Failure> {
    let stored = input::stored_plan(&args.directory.join("plan.json"))?;
    let choice = stored.record.choice();
    let options = input::plan_options(&args.reading, &args.findings)?;
    let reports = ReportArgs::default();
    let artifacts = plan::make_from(before, &stored.request, &choice, &options, &reports, console)?;
    Ok(artifacts.map(|artifacts| artifacts.bundle()).transpose()?.map(|bundle| bundle.manifest().clone()))
}

fn unusable(path: &Path, reason: NotABundle) -> Failure {
    match reason {
        NotABundle::Io(error) => input::unreadable(path, &error),
        NotABundle::Unreadable { name, error } => input::unreadable(&path.join(name), &error),
        reason => {
            let message = format!("`{}` cannot be verified: {reason}", path.display());
            let help = "give a directory that poolpair wrote with `--out-dir`";
            Failure::with_help(Exit::Input, "poolpair::bundle::no-bundle", message, help)
        }
    }
}
