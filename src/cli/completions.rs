//! `poolpair completions`.

use clap_complete::Shell;

use super::args::OutArg;
use super::{CommandPaths, Console, Exit, Failure};
use crate::rules::RULES;

/// Print the completions for a shell
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
    poolpair completions bash --out ~/.local/share/bash-completion/completions/poolpair\n  \
    poolpair completions zsh --out ~/.zfunc/_poolpair\n  \
    poolpair completions fish --out ~/.config/fish/completions/poolpair.fish\n\n\
    PowerShell: put this line into the file that $PROFILE names\n  \
    poolpair completions powershell | Out-String | Invoke-Expression")]
pub(super) struct Args {
    /// The shell
    #[arg(value_enum)]
    shell: Shell,
    #[command(flatten)]
    out: OutArg,
}

pub(super) fn run(args: &Args, console: &mut Console) -> Result<Exit, Failure> {
    CommandPaths::default().redirect(&args.out, console)?;
    let mut bytes = Vec::new();
    let mut command = super::command().mut_subcommand("explain", with_rules);
    clap_complete::generate(args.shell, &mut command, "poolpair", &mut bytes);
    console.print_bytes(&bytes);
    Ok(Exit::Done)
}

/// Adds the rules as subcommands, which all shells complete; PowerShell does not complete values.
fn with_rules(explain: clap::Command) -> clap::Command {
    let rules = RULES.iter().map(|rule| clap::Command::new(rule.id).about(rule.summary()));
    explain.subcommands(rules).disable_help_subcommand(true)
}
