//! `poolpair confirm`.

use std::path::{Path, PathBuf};

use clap::ValueHint;

use super::args::ReadingArgs;
use super::{Console, Exit, Failure, input};
use crate::Export;
use crate::confirm::confirm;
use crate::plan::PlanRecord;
use crate::report::confirm_text;

/// Check that a new export shows what was planned, and nothing else
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  poolpair confirm after.xml --plan bundle/plan.json\n\n\
    With the topology of the bundle next to the plan, every other difference is shown in full.")]
pub(super) struct Args {
    /// A new export; `-` reads standard input
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
    let fresh = input::leaked_export(&args.after, &args.reading)?;
    let planned = planned_export(&args.plan, &stored.record, &args.reading)?;
    let confirmation = confirm(&stored.record, planned, fresh, &input::options(&args.reading)?);
    console.print(&confirm_text::write(&confirmation));
    Ok(if confirmation.is_good() { Exit::Done } else { Exit::Broken })
}

/// The topology that the plan wrote, if it is unchanged in the directory of the plan.
fn planned_export(plan: &Path, record: &PlanRecord, reading: &ReadingArgs) -> Result<Option<&'static Export>, Failure> {
    // The name in the plan is not used, since it may be any path.
    let path = plan.with_file_name(record.input.dialect.file_name());
    if !path.is_file() {
        return Ok(None);
    }
    let export = input::leaked_export(&path, reading)?;
    Ok((export.source().sha256() == record.deployment.result_sha256).then_some(export))
}
