//! Arguments that several subcommands share.

use std::path::PathBuf;

use clap::{Args, ColorChoice, ValueEnum, ValueHint};

/// Arguments of every subcommand.
#[derive(Debug, Args)]
pub(super) struct GlobalArgs {
    /// When to colour: auto (on a terminal, unless NO_COLOR is set), always or never
    #[arg(
        long,
        global = true,
        value_enum,
        default_value_t,
        value_name = "WHEN",
        help_heading = "Output",
        hide_possible_values = true
    )]
    pub(super) color: ColorChoice,
    /// Print errors only; JSON and files are still written
    #[arg(short, long, global = true, conflicts_with = "verbose", help_heading = "Output")]
    pub(super) quiet: bool,
    /// Print more details
    #[arg(short, long, global = true, help_heading = "Output")]
    pub(super) verbose: bool,
}

/// A topology with its pairs.
#[derive(Debug, Args)]
pub(super) struct DocumentArgs {
    /// An exported topology; `-` reads standard input
    #[arg(value_name = "TOPOLOGY", value_hint = ValueHint::FilePath)]
    pub(super) topology: PathBuf,
    #[command(flatten)]
    pub(super) notation: NotationArg,
    #[command(flatten)]
    pub(super) reading: ReadingArgs,
}

/// The input of a plan.
#[derive(Debug, Args)]
pub(super) struct PlanningArgs {
    /// An exported topology; `-` reads standard input
    #[arg(value_name = "TOPOLOGY", value_hint = ValueHint::FilePath)]
    pub(super) topology: PathBuf,
    #[command(flatten)]
    pub(super) request: RequestArgs,
    #[command(flatten)]
    pub(super) reports: ReportArgs,
    #[command(flatten)]
    pub(super) findings: FindingArgs,
    #[command(flatten)]
    pub(super) reading: ReadingArgs,
}

/// The destination of the output.
#[derive(Debug, Args)]
pub(super) struct OutArg {
    /// Write it to this file instead of printing it, in UTF-8; `-` prints it
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, help_heading = "Output")]
    pub(super) out: Option<PathBuf>,
}

/// How topologies are read.
#[derive(Debug, Args)]
pub(super) struct ReadingArgs {
    /// Raise a limit on the input, such as depth=512; the message about a limit names it
    #[arg(long, value_name = "NAME=VALUE", help_heading = "Input")]
    pub(super) limit: Vec<String>,
    /// Accept a document whose XML declaration names another encoding than that of the file
    #[arg(long, help_heading = "Input")]
    pub(super) accept_wrong_declaration: bool,
}

/// Which findings cause failure.
#[derive(Debug, Args)]
pub(super) struct FindingArgs {
    /// Also fail on warnings
    #[arg(long, help_heading = "Rules")]
    pub(super) strict: bool,
}

/// The notation to use.
#[derive(Debug, Args)]
pub(super) struct NotationArg {
    /// How a pairing is written, as `poolpair learn` writes it [default: learned from a pair in the topology, otherwise
    /// the built-in one]
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, help_heading = "Request")]
    pub(super) notation: Option<PathBuf>,
}

/// The output format.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum Format {
    /// Tables and sentences, for people
    Text,
    /// JSON for programs
    Json,
}

/// The request: a file, or flags.
#[derive(Debug, Args)]
pub(super) struct RequestArgs {
    /// A request file, TOML or JSON; `-` reads standard input
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, help_heading = "Request",
          conflicts_with_all = ["pool", "backup", "unpair"])]
    pub(super) request: Option<PathBuf>,
    /// Pair this pool
    #[arg(long, value_name = "FQDN", help_heading = "Request", requires = "backup", conflicts_with = "unpair")]
    pub(super) pool: Option<String>,
    /// The other pool of the pair
    #[arg(long, value_name = "FQDN", help_heading = "Request", requires = "pool")]
    pub(super) backup: Option<String>,
    /// Failure detection interval for Voice, in any of these forms: 300, 300s, 5m, PT5M, 00:05:00 [default: 300s]
    #[arg(long, value_name = "INTERVAL", help_heading = "Request", requires = "pool")]
    pub(super) failure_detection: Option<String>,
    /// Failback interval for Voice, in the same forms [default: 600s]
    #[arg(long, value_name = "INTERVAL", help_heading = "Request", requires = "pool")]
    pub(super) failback: Option<String>,
    /// Do not switch on automatic failover and failback for Voice
    #[arg(long, help_heading = "Request", requires = "pool")]
    pub(super) no_automatic_failover: bool,
    /// Remove existing pairings first
    #[arg(long, help_heading = "Request", requires = "pool")]
    pub(super) replace: bool,
    /// The servers of both pools are not set up yet: the runbook deploys them instead of running setup again
    #[arg(long, help_heading = "Request", requires = "pool")]
    pub(super) not_deployed: bool,
    /// Remove this pool's pairing
    #[arg(long, value_name = "FQDN", help_heading = "Request")]
    pub(super) unpair: Option<String>,
    /// Accept the findings of a rule of class support or advice; the reason is included in every report. Repeatable
    #[arg(long, value_name = "RULE=REASON", help_heading = "Request")]
    pub(super) allow: Vec<String>,
    #[command(flatten)]
    pub(super) notation: NotationArg,
}

impl RequestArgs {
    /// Whether there is a request, a declaration or an allowance.
    pub(super) fn is_given(&self) -> bool {
        self.request.is_some() || self.pool.is_some() || self.unpair.is_some() || !self.allow.is_empty()
    }
}

/// Additional reports.
#[derive(Debug, Default, Args)]
pub(super) struct ReportArgs {
    /// Also write the findings to a file, as json or sarif. Repeatable
    #[arg(long, value_name = "FORMAT=PATH", value_parser = report_target, help_heading = "Output")]
    pub(super) report: Vec<(ReportFormat, PathBuf)>,
}

/// The format of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum ReportFormat {
    /// JSON for programs
    Json,
    /// SARIF 2.1.0 for code scanning
    Sarif,
}

fn report_target(text: &str) -> Result<(ReportFormat, PathBuf), String> {
    let (format, path) = text.split_once('=').ok_or("write FORMAT=PATH, such as sarif=findings.sarif")?;
    let format =
        ReportFormat::from_str(format, false).map_err(|_| format!("`{format}` is not a format: use json or sarif"))?;
    if path.is_empty() { Err("the path is missing".to_owned()) } else { Ok((format, PathBuf::from(path))) }
}
