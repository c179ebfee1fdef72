//! `poolpair schema`.

use super::args::OutArg;
use super::{CommandPaths, Console, Exit, Failure};
use crate::report::json;
use crate::schema::SchemaKind;

/// Print the JSON Schema of a document
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  poolpair schema request --out request.schema.json")]
pub(super) struct Args {
    /// request, plan, report, manifest, notation, inspection, partners, differences or failover
    #[arg(value_enum, value_name = "DOCUMENT", hide_possible_values = true)]
    document: SchemaKind,
    #[command(flatten)]
    out: OutArg,
}

pub(super) fn run(args: &Args, console: &mut Console) -> Result<Exit, Failure> {
    CommandPaths::default().redirect(&args.out, console)?;
    console.print_bytes(&json::to_bytes(&args.document.schema()));
    Ok(Exit::Done)
}
