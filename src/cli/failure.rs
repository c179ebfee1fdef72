//! Why a command did not do what was requested.

use miette::Diagnostic;

use super::console::{Console, StdoutError};
use super::exit::Exit;
use super::sanitized::SanitizedDiagnostic;
use crate::ReadError;
use crate::bundle;
use crate::learn::LearnError;
use crate::notation;
use crate::plan::{self, PlanFault};
use crate::request::RequestErrors;
use crate::runbook::RunbookError;
use crate::source::{LimitOptionError, SourceFault};

/// Why a command did not do what was requested: the exit code and what to print.
#[derive(Debug)]
pub(super) struct Failure {
    pub(super) exit: Exit,
    diagnostics: Vec<Box<dyn Diagnostic + Send + Sync>>,
}

impl Failure {
    pub(super) fn new(exit: Exit, diagnostic: impl Diagnostic + Send + Sync + 'static) -> Self {
        Self { exit, diagnostics: vec![Box::new(diagnostic)] }
    }

    /// Prints every diagnostic.
    pub(super) fn print(&self, console: &mut Console) {
        for diagnostic in &self.diagnostics {
            console.diagnostic(&SanitizedDiagnostic::new(diagnostic.as_ref()));
        }
    }
}

impl From<ReadError> for Failure {
    fn from(error: ReadError) -> Self {
        let io = matches!(&error, ReadError::Source(source) if matches!(source.fault(), SourceFault::Io(_)));
        Self::new(if io { Exit::Io } else { Exit::Input }, error)
    }
}

impl From<plan::Error> for Failure {
    fn from(error: plan::Error) -> Self {
        let proof = matches!(error.fault(), PlanFault::Proof { .. });
        Self::new(if proof { Exit::Proof } else { Exit::Input }, error)
    }
}

impl From<RequestErrors> for Failure {
    fn from(errors: RequestErrors) -> Self {
        let is_file = errors.errors.iter().any(|error| error.source.is_some());
        Self::new(if is_file { Exit::Input } else { Exit::Usage }, errors)
    }
}

impl From<notation::Error> for Failure {
    fn from(error: notation::Error) -> Self {
        Self::new(Exit::Input, error)
    }
}

impl From<LearnError> for Failure {
    fn from(error: LearnError) -> Self {
        Self::new(Exit::Broken, error)
    }
}

impl From<bundle::Error> for Failure {
    fn from(error: bundle::Error) -> Self {
        Self::new(Exit::Io, error)
    }
}

impl From<RunbookError> for Failure {
    fn from(error: RunbookError) -> Self {
        Self::new(Exit::Input, NoRunbook(error))
    }
}

/// A plan that can not be told as a runbook.
#[derive(Debug, thiserror::Error, Diagnostic)]
#[error("no runbook can be written: {0}")]
#[diagnostic(
    code("poolpair::plan::no-runbook"),
    help("nothing was written; correct the name or the setting in the topology or the request")
)]
struct NoRunbook(RunbookError);

impl From<LimitOptionError> for Failure {
    fn from(error: LimitOptionError) -> Self {
        Self::new(Exit::Usage, error)
    }
}

impl From<StdoutError> for Failure {
    fn from(error: StdoutError) -> Self {
        Self::new(Exit::Io, error)
    }
}
