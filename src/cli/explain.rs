//! `poolpair explain`.

use miette::Diagnostic;

use super::console::Console;
use super::exit::Exit;
use super::failure::Failure;
use crate::report::text::Table;
use crate::rules::{self, RULES};
use crate::suggest::{did_you_mean, nearest_few};

/// List the rules, or print the page of one
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  poolpair explain\n  poolpair explain edition-mismatch")]
pub(super) struct Args {
    /// The rule
    #[arg(value_name = "RULE")]
    rule: Option<String>,
}

/// There is no rule of this id.
#[derive(Debug, thiserror::Error, Diagnostic)]
#[error("there is no rule `{id}`")]
#[diagnostic(code("poolpair::cli::no-such-rule"), help("{help}"))]
struct NoSuchRule {
    id: String,
    help: String,
}

pub(super) fn run(args: &Args, console: &mut Console) -> Result<Exit, Failure> {
    match &args.rule {
        None => console.product(&list()),
        Some(id) => console.product(&page(id)?),
    }
    Ok(Exit::Done)
}

fn list() -> String {
    let mut table = Table::new(["RULE", "CLASS", "WHAT IT CHECKS"]);
    for rule in RULES {
        table.row([rule.id.to_owned(), rule.class.name().to_owned(), rule.summary()]);
    }
    table.to_string()
}

fn page(id: &str) -> Result<String, Failure> {
    let Some(rule) = rules::find(id) else {
        let near = did_you_mean(&nearest_few(id, RULES.iter().map(|rule| rule.id), 3));
        let help = near.unwrap_or_else(|| "`poolpair explain` lists the rules".to_owned());
        return Err(Failure::new(Exit::Usage, NoSuchRule { id: id.to_owned(), help }));
    };
    Ok(rule.document())
}
