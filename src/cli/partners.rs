//! `poolpair partners`.

use super::args::{DocumentArgs, Format, OutArg};
use super::{CommandPaths, Console, Exit, Failure, input, pool};
use crate::partners::partners;
use crate::report::json;

/// List eligible backup pools, with reasons
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  poolpair partners topology.xml --pool pool01.contoso.com")]
pub(super) struct Args {
    /// The pool that needs a backup pool
    #[arg(long, value_name = "FQDN")]
    pool: String,
    /// How to print it: text or json
    #[arg(long, value_enum, default_value_t = Format::Text, value_name = "FORMAT", hide_possible_values = true)]
    format: Format,
    #[command(flatten)]
    out: OutArg,
    #[command(flatten)]
    document: DocumentArgs,
}

pub(super) fn run(args: &Args, console: &mut Console) -> Result<Exit, Failure> {
    CommandPaths::of_document(&args.document).redirect(&args.out, console)?;
    let (export, notation) = input::document_to_pair(&args.document)?;
    let partners = partners(export, &notation, pool::find(export, &args.pool)?, false);
    match args.format {
        Format::Text => console.print(&partners.text(console.stdout_style().width())),
        Format::Json => console.print_bytes(&json::to_bytes(&partners)),
    }
    Ok(Exit::Done)
}
