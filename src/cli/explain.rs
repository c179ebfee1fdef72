//! `poolpair explain`.

use super::args::OutArg;
use super::{CommandPaths, Console, Exit, Failure};
use crate::report::table::{Table, wrapped};
use crate::rules::{self, RULES};
use crate::text::{did_you_mean, nearest_few};

/// List the rules, or print the page of one
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  poolpair explain\n  poolpair explain edition-mismatch")]
pub(super) struct Args {
    /// The rule
    #[arg(value_name = "RULE")]
    rule: Option<String>,
    #[command(flatten)]
    out: OutArg,
}

pub(super) fn run(args: &Args, console: &mut Console) -> Result<Exit, Failure> {
    CommandPaths::default().redirect(&args.out, console)?;
    match &args.rule {
        None => console.print(&list(console.stdout_style().width())),
        Some(id) => console.print(&page(id)?),
    }
    Ok(Exit::Done)
}

/// A table; the last column is wrapped to `width`.
fn list(width: Option<usize>) -> String {
    let longest = RULES.iter().map(|rule| rule.id.len()).max().unwrap_or_default();
    let last_width = width.map(|width| width.saturating_sub(longest + CLASS_COLUMNS).max(MIN_WIDTH));
    let mut table = Table::new(["RULE", "CLASS", "WHAT IT CHECKS"]);
    for rule in RULES {
        let mut first = (rule.id, rule.class.name());
        for line in wrapped(&rule.summary(), last_width) {
            table.row([first.0.to_owned(), first.1.to_owned(), line]);
            first = ("", "");
        }
    }
    table.to_string()
}

/// The length of the longest class name with the surrounding spaces.
const CLASS_COLUMNS: usize = "  integrity  ".len();

/// The minimum width: in a narrower terminal, wrapping would leave single words on a line.
const MIN_WIDTH: usize = 30;

fn page(id: &str) -> Result<String, Failure> {
    let Some(rule) = rules::find(id) else {
        let suggestion = did_you_mean(&nearest_few(id, RULES.iter().map(|rule| rule.id), 3));
        let help = suggestion.unwrap_or_else(|| "`poolpair explain` lists the rules".to_owned());
        let message = format!("there is no rule `{id}`");
        return Err(Failure::with_help(Exit::Usage, "poolpair::cli::no-such-rule", message, help));
    };
    Ok(rule.document())
}
