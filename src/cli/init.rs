//! `poolpair init`.

use std::fmt::Display;
use std::io::{self, IsTerminal as _};
use std::path::{Path, PathBuf};
#[cfg(unix)]
use std::sync::Arc;

use clap::ValueHint;
use dialoguer::console::Term;
use dialoguer::{Confirm, Input, Select};

use super::args::DocumentArgs;
use super::write_file::{check_writable, write_file};
use super::{CommandPaths, Console, Exit, Failure, input};
use crate::Export;
use crate::interval::Interval;
use crate::notation::Notation;
use crate::partners::{Partner, partners};
use crate::report::json;
use crate::request::{DeclaredUpdate, Draft, Hosting, InstalledUpdate, Located, PairRequest, PoolFacts, VoiceRequest};
use crate::schema::SchemaKind;
use crate::text::sanitize;
use crate::topology::Fqdn;

/// Ask for a pairing, and write a commented request
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  poolpair init topology.xml\n  poolpair init topology.xml --out change/request.toml"
)]
pub(super) struct Args {
    /// The request to write; its schema is written beside it
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, default_value = "request.toml")]
    out: PathBuf,
    #[command(flatten)]
    document: DocumentArgs,
}

/// What to do where nobody can be asked.
const NO_TERMINAL: &str = "give `--pool FQDN --backup FQDN` to `poolpair plan`, whose partners \
                           `poolpair partners TOPOLOGY --pool FQDN` lists; or write a request by hand: \
                           `poolpair schema request` prints its schema";

impl From<dialoguer::Error> for Failure {
    fn from(_: dialoguer::Error) -> Self {
        let terminal = Term::stderr();
        let _ = terminal.show_cursor().and_then(|()| terminal.write_line(""));
        let (message, help) = ("the question was not answered", "nothing was written; start again");
        Self::told(Exit::Io, "poolpair::cli::unanswered", message, help)
    }
}

pub(super) fn run(args: &Args, console: &mut Console) -> Result<Exit, Failure> {
    let schema = args.out.with_file_name(SchemaKind::Request.file_name());
    CommandPaths::of_document(&args.document).writes([&args.out, &schema]).check_path_conflicts()?;
    if !(io::stdin().is_terminal() && io::stderr().is_terminal()) {
        let message = "`poolpair init` asks questions, and this is no terminal";
        return Err(Failure::told(Exit::Usage, "poolpair::cli::no-terminal", message, NO_TERMINAL));
    }
    if args.out.exists() {
        let message = format!("`{}` is there already", args.out.display());
        let help = "give another file to `--out`, or move this one away";
        return Err(Failure::told(Exit::Io, "poolpair::cli::in-the-way", message, help));
    }
    check_writable(&args.out)?;
    let (export, notation) = input::document_to_pair(&args.document)?;
    // A question hides the cursor. Ctrl-C is to end it as an error, which shows the cursor again, and not the program.
    #[cfg(unix)]
    let _ = signal_hook::flag::register(signal_hook::consts::SIGINT, Arc::default());
    let draft = ask(export, &notation, console)?;
    write_file(&schema, &json::to_bytes(&SchemaKind::Request.schema()))?;
    write_file(&args.out, draft.text().as_bytes())?;
    console.message(&next(&args.document.topology, &args.out));
    Ok(Exit::Done)
}

/// The command that comes next, with names in quotes that both shells take as they are.
fn next(topology: &Path, out: &Path) -> String {
    let quoted = |path: &Path| match path.to_string_lossy() {
        plain if plain.chars().all(|one| one.is_alphanumeric() || "-_./\\:".contains(one)) => plain.into_owned(),
        other => format!("'{}'", sanitize(&other)),
    };
    let (topology, out) = (quoted(topology), quoted(out));
    format!("wrote {out}\n\nnext:\n  poolpair plan {topology} --request {out}")
}

/// Everything that is asked.
fn ask(export: &Export, notation: &Notation, console: &Console) -> Result<Draft, Failure> {
    let topology = &export.topology;
    let pools: Vec<_> = topology.front_end_pools().collect();
    let names: Vec<_> = pools.iter().map(|&pool| topology.pool_name(pool)).collect();
    if names.len() < 2 {
        return Err(no_partner("a pairing needs two Front End pools, and this topology has fewer"));
    }
    let first = choose("Pool to pair", &names.iter().map(|name| sanitize(name.as_str())).collect::<Vec<_>>())?;
    let [present, replacing] = [false, true].map(|replace| partners(export, notation, pools[first], replace));
    console.error(&present.text(console.message_look().width()));
    let both = present.partners.iter().zip(&replacing.partners);
    let both = both.filter(|(present, replacing)| present.eligible || replacing.eligible);
    // A partner that is not eligible now is, once present pairings are removed.
    let offers: Vec<_> = both.map(|(present, partner)| (partner, !present.eligible)).collect();
    if offers.is_empty() {
        return Err(no_partner(&format!("no pool can be paired with `{}`", names[first])));
    }
    let labels: Vec<_> = offers.iter().map(|&(partner, replaces)| label(partner, replaces)).collect();
    let (partner, replaces) = offers[choose("Its backup pool", &labels)?];
    let pools = [names[first].clone(), partner.fqdn.clone()].map(Located::by_default);
    let voice = voice()?;
    let facts = [facts(&pools[0].value)?, facts(&pools[1].value)?];
    let pair = PairRequest { pools, voice: [voice.clone(), voice], replace: Located::by_default(replaces) };
    Ok(Draft { pair, facts })
}

fn no_partner(message: &str) -> Failure {
    let help = "what keeps each pool from it stands above";
    Failure::told(Exit::Broken, "poolpair::cli::no-partner", message, help)
}

/// A partner that can be chosen, and whether present pairings have to be removed for it.
fn label(Partner { fqdn, site, warnings, .. }: &Partner, replaces: bool) -> String {
    let warnings = if warnings.is_empty() { "" } else { ", with warnings" };
    let replaces = if replaces { ", replaces present pairings" } else { "" };
    sanitize(&format!("{fqdn} ({site}{warnings}{replaces})"))
}

fn voice() -> Result<VoiceRequest, Failure> {
    if !Confirm::new().with_prompt("Automatic failover and failback for Voice").default(true).interact()? {
        let automatic = Located::by_default(false);
        return Ok(VoiceRequest { automatic, failure_detection: None, failback: None });
    }
    Ok(VoiceRequest {
        automatic: Located::by_default(true),
        failure_detection: interval("Failure detection interval", Interval::DEFAULT_FAILURE_DETECTION)?,
        failback: interval("Failback interval", Interval::DEFAULT_FAILBACK)?,
    })
}

fn interval(prompt: &str, default: Interval) -> Result<Option<Located<Interval>>, Failure> {
    let is_interval = |text: &String| text.parse::<Interval>().map(drop);
    let text: String = Input::new()
        .with_prompt(prompt)
        .default(format!("{}s", default.seconds()))
        .validate_with(is_interval)
        .interact_text()?;
    Ok(text.parse().ok().map(Located::by_default))
}

/// What no topology shows of a pool. An empty answer leaves the question to the runbook.
fn facts(pool: &Fqdn) -> Result<PoolFacts, Failure> {
    let name = sanitize(pool.as_str());
    let deployed =
        Confirm::new().with_prompt(format!("{name}: its servers are set up already")).default(true).interact()?;
    let system = answer(&format!("{name}: operating system, such as Windows Server 2019"), |_| Ok(()))?;
    let hosting = match choose(&format!("{name}: its servers are"), &["not known", "virtual", "physical"])? {
        0 => None,
        1 => Some(Hosting::Virtual),
        _ => Some(Hosting::Physical),
    };
    let users = answer(&format!("{name}: number of users"), |text| match text.parse::<u64>() {
        Ok(_) => Ok(()),
        Err(_) => Err("a whole number, or nothing"),
    })?;
    Ok(PoolFacts {
        deployed: Some(Located::by_default(deployed)),
        operating_system: system.map(Located::by_default),
        hosting: hosting.map(Located::by_default),
        users: users.and_then(|users| users.parse().ok()).map(Located::by_default),
        cumulative_update: update(&name)?.map(Located::by_default),
        ..PoolFacts::new(Located::by_default(pool.clone()))
    })
}

fn update(name: &str) -> Result<Option<DeclaredUpdate>, Failure> {
    let installed = ["not known", "none was ever installed", "installed"];
    Ok(match choose(&format!("{name}: its cumulative update"), &installed)? {
        0 => None,
        1 => Some(DeclaredUpdate::None),
        _ => answer(r"Path of its installer, such as \\share\cu\SkypeServerUpdateInstaller.exe", |_| Ok(()))?
            .map(|installer| DeclaredUpdate::Installed(InstalledUpdate { installer, build: None })),
    })
}

/// A line, or nothing.
fn answer(prompt: &str, check: fn(&str) -> Result<(), &'static str>) -> Result<Option<String>, Failure> {
    let is_right = |text: &String| match text.trim() {
        "" => Ok(()),
        text if text.chars().any(char::is_control) => Err("one line without control characters"),
        text => check(text),
    };
    let prompt = format!("{prompt} (empty: not known)");
    let text: String = Input::new().with_prompt(prompt).allow_empty(true).validate_with(is_right).interact_text()?;
    Ok(Some(text.trim().to_owned()).filter(|text| !text.is_empty()))
}

fn choose(prompt: &str, items: &[impl Display]) -> Result<usize, Failure> {
    Ok(Select::new().with_prompt(prompt).items(items).default(0).interact()?)
}
