//! `poolpair learn`.

use std::path::{Path, PathBuf};

use clap::ValueHint;
use clap::builder::PossibleValuesParser;
use clap::builder::TypedValueParser;

use super::args::ReadingArgs;
use super::write_file::write_file;
use super::{CommandPaths, Console, Exit, Failure, input};
use crate::learn::{Fidelity, Learned, learn};
use crate::notation::{Condition, Evidence, ExampleOrigin, LearnedFrom, Notation, basis};

/// Learn how a pairing is written from two topologies that differ by one pair
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Make the two files in Topology Builder, without any server: save a topology with two pools, set \
                        the\nassociated backup pool of one with automatic failover, and save again under another \
                        name.\n\nExamples:\n  \
                        poolpair learn --before before.tbxml --after after.tbxml --origin topology-builder --out \
                        notation.toml\n  \
                        poolpair plan topology.xml --notation notation.toml --request request.toml"
)]
pub(super) struct Args {
    /// The topology without the pair; `-` reads standard input
    #[arg(long, value_name = "TOPOLOGY", value_hint = ValueHint::FilePath)]
    before: PathBuf,
    /// The same topology with the pair
    #[arg(long, value_name = "TOPOLOGY", value_hint = ValueHint::FilePath)]
    after: PathBuf,
    /// What wrote the two files: topology-builder, or other. This cannot be verified, so the notation and every
    /// artifact repeat it as your statement
    #[arg(long, value_name = "ORIGIN", default_value = "other", value_parser = origin(), hide_possible_values = true)]
    origin: ExampleOrigin,
    /// The notation file to write; `-` prints it
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    out: PathBuf,
    #[command(flatten)]
    reading: ReadingArgs,
}

pub(super) fn run(args: &Args, console: &mut Console) -> Result<Exit, Failure> {
    CommandPaths::default().reads([&args.before, &args.after]).writes([&args.out]).check_path_conflicts()?;
    let before = input::leaked_export(&args.before, &args.reading)?;
    let after = input::leaked_export(&args.after, &args.reading)?;
    let learned = learn(before, after, args.origin, &input::options(&args.reading)?)?;
    let text = learned.notation.to_toml();
    if args.out == Path::new("-") {
        console.print_bytes(text.as_bytes());
    } else {
        write_file(&args.out, text.as_bytes())?;
    }
    console.message(&summary(&learned));
    Ok(Exit::Done)
}

fn origin() -> impl TypedValueParser<Value = ExampleOrigin> {
    PossibleValuesParser::new(ExampleOrigin::NAMES.map(|(name, _)| name)).map(|given| {
        let found = ExampleOrigin::NAMES.into_iter().find(|(name, _)| *name == given);
        found.map_or_else(ExampleOrigin::default, |(_, origin)| origin)
    })
}

fn summary(learned: &Learned) -> String {
    let [first, second] = &learned.pools;
    let Notation { name, evidence, learned_from, backup_registrar, services, .. } = &learned.notation;
    let Notation { automatic_failover, failure_detection, failback, .. } = &learned.notation;
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
        Fidelity::Bytes => "it reproduces the second file when applied to the first, byte for byte".to_owned(),
        Fidelity::Meaning => {
            "it reproduces the second file when applied to the first, in meaning; the layout differs".to_owned()
        }
    });
    let basis = basis(learned_from.as_ref());
    match evidence {
        Evidence::Learned => lines.push(basis),
        Evidence::Unverified => {
            lines.push(format!("unverified: {basis}"));
            lines.extend(learned_from.as_ref().map(how_to_verify));
        }
    }
    lines.join("\n")
}

/// What would verify the notation.
fn how_to_verify(learned_from: &LearnedFrom) -> String {
    match learned_from.may_be_preview {
        true => "note: the second file is what the built-in notation writes into the first, so it may be a preview of \
                 poolpair, whatever its stated origin; to verify it, give two exports by `Get-CsTopology -AsXml`, one \
                 from before and one from after Topology Builder published the pair"
            .to_owned(),
        false => "note: if Topology Builder wrote both files, say so with `--origin topology-builder`".to_owned(),
    }
}
