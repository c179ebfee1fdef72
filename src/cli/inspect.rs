//! `poolpair inspect`.

use clap::ValueEnum;

use super::args::{DocumentArgs, OutArg};
use super::{CommandPaths, Console, Exit, Failure, input};
use crate::pairing::Pairing;
use crate::report::inspect::Inspection;
use crate::report::json;
use crate::report::picture::{ChangeState, Picture, mermaid, svg};

/// Show the sites, pools and pairs of a topology
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  poolpair inspect topology.xml\n  poolpair inspect topology.xml --format json")]
pub(super) struct Args {
    /// How to print it: text, json, mermaid or svg
    #[arg(long, value_enum, default_value_t = Format::Text, value_name = "FORMAT", hide_possible_values = true)]
    format: Format,
    #[command(flatten)]
    out: OutArg,
    #[command(flatten)]
    document: DocumentArgs,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    /// A table for people
    Text,
    /// JSON for programs
    Json,
    /// A Mermaid flowchart, for Markdown
    Mermaid,
    /// A picture
    Svg,
}

pub(super) fn run(args: &Args, console: &mut Console) -> Result<Exit, Failure> {
    CommandPaths::of_document(&args.document).redirect(&args.out, console)?;
    let (export, notation) = input::document(&args.document)?;
    let pairing = Pairing::read(&export.document, &export.topology, &notation);
    let inspection = || Inspection::of(export, &pairing, &notation);
    let picture = || Picture::of_topology(&export.topology, &pairing);
    match args.format {
        Format::Text => console.print(&inspection().text(console.stdout_style().width())),
        Format::Json => console.print_bytes(&json::to_bytes(&inspection())),
        Format::Mermaid => console.print(&mermaid::write(&picture())),
        Format::Svg => console.print(&svg::document(&picture(), ChangeState::After)),
    }
    Ok(Exit::Done)
}
