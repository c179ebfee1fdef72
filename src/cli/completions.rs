//! `poolpair completions`.

use clap_complete::Shell;

use super::console::Console;
use super::exit::Exit;
use super::failure::Failure;

/// Print the completions for a shell
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
    poolpair completions powershell >> $PROFILE\n  \
    poolpair completions bash > ~/.local/share/bash-completion/completions/poolpair\n  \
    poolpair completions zsh > ~/.zfunc/_poolpair\n  \
    poolpair completions fish > ~/.config/fish/completions/poolpair.fish")]
pub(super) struct Args {
    /// The shell
    #[arg(value_enum)]
    shell: Shell,
}

pub(super) fn run(args: &Args, console: &mut Console) -> Result<Exit, Failure> {
    let mut bytes = Vec::new();
    clap_complete::generate(args.shell, &mut super::command(), "poolpair", &mut bytes);
    console.product_bytes(&bytes);
    Ok(Exit::Done)
}
