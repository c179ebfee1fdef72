//! `poolpair partners`.

use miette::Diagnostic;

use super::args::{Format, NotationArg, OutArg, ReadingArgs, TopologyArg};
use super::console::Console;
use super::exit::Exit;
use super::failure::Failure;
use super::input;
use super::path_conflicts::CommandPaths;
use crate::Export;
use crate::notation::ExampleOrigin;
use crate::partners::partners;
use crate::report::json;
use crate::text::{did_you_mean, nearest_few};
use crate::topology::{Fqdn, PoolIndex};

/// List eligible backup pools, with reasons
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  poolpair partners topology.xml --pool pool01.contoso.com")]
pub(super) struct Args {
    #[command(flatten)]
    topology: TopologyArg,
    /// The pool that needs a backup pool
    #[arg(long, value_name = "FQDN")]
    pool: String,
    /// How to print it: text or json
    #[arg(long, value_enum, default_value_t = Format::Text, value_name = "FORMAT", hide_possible_values = true)]
    format: Format,
    #[command(flatten)]
    out: OutArg,
    #[command(flatten)]
    notation: NotationArg,
    #[command(flatten)]
    reading: ReadingArgs,
}

/// There is no pool of this name.
#[derive(Debug, thiserror::Error, Diagnostic)]
#[error("there is no pool `{name}` in this topology")]
#[diagnostic(code("poolpair::cli::no-such-pool"), help("{help}"))]
struct NoSuchPool {
    name: Fqdn,
    help: String,
}

pub(super) fn run(args: &Args, console: &mut Console) -> Result<Exit, Failure> {
    CommandPaths::default()
        .reads([&args.topology.topology])
        .reads(&args.notation.notation)
        .redirect(&args.out, console)?;
    let export = input::kept_export(&args.topology.topology, &args.reading)?;
    let notation = input::notation(&args.notation, export, ExampleOrigin::Other, &args.reading)?.notation;
    let partners = partners(export, &notation, find(export, &args.pool)?);
    match args.format {
        Format::Text => console.product(&partners.text(console.product_look().width())),
        Format::Json => console.product_bytes(&json::to_bytes(&partners)),
    }
    Ok(Exit::Done)
}

fn find(export: &Export, name: &str) -> Result<PoolIndex, Failure> {
    let topology = &export.topology;
    let name = Fqdn::new(name);
    topology.pool_named(&name).ok_or_else(|| {
        let known = topology.front_end_pools().map(|pool| topology.pool_name(pool).as_str());
        let help = did_you_mean(&nearest_few(name.as_str(), known, 3))
            .unwrap_or_else(|| "`poolpair inspect` lists the pools of a topology".to_owned());
        Failure::new(Exit::Broken, NoSuchPool { name, help })
    })
}
