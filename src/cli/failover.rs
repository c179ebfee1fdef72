//! `poolpair failover`.

use std::path::{Path, PathBuf};

use clap::ValueHint;

use super::apply::written_files;
use super::args::DocumentArgs;
use super::{CommandPaths, Console, Exit, Failure, input, pool};
use crate::Export;
use crate::bundle::{Destination, Manifest, failover_bundle};
use crate::failover::{Failover, FailoverRefusal};
use crate::notation::Notation;
use crate::partners::partners;
use crate::report::failover::FailoverRecord;
use crate::text::sanitize;
use crate::topology::PoolIndex;

/// Write the runbooks for the day a paired pool fails
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
    poolpair failover topology.xml --pool pool01.contoso.com --out-dir failover-pool01")]
pub(super) struct Args {
    /// The pool that fails; its backup pool takes over
    #[arg(long, value_name = "FQDN")]
    pool: String,
    /// The directory to write: all of the bundle, or nothing
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    out_dir: PathBuf,
    /// Replace the failover in the directory
    #[arg(long)]
    force: bool,
    #[command(flatten)]
    document: DocumentArgs,
}

pub(super) fn run(args: &Args, console: &mut Console) -> Result<Exit, Failure> {
    let files = CommandPaths::of_document(&args.document);
    let (export, notation) = input::document_to_pair(&args.document)?;
    let pool = pool::find(export, &args.pool)?;
    let failover =
        Failover::read(export, &notation, pool).map_err(|refusal| refused(&refusal, export, &notation, pool))?;
    let bundle = failover_bundle(&failover)?;
    Destination { directory: &args.out_dir, force: args.force, inputs: files.inputs() }.write(&bundle)?;
    console.detail(&written_files(&bundle));
    console.message(&summary(&failover, args));
    Ok(Exit::Done)
}

/// The message with the written directory and the assumptions.
fn summary(failover: &Failover, args: &Args) -> String {
    let (pool, partner) = (&failover.pool().fqdn, &failover.partner().fqdn);
    let directory = args.out_dir.to_string_lossy();
    let mut lines =
        vec![format!("failover of `{pool}` to `{partner}`: written to `{directory}`; rehearse it with rehearsal.ps1")];
    lines.extend(failover.assumptions().into_iter().map(|assumption| format!("assumed: {assumption}")));
    lines.iter().map(|line| sanitize(line)).collect::<Vec<_>>().join("\n")
}

fn refused(refusal: &FailoverRefusal, export: &Export, notation: &Notation, pool: PoolIndex) -> Failure {
    let help = match refusal {
        FailoverRefusal::NotAFrontEndPool { .. } => {
            "`poolpair inspect` lists the Front End pools and their backup pools".to_owned()
        }
        _ => eligible_partners(export, notation, pool),
    };
    Failure::with_help(Exit::Broken, "poolpair::failover::refused", refusal.to_string(), help)
}

/// The help text with the pools that it could be paired with.
fn eligible_partners(export: &Export, notation: &Notation, pool: PoolIndex) -> String {
    let partners = partners(export, notation, pool, false);
    let eligible = partners.partners.iter().filter(|partner| partner.eligible);
    let names: Vec<_> = eligible.map(|partner| format!("`{}`", partner.fqdn)).collect();
    match names.as_slice() {
        [] => "no pool of this topology can be its partner; `poolpair partners` says why".to_owned(),
        [only] => format!("pair it first, with {only}: `poolpair plan`"),
        several => format!("pair it first, with one of {}: `poolpair plan`", several.join(", ")),
    }
}

/// Generates the bundle again from its record, and returns the manifest.
pub(super) fn regenerate(export: &Export, directory: &Path) -> Result<Manifest, Failure> {
    let path = directory.join(FailoverRecord::NAME);
    let malformed = |reason: String| {
        let message = format!("`{}` is not a record of a failover: {reason}", path.display());
        let help = "generate the bundle again with `poolpair failover`";
        Failure::with_help(Exit::Input, "poolpair::failover::malformed", message, help)
    };
    let record: FailoverRecord =
        serde_json::from_slice(&input::file(&path)?).map_err(|error| malformed(error.to_string()))?;
    let notation = &record.failover.notation;
    if let Some(problem) = notation.problems().first() {
        return Err(malformed(format!("`notation.{}`: {}", problem.path, problem.fault)));
    }
    let pool = pool::find(export, record.pool.as_str())?;
    let failover =
        Failover::read(export, notation, pool).map_err(|refusal| refused(&refusal, export, notation, pool))?;
    Ok(failover_bundle(&failover)?.manifest().clone())
}
