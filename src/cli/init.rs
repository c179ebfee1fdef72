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
    /// The request to write; its schema is written to the same directory
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, default_value = "request.toml")]
    out: PathBuf,
    #[command(flatten)]
    document: DocumentArgs,
}

/// The help text without a terminal.
const NO_TERMINAL: &str = "give `--pool FQDN --backup FQDN` to `poolpair plan`, whose partners \
                           `poolpair partners TOPOLOGY --pool FQDN` lists; or write a request by hand: \
                           `poolpair schema request` prints its schema";

impl From<dialoguer::Error> for Failure {
    fn from(_: dialoguer::Error) -> Self {
        let terminal = Term::stderr();
        let _ = terminal.show_cursor().and_then(|()| terminal.write_line(""));
        let (message, help) = ("the question was not answered", "nothing was written; start again");
        Self::with_help(Exit::Io, "poolpair::cli::unanswered", message, help)
    }
}

pub(super) fn run(args: &Args, console: &mut Console) -> Result<Exit, Failure> {
    let schema = args.out.with_file_name(SchemaKind::Request.file_name());
    CommandPaths::of_document(&args.document).writes([&args.out, &schema]).check_path_conflicts()?;
    if !(io::stdin().is_terminal() && io::stderr().is_terminal()) {
        let message = "`poolpair init` asks questions, but this is not a terminal";
        return Err(Failure::with_help(Exit::Usage, "poolpair::cli::no-terminal", message, NO_TERMINAL));
    }
    if args.out.exists() {
        let message = format!("`{}` already exists", args.out.display());
        let help = "give another file to `--out`, or move this one away";
        return Err(Failure::with_help(Exit::Io, "poolpair::cli::in-the-way", message, help));
    }
    check_writable(&args.out)?;
    let (export, notation) = input::document_to_pair(&args.document)?;
    // With this handler, Ctrl-C ends a question with an error, which shows the hidden cursor again.
    #[cfg(unix)]
    let _ = signal_hook::flag::register(signal_hook::consts::SIGINT, Arc::default());
    let draft = ask(export, &notation, console)?;
    write_file(&schema, &json::to_bytes(&SchemaKind::Request.schema()))?;
    write_file(&args.out, draft.text().as_bytes())?;
    console.message(&next(&args.document.topology, &args.out));
    Ok(Exit::Done)
}

/// The message with the next command; names are quoted for both PowerShell and POSIX shells.
fn next(topology: &Path, out: &Path) -> String {
    let quoted = |path: &Path| match path.to_string_lossy() {
        plain if plain.chars().all(|one| one.is_alphanumeric() || "-_./\\:".contains(one)) => plain.into_owned(),
        other => format!("'{}'", sanitize(&other)),
    };
    let (topology, out) = (quoted(topology), quoted(out));
    format!("wrote {out}\n\nnext:\n  poolpair plan {topology} --request {out}")
}

/// Asks all questions.
fn ask(export: &Export, notation: &Notation, console: &Console) -> Result<Draft, Failure> {
    let topology = &export.topology;
    let pools: Vec<_> = topology.front_end_pools().collect();
    let names: Vec<_> = pools.iter().map(|&pool| topology.pool_name(pool)).collect();
    if names.len() < 2 {
        return Err(no_partner("a pairing needs two Front End pools, and this topology has fewer"));
    }
    let first = choose("Pool to pair", &names.iter().map(|name| sanitize(name.as_str())).collect::<Vec<_>>())?;
    let [current, replacing] = [false, true].map(|replace| partners(export, notation, pools[first], replace));
    console.error(&current.text(console.stderr_style().width()));
    let both = current.partners.iter().zip(&replacing.partners);
    let both = both.filter(|(current, replacing)| current.eligible || replacing.eligible);
    // A partner that is only eligible after removing current pairings replaces them.
    let offers: Vec<_> = both.map(|(current, partner)| (partner, !current.eligible)).collect();
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
    let help = "the reasons for each pool are listed above";
    Failure::with_help(Exit::Broken, "poolpair::cli::no-partner", message, help)
}

/// The label of a partner, with whether current pairings have to be removed for it.
fn label(Partner { fqdn, site, warnings, .. }: &Partner, replaces: bool) -> String {
    let warnings = if warnings.is_empty() { "" } else { ", with warnings" };
    let replaces = if replaces { ", replaces current pairings" } else { "" };
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

/// Asks for facts that no topology contains. An empty answer leaves the question to the runbook.
fn facts(pool: &Fqdn) -> Result<PoolFacts, Failure> {
    let name = sanitize(pool.as_str());
    let deployed =
        Confirm::new().with_prompt(format!("{name}: its servers are already set up")).default(true).interact()?;
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

/// Asks for one line, which may be empty.
fn answer(prompt: &str, check: fn(&str) -> Result<(), &'static str>) -> Result<Option<String>, Failure> {
    let is_valid = |text: &String| match text.trim() {
        "" => Ok(()),
        text if text.chars().any(char::is_control) => Err("one line without control characters"),
        text => check(text),
    };
    let prompt = format!("{prompt} (empty: not known)");
    let text: String = Input::new().with_prompt(prompt).allow_empty(true).validate_with(is_valid).interact_text()?;
    Ok(Some(text.trim().to_owned()).filter(|text| !text.is_empty()))
}

fn choose(prompt: &str, items: &[impl Display]) -> Result<usize, Failure> {
    Ok(Select::new().with_prompt(prompt).items(items).default(0).interact()?)
}
