//! `poolpair man`.

use super::args::OutArg;
use super::{CommandPaths, Console, Exit, Failure};

/// Print the manual page
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  poolpair man --out poolpair.1\n  poolpair man apply --out poolpair-apply.1")]
pub(super) struct Args {
    /// The subcommand whose page to print [default: the page of poolpair itself]
    #[arg(value_name = "COMMAND")]
    command: Option<String>,
    #[command(flatten)]
    out: OutArg,
}

pub(super) fn run(args: &Args, console: &mut Console) -> Result<Exit, Failure> {
    CommandPaths::default().redirect(&args.out, console)?;
    let mut root = super::command();
    root.build();
    let page = match &args.command {
        None => root.clone(),
        Some(name) => match root.find_subcommand(name) {
            Some(command) => command.clone().name(format!("poolpair-{name}")),
            None => return Err(Failure::new(Exit::Usage, NoSuchCommand { name: name.clone() })),
        },
    };
    let mut bytes = Vec::new();
    let page = clap_mangen::Man::new(page).source(concat!("poolpair ", env!("CARGO_PKG_VERSION")));
    page.render(&mut bytes).map_err(|error| Failure::new(Exit::Io, NoPage(error)))?;
    console.product_bytes(&bytes);
    Ok(Exit::Done)
}

/// The page cannot be written.
#[derive(Debug, thiserror::Error, miette::Diagnostic)]
#[error("the page cannot be written: {0}")]
#[diagnostic(code("poolpair::cli::man"))]
struct NoPage(std::io::Error);

/// There is no subcommand of this name.
#[derive(Debug, thiserror::Error, miette::Diagnostic)]
#[error("there is no subcommand `{name}`")]
#[diagnostic(code("poolpair::cli::no-such-command"), help("`poolpair help` lists the subcommands"))]
struct NoSuchCommand {
    name: String,
}
