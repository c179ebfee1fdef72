//! `poolpair schema`.

use super::console::Console;
use super::exit::Exit;
use super::failure::Failure;
use crate::report::json;
use crate::schema::SchemaKind;

/// Print the JSON Schema of a document
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  poolpair schema request > request.schema.json")]
pub(super) struct Args {
    /// request, plan, report, manifest, notation, inspection, partners or differences
    #[arg(value_enum, value_name = "DOCUMENT", hide_possible_values = true)]
    document: SchemaKind,
}

pub(super) fn run(args: &Args, console: &mut Console) -> Result<Exit, Failure> {
    console.product_bytes(&json::to_bytes(&args.document.schema()));
    Ok(Exit::Done)
}
