//! Why a command did not do what was requested.

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

/// Why a command did not do what was requested: the exit code and what to print.
#[derive(Debug)]
pub(super) struct Failure {
    pub(super) exit: Exit,
    /// The input that could not be read, where that is why.
    input: Option<String>,
    diagnostics: Vec<Box<dyn Diagnostic + Send + Sync>>,
}

impl Failure {
    pub(super) fn new(exit: Exit, diagnostic: impl Diagnostic + Send + Sync + 'static) -> Self {
        Self { exit, input: None, diagnostics: vec![Box::new(diagnostic)] }
    }

    /// A failure with a code of its own, and what to do about it.
    pub(super) fn told(exit: Exit, code: &str, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self::new(exit, MietteDiagnostic::new(message).with_code(code).with_help(help))
    }

    /// Says which input could not be read, unless that is known already. A wrong command line is no input.
    pub(super) fn about(mut self, input: &Path) -> Self {
        if self.exit != Exit::Usage {
            self.input.get_or_insert_with(|| match input.to_string_lossy() {
                name if name == "-" => "<stdin>".to_owned(),
                name => name.into_owned(),
            });
        }
        self
    }

    /// The same with another failure that came of it.
    pub(super) fn and(mut self, other: Self) -> Self {
        self.exit = self.exit.max(other.exit);
        self.diagnostics.extend(other.diagnostics);
        self
    }

    /// Everything that is wrong, one by one.
    pub(super) fn each(&self) -> impl Iterator<Item = SanitizedDiagnostic<'_>> {
        self.diagnostics.iter().flat_map(|diagnostic| SanitizedDiagnostic::each(diagnostic.as_ref()))
    }

    /// What a report says of the input; nothing where it is not the input's fault.
    pub(super) fn unread(&self) -> Vec<UnreadRecord> {
        let Some(file) = &self.input else { return Vec::new() };
        let record = |diagnostic: SanitizedDiagnostic<'_>| {
            let place = message::places(&diagnostic).next().and_then(|place| place.position);
            UnreadRecord {
                file: file.clone(),
                code: diagnostic.code().map(|code| code.to_string()).unwrap_or_default(),
                message: diagnostic.to_string(),
                line: place.map(|(line, _)| line),
                column: place.map(|(_, column)| column),
            }
        };
        // Several errors have a heading, which is no error itself and has no code.
        self.each().filter(|diagnostic| diagnostic.code().is_some()).map(record).collect()
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

/// The exit code of each error that has but one.
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
