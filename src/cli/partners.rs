//! `poolpair partners`.

use super::args::{Format, NotationArg, OutArg, ReadingArgs, TopologyArg};
use super::{CommandPaths, Console, Exit, Failure, input, pool};
use crate::notation::ExampleOrigin;
use crate::partners::partners;
use crate::report::json;

/// List eligible backup pools, with reasons
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  poolpair partners topology.xml --pool pool01.contoso.com")]
pub(super) struct Args {
    #[command(flatten)]
    topology: TopologyArg,
    /// The pool that needs a backup pool
    #[arg(long, value_name = "FQDN")]
    pool: String,
    /// How to print it: text or json
    #[arg(long, value_enum, default_value_t = Format::Text, value_name = "FORMAT", hide_possible_values = true)]
    format: Format,
    #[command(flatten)]
    out: OutArg,
    #[command(flatten)]
    notation: NotationArg,
    #[command(flatten)]
    reading: ReadingArgs,
}

pub(super) fn run(args: &Args, console: &mut Console) -> Result<Exit, Failure> {
    CommandPaths::default()
        .reads([&args.topology.topology])
        .reads(&args.notation.notation)
        .redirect(&args.out, console)?;
    let export = input::kept_export(&args.topology.topology, &args.reading)?;
    let notation = input::notation(&args.notation, export, ExampleOrigin::Other, &args.reading)?.notation;
    let partners = partners(export, &notation, pool::find(export, &args.pool)?, false);
    match args.format {
        Format::Text => console.product(&partners.text(console.product_look().width())),
        Format::Json => console.product_bytes(&json::to_bytes(&partners)),
    }
    Ok(Exit::Done)
}
