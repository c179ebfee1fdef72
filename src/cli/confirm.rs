//! `poolpair confirm`.

use std::path::{Path, PathBuf};

use clap::ValueHint;

use super::args::ReadingArgs;
use super::console::Console;
use super::exit::Exit;
use super::failure::Failure;
use super::input;
use crate::Export;
use crate::confirm::{Confirmation, Unexpected, confirm};
use crate::diff::Aspect;
use crate::plan::PlanRecord;
use crate::report::diff_text::SIGNATURE_NOTE;
use crate::text::sanitize;

/// Check that a fresh export shows what was planned, and nothing else
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  poolpair confirm after.xml --plan bundle/plan.json\n\n\
    With the topology of the bundle beside the plan, every other difference is shown in full.")]
pub(super) struct Args {
    /// A fresh export; `-` reads standard input
    #[arg(value_name = "AFTER", value_hint = ValueHint::FilePath)]
    after: PathBuf,
    /// The plan that was carried out
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    plan: PathBuf,
    #[command(flatten)]
    reading: ReadingArgs,
}

pub(super) fn run(args: &Args, console: &mut Console) -> Result<Exit, Failure> {
    let stored = input::stored_plan(&args.plan)?;
    let fresh = input::kept_export(&args.after, &args.reading)?;
    let planned = beside(&args.plan, &stored.record, &args.reading)?;
    let confirmation = confirm(&stored.record, planned, fresh, &input::options(&args.reading)?);
    console.product(&text(&confirmation));
    Ok(if confirmation.is_good() { Exit::Done } else { Exit::Broken })
}

/// The topology that the plan wrote, where it stands unchanged beside the plan.
fn beside(plan: &Path, record: &PlanRecord, reading: &ReadingArgs) -> Result<Option<&'static Export>, Failure> {
    // Not the name that the plan gives, which may be any path.
    let path = plan.with_file_name(record.input.dialect.file_name());
    if !path.is_file() {
        return Ok(None);
    }
    let export = input::kept_export(&path, reading)?;
    Ok((export.source().sha256() == record.deployment.result_sha256).then_some(export))
}

fn text(confirmation: &Confirmation) -> String {
    let Confirmation { confirmed, missing, notation_differs, unexpected, signature_differs } = confirmation;
    let mut lines: Vec<String> = Vec::new();
    lines.extend(confirmed.iter().map(|fact| format!("as planned: {fact}")));
    lines.extend(missing.iter().map(|fact| format!("not as planned: {fact}")));
    lines.extend(notation_differs.iter().map(|one| format!("written in another way than the preview: {one}")));
    lines.extend(unexpected.iter().map(|one| format!("not planned: {one}")));
    lines.extend(signature_differs.then(|| SIGNATURE_NOTE.to_owned()));
    lines.push(match (missing.len(), unexpected.len()) {
        (0, 0) => "the export shows what was planned, and nothing else".to_owned(),
        (missing, unexpected) => format!("{missing} not as planned, {unexpected} not planned"),
    });
    lines.extend(help(confirmation).into_iter().map(|help| format!("help: {help}")));
    lines.iter().map(|line| format!("{}\n", sanitize(line))).collect()
}

/// What to do about it.
fn help(confirmation: &Confirmation) -> Vec<&'static str> {
    let is_dialect =
        |one: &Unexpected| matches!(one, Unexpected::Difference(difference) if difference.aspect == Aspect::Dialect);
    if confirmation.unexpected.iter().any(is_dialect) {
        return vec!["export the topology in the same way as the one that was planned on"];
    }
    let all = [
        (!confirmation.missing.is_empty(), "carry out what is left of `runbook.md`, then export again"),
        (
            !confirmation.notation_differs.is_empty(),
            "a pairing that is written in another way is as good; `poolpair learn` can learn this notation",
        ),
        (
            !confirmation.unexpected.is_empty(),
            "find out who made the changes that were not planned, and whether to keep them",
        ),
    ];
    all.into_iter().filter(|(applies, _)| *applies).map(|(_, help)| help).collect()
}
