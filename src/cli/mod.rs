//! The command line: one subcommand per file. Output goes to stdout, messages go to stderr.

use crate::text::{MAX_MESSAGE_BYTES, for_terminal, is_unsafe_for_display, whole_lines};
mod apply;
mod args;
mod audit;
mod check;
mod completions;
mod confirm;
mod console;
mod decode;
mod diff;
mod exit;
mod explain;
mod failover;
mod failure;
mod init;
mod input;
mod inspect;
mod learn;
mod man;
mod output;
mod partners;
mod path_conflicts;
mod plan;
mod pool;
mod runbook;
mod schema;
mod verify;
mod write_file;

use std::ffi::OsString;
use std::io::{self, Write as _};
use std::process::ExitCode;

use clap::{CommandFactory, Parser, Subcommand};

use args::GlobalArgs;
use console::Console;
pub use exit::Exit;
use failure::Failure;
use path_conflicts::CommandPaths;

/// Writes and checks the files for a Front End pool pairing on an exported Skype for Business Server topology; changes
/// no server.
#[derive(Debug, Parser)]
#[command(name = "poolpair", version, long_version = LONG_VERSION, max_term_width = 100)]
#[command(after_help = AFTER_HELP)]
struct Cli {
    #[command(subcommand)]
    command: Command,
    #[command(flatten)]
    global: GlobalArgs,
}

/// The version and, in a release build, the commit. It is only printed: the content of a bundle depends only on the
/// version.
const LONG_VERSION: &str = env!("POOLPAIR_VERSION");

const AFTER_HELP: &str = "\
Start with `poolpair inspect topology.xml`. In the Management Shell, create topology.xml with
`(Get-CsTopology -AsXml) | Out-File topology.xml`. `poolpair COMMAND --help` has examples.

Output goes to stdout, messages go to stderr. Exit codes:
  0   done: nothing to change, or planned, or written
  1   the topology or the request breaks a rule, or a bundle or an export does not match
  2   done, and there are changes; only with --detailed-exitcode
  64  the command line is wrong
  65  the input cannot be read: encoding, XML, an unknown format, a limit, a stale plan
  70  the check of the edited file failed: a bug; nothing was written
  74  reading or writing a file failed";

macro_rules! commands {
    ($($command:ident in $module:ident,)*) => {
        #[derive(Debug, Subcommand)]
        enum Command {
            $($command($module::Args),)*
        }

        impl Command {
            fn run(&self, console: &mut Console) -> Result<Exit, Failure> {
                match self {
                    $(Self::$command(args) => $module::run(args, console),)*
                }
            }
        }
    };
}

// In the order of the help.
commands! {
    Inspect in inspect,
    Partners in partners,
    Audit in audit,
    Init in init,
    Check in check,
    Plan in plan,
    Apply in apply,
    Diff in diff,
    Decode in decode,
    Verify in verify,
    Confirm in confirm,
    Learn in learn,
    Runbook in runbook,
    Failover in failover,
    Explain in explain,
    Schema in schema,
    Completions in completions,
    Man in man,
}

/// Runs a command with these arguments; the first is the name of the program.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let cli = match Cli::try_parse_from(arguments) {
        Ok(cli) => cli,
        Err(error) => return usage(&error).into(),
    };
    let mut console = Console::new(cli.global);
    let outcome = cli.command.run(&mut console).and_then(|exit| console.finish().map(|()| exit));
    let exit = outcome.unwrap_or_else(|failure| {
        console.failure(&failure);
        failure.exit
    });
    exit.into()
}

/// Prints help, the version or a usage error. Clap's exit code 2 has another meaning here.
fn usage(error: &clap::Error) -> Exit {
    let text = error.render().to_string();
    let is_short = text.len() <= MAX_MESSAGE_BYTES;
    if error.use_stderr() && !(is_short && text.chars().all(|one| one == '\n' || !is_unsafe_for_display(one))) {
        // The text repeats the arguments; a write error on stderr cannot be reported.
        let _ = io::stderr().write_all(whole_lines(&for_terminal(&text, false), MAX_MESSAGE_BYTES).as_bytes());
        return Exit::Usage;
    }
    match error.print() {
        // A usage error remains one even if it cannot be printed.
        _ if error.use_stderr() => Exit::Usage,
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Exit::Io,
        _ => Exit::Done,
    }
}

fn command() -> clap::Command {
    Cli::command()
}

#[cfg(test)]
mod tests {
    use std::fs;

    use clap::Parser as _;

    use super::{Cli, Console, Exit, Failure};
    use crate::plan::faults;

    #[test]
    fn the_command_line_is_consistent() {
        super::command().debug_assert();
    }

    fn run(arguments: &[&str]) -> Result<Exit, Failure> {
        let cli = Cli::try_parse_from(["poolpair", "--quiet"].iter().chain(arguments)).unwrap();
        cli.command.run(&mut Console::new(cli.global))
    }

    #[test]
    fn a_failed_proof_is_exit_70_and_nothing_is_written() {
        let root = tempfile::tempdir().unwrap();
        let path = |name: &str| root.path().join(name).to_str().unwrap().to_owned();
        let (topology, bundle, plan) = (path("topology.xml"), path("bundle"), path("plan.json"));
        let layout = topogen::Layout::default();
        fs::write(&topology, topogen::two_standard().published(&layout, &topogen::Notation::default())).unwrap();
        let pair = ["--pool", "pool01.contoso.com", "--backup", "pool02.contoso.com"];
        let apply = [&["apply", &topology, "--out-dir", &bundle], &pair[..]].concat();
        let plan = [&["plan", &topology, "--out", &plan], &pair[..]].concat();
        for arguments in [&apply, &plan] {
            faults::inject(crate::source::Edits::default());
            let failure = run(arguments).unwrap_err();
            assert_eq!((failure.exit, failure.exit as u8), (Exit::Proof, 70));
            let left: Vec<_> = fs::read_dir(root.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
            assert_eq!(left, ["topology.xml"]);
        }
        assert_eq!(run(&apply).unwrap(), Exit::Done);
    }
}
