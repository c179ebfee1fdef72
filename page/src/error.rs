//! Why a task failed.

use miette::Diagnostic;
use poolpair::failover::FailoverRefusal;
use thiserror::Error;

/// Any error of the library.
pub(crate) type BoxedError = Box<dyn Diagnostic + Send + Sync>;

/// Errors that only the page can cause.
#[derive(Debug, Error, Diagnostic)]
pub(crate) enum PageError {
    #[error("there is no pool `{0}` in this topology")]
    #[diagnostic(code("poolpair::page::no-such-pool"), help("choose a pool of the topology that is open"))]
    NoSuchPool(String),
    #[error("there is no rule `{0}`")]
    #[diagnostic(code("poolpair::page::no-such-rule"), help("findings name their rules, such as `edition-mismatch`"))]
    NoSuchRule(String),
    #[error("{0}")]
    #[diagnostic(
        code("poolpair::failover::refused"),
        help("choose a pool of a pair, or pair it first, and publish that")
    )]
    NoFailover(FailoverRefusal),
    #[error("`failover.json` is not a record of a failover: {0}")]
    #[diagnostic(code("poolpair::failover::malformed"), help("generate the bundle again from its topology"))]
    Record(serde_json::Error),
    #[error("a file is missing")]
    #[diagnostic(code("poolpair::page::no-file"), help("choose the files, and try again"))]
    NoFile,
    #[error("the page sent an unknown task: {0}")]
    #[diagnostic(code("poolpair::page::task"), help("this is a bug in poolpair: report it with this message"))]
    Task(#[from] serde_json::Error),
    #[error("`{name}` is not a readable zip file: {reason}")]
    #[diagnostic(code("poolpair::page::archive"), help("give the zip file that this page saved, or a `plan.json`"))]
    Archive { name: String, reason: String },
    #[error("`{name}` holds no `plan.json` or `failover.json`")]
    #[diagnostic(code("poolpair::page::no-plan"), help("give the zip file of a bundle, or the `plan.json` in it"))]
    NoPlan { name: String },
    #[error("`{name}` cannot be verified: {reason}")]
    #[diagnostic(code("poolpair::bundle::no-bundle"), help("give the zip file of a bundle"))]
    NotABundle { name: String, reason: String },
    #[error("`{name}` contains only a runbook, which is generated from a plan, not from a topology")]
    #[diagnostic(code("poolpair::bundle::no-plan"), help("verify it without a topology, which checks its hashes"))]
    RunbookOnly { name: String },
}
