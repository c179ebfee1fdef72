//! `poolpair diff`.

use std::path::PathBuf;

use clap::{ValueEnum, ValueHint};

use super::args::{OutArg, ReadingArgs};
use super::{CommandPaths, Console, Exit, Failure, input};
use crate::diff;
use crate::report::differences::Differences;
use crate::report::{diff_text, json};

/// Show what is different between two topologies
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  poolpair diff before.xml after.xml\n  \
                        poolpair diff before.xml after.xml --format unified")]
pub(super) struct Args {
    /// The topology before
    #[arg(value_name = "BEFORE", value_hint = ValueHint::FilePath)]
    before: PathBuf,
    /// The topology after; one of the two may be `-`
    #[arg(value_name = "AFTER", value_hint = ValueHint::FilePath)]
    after: PathBuf,
    /// How to print it: text (by pool and service), unified (lines of the decoded text) or json
    #[arg(long, value_enum, default_value_t = Format::Text, value_name = "FORMAT", hide_possible_values = true)]
    format: Format,
    #[command(flatten)]
    out: OutArg,
    /// Exit with 2 instead of 0 if there are differences
    #[arg(long)]
    detailed_exitcode: bool,
    #[command(flatten)]
    reading: ReadingArgs,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A unified diff of the decoded text
    Unified,
    /// By pool and service
    Text,
    /// The same as JSON
    Json,
}

pub(super) fn run(args: &Args, console: &mut Console) -> Result<Exit, Failure> {
    CommandPaths::default().reads([&args.before, &args.after]).redirect(&args.out, console)?;
    let before = input::leaked_export(&args.before, &args.reading)?;
    let after = input::leaked_export(&args.after, &args.reading)?;
    if let Format::Unified = args.format {
        let (before, after) = (before.source(), after.source());
        console.print(&diff::unified(before.name(), before.text(), after.name(), after.text()).to_string());
        return Ok(args.exit(before.bytes() != after.bytes()));
    }
    let (found, signature) = (diff::compare(before, after), diff::signature_differs(before, after));
    match args.format {
        Format::Json => console.print_bytes(&json::to_bytes(&Differences::new(&found, signature))),
        _ => console.print(&diff_text::differences(&found, signature, console.stdout_style())),
    }
    Ok(args.exit(!found.is_empty()))
}

impl Args {
    fn exit(&self, differs: bool) -> Exit {
        if differs && self.detailed_exitcode { Exit::Changes } else { Exit::Done }
    }
}
