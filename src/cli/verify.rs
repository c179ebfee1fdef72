//! `poolpair verify`.

use std::fs;
use std::path::{Path, PathBuf};

use clap::ValueHint;

use super::args::{FindingArgs, ReadingArgs, ReportArgs};
use super::console::Console;
use super::exit::Exit;
use super::failure::Failure;
use super::stored_plan::StoredPlan;
use super::{input, plan};
use crate::bundle::{Artifacts, Bundle};
use crate::report::text::sanitize;

/// Check that a bundle is exactly what poolpair makes from this topology
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  poolpair verify bundle --topology topology.xml\n\n\
    The request and the notation are taken from the bundle's plan.json; everything else is made again and compared \
    byte for byte.")]
pub(super) struct Args {
    /// The bundle
    #[arg(value_name = "DIR", value_hint = ValueHint::DirPath)]
    directory: PathBuf,
    /// The topology that the bundle was made from
    #[arg(long, value_name = "TOPOLOGY", value_hint = ValueHint::FilePath)]
    topology: PathBuf,
    #[command(flatten)]
    findings: FindingArgs,
    #[command(flatten)]
    reading: ReadingArgs,
}

pub(super) fn run(args: &Args, console: &mut Console) -> Result<Exit, Failure> {
    let before = input::kept_export(&args.topology, &args.reading)?;
    let stored = StoredPlan::read_any(&args.directory.join("plan.json"))?;
    let (found, planned) = (before.source().sha256(), &stored.record.input.sha256);
    if found != *planned {
        console.product(&format!("the bundle was made from another topology: SHA-256 {planned}, not {found}\n"));
        return Ok(Exit::Broken);
    }
    let choice = stored.record.choice();
    let options = input::plan_options(&args.reading, &args.findings)?;
    let reports = ReportArgs::default();
    let planned = plan::make(before, &stored.request, &choice.notation, &options, &reports, console)?;
    let Some(planned) = planned else { return Ok(Exit::Broken) };
    let bundle = Artifacts::new(before, &stored.request, &choice, planned)?.bundle()?;
    let deviations = deviations(&bundle, &args.directory)?;
    for line in &deviations {
        console.product(&format!("{}\n", sanitize(line)));
    }
    if deviations.is_empty() {
        console.product("every file of the bundle is what poolpair makes from this topology and request\n");
        return Ok(Exit::Done);
    }
    Ok(Exit::Broken)
}

/// Everything about a directory that is not as in a bundle, in words.
fn deviations(bundle: &Bundle<'_>, directory: &Path) -> Result<Vec<String>, Failure> {
    let mut deviations = Vec::new();
    let mut expected: Vec<String> = Vec::new();
    for (name, bytes) in bundle.files() {
        let path = directory.join(name);
        if !path.is_file() {
            deviations.push(format!("`{name}` is missing"));
        } else if input::file(&path)? != *bytes {
            deviations.push(format!("`{name}` is not what poolpair makes"));
        }
        expected.push(name.to_owned());
    }
    let entries = fs::read_dir(directory).map_err(|error| input::unreadable(directory, error))?;
    let mut foreign: Vec<String> = entries
        .filter_map(|entry| entry.ok().map(|entry| entry.file_name().to_string_lossy().into_owned()))
        .filter(|name| !expected.contains(name))
        .collect();
    foreign.sort();
    deviations.extend(foreign.iter().map(|name| format!("`{name}` is no part of the bundle")));
    Ok(deviations)
}
