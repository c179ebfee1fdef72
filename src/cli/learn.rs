//! `poolpair learn`.

use std::path::{Path, PathBuf};

use clap::ValueHint;

use super::args::ReadingArgs;
use super::console::Console;
use super::exit::Exit;
use super::failure::Failure;
use super::path_conflicts::CommandPaths;
use super::{input, output};
use crate::learn::{Fidelity, Learned, learn};
use crate::notation::{Condition, Notation};

/// Learn how a pairing is written from two topologies that differ by one
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Make the two files in Topology Builder, without any server: save a topology with two pools, set \
                        the\nassociated backup pool of one with automatic failover, and save again under another \
                        name.\n\nExamples:\n  \
                        poolpair learn --before before.tbxml --after after.tbxml --out notation.toml\n  \
                        poolpair plan topology.xml --notation notation.toml --request request.toml"
)]
pub(super) struct Args {
    /// The topology without the pair; `-` reads standard input
    #[arg(long, value_name = "TOPOLOGY", value_hint = ValueHint::FilePath)]
    before: PathBuf,
    /// The same topology with the pair
    #[arg(long, value_name = "TOPOLOGY", value_hint = ValueHint::FilePath)]
    after: PathBuf,
    /// The notation file to write; `-` prints it
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    out: PathBuf,
    #[command(flatten)]
    reading: ReadingArgs,
}

pub(super) fn run(args: &Args, console: &mut Console) -> Result<Exit, Failure> {
    CommandPaths::default().reads([&args.before, &args.after]).writes([&args.out]).check_path_conflicts()?;
    let before = input::kept_export(&args.before, &args.reading)?;
    let after = input::kept_export(&args.after, &args.reading)?;
    let learned = learn(before, after, &input::options(&args.reading)?)?;
    let text = learned.notation.to_toml();
    if args.out == Path::new("-") {
        console.product(&text);
    } else {
        output::file(&args.out, text.as_bytes())?;
    }
    console.message(&summary(&learned));
    Ok(Exit::Done)
}

fn summary(learned: &Learned) -> String {
    let [first, second] = &learned.pools;
    let Notation { name, backup_registrar, automatic_failover, failure_detection, failback, services, .. } =
        &learned.notation;
    let mut lines = vec![format!("learned `{name}` from the pair of `{first}` and `{second}`")];
    lines.push(format!("each Registrar gains a dependency `{}` on the other", backup_registrar.usage));
    let settings = [&automatic_failover.attribute, &failure_detection.attribute, &failback.attribute];
    lines.push(format!("settings: `{}`, `{}` and `{}`", settings[0], settings[1], settings[2]));
    for service in services {
        lines.push(match service.condition {
            Condition::Always => format!("both pools gain `{}`", service.role),
            Condition::BesideActiveCentralManagement => {
                format!("the partner of the pool with the active Central Management store gains `{}`", service.role)
            }
        });
    }
    lines.extend(learned.remarks.iter().map(|remark| format!("note: {remark}")));
    lines.push(match learned.fidelity {
        Fidelity::Bytes => "applied to the first file it gives the second, byte for byte".to_owned(),
        Fidelity::Meaning => {
            "applied to the first file it gives the second in meaning; the layout of the two differs".to_owned()
        }
    });
    lines.join("\n")
}
