//! Failures of commands.

use std::path::Path;

use miette::{Diagnostic, MietteDiagnostic};

use super::Exit;
use crate::ReadError;
use crate::bundle;
use crate::learn::LearnError;
use crate::notation;
use crate::plan::{self, PlanFault, StoredPlanError};
use crate::report::SanitizedDiagnostic;
use crate::report::message;
use crate::report::unread::UnreadRecord;
use crate::request::RequestErrors;
use crate::runbook::{NoRunbook, RunbookError};
use crate::source::{LimitOptionError, SourceFault};

/// Why a command failed: the exit code and the diagnostics to print.
#[derive(Debug)]
pub(super) struct Failure {
    pub(super) exit: Exit,
    /// The unreadable input, if that is the reason.
    input: Option<String>,
    diagnostics: Vec<Box<dyn Diagnostic + Send + Sync>>,
}

impl Failure {
    pub(super) fn new(exit: Exit, diagnostic: impl Diagnostic + Send + Sync + 'static) -> Self {
        Self { exit, input: None, diagnostics: vec![Box::new(diagnostic)] }
    }

    /// A failure with its own code and help text.
    pub(super) fn with_help(exit: Exit, code: &str, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self::new(exit, MietteDiagnostic::new(message).with_code(code).with_help(help))
    }

    /// Sets the unreadable input, unless it is already set or the command line is invalid.
    pub(super) fn for_input(mut self, input: &Path) -> Self {
        if self.exit != Exit::Usage {
            self.input.get_or_insert_with(|| match input.to_string_lossy() {
                name if name == "-" => "<stdin>".to_owned(),
                name => name.into_owned(),
            });
        }
        self
    }

    /// Adds a failure that followed from this one.
    pub(super) fn and(mut self, other: Self) -> Self {
        self.exit = self.exit.max(other.exit);
        self.diagnostics.extend(other.diagnostics);
        self
    }

    /// All diagnostics.
    pub(super) fn diagnostics(&self) -> impl Iterator<Item = SanitizedDiagnostic<'_>> {
        self.diagnostics.iter().flat_map(|diagnostic| SanitizedDiagnostic::all(diagnostic.as_ref()))
    }

    /// The records of the unreadable input for reports; empty if there is none.
    pub(super) fn unread(&self) -> Vec<UnreadRecord> {
        let Some(file) = &self.input else { return Vec::new() };
        let record = |diagnostic: SanitizedDiagnostic<'_>| {
            let position = message::locations(&diagnostic).next().and_then(|location| location.position);
            UnreadRecord {
                file: file.clone(),
                code: diagnostic.code().map(|code| code.to_string()).unwrap_or_default(),
                message: diagnostic.to_string(),
                line: position.map(|(line, _)| line),
                column: position.map(|(_, column)| column),
            }
        };
        // A group of errors has a heading without a code, which is not an error itself.
        self.diagnostics().filter(|diagnostic| diagnostic.code().is_some()).map(record).collect()
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

impl From<StoredPlanError> for Failure {
    fn from(error: StoredPlanError) -> Self {
        match error {
            StoredPlanError::Request(errors) => errors.into(),
            error => Self::new(Exit::Input, error),
        }
    }
}

impl From<RequestErrors> for Failure {
    fn from(errors: RequestErrors) -> Self {
        let exit = if errors.text.is_some() { Exit::Input } else { Exit::Usage };
        match <[_; 1]>::try_from(errors.errors) {
            Ok([only]) => Self::new(exit, only),
            Err(several) => Self::new(exit, RequestErrors { errors: several, ..errors }),
        }
    }
}

/// The exit code of each error type that has only one.
macro_rules! exits {
    ($($error:ty => $exit:ident),* $(,)?) => {
        $(impl From<$error> for Failure {
            fn from(error: $error) -> Self {
                Self::new(Exit::$exit, error)
            }
        })*
    };
}

exits! {
    notation::Error => Input,
    LearnError => Broken,
    bundle::Error => Io,
    LimitOptionError => Usage,
}

impl From<RunbookError> for Failure {
    fn from(error: RunbookError) -> Self {
        Self::new(Exit::Input, NoRunbook(error))
    }
}
