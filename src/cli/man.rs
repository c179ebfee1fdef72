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
            None => {
                let message = format!("there is no subcommand `{name}`");
                let help = "`poolpair help` lists the subcommands";
                return Err(Failure::with_help(Exit::Usage, "poolpair::cli::no-such-command", message, help));
            }
        },
    };
    let mut bytes = Vec::new();
    let page = clap_mangen::Man::new(page).source(concat!("poolpair ", env!("CARGO_PKG_VERSION")));
    // Writing to memory cannot fail.
    let _ = page.render(&mut bytes);
    console.print_bytes(&bytes);
    Ok(Exit::Done)
}
