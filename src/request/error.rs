//! The errors of a request, as diagnostics.

use std::error::Error;
use std::fmt;
use std::sync::Arc;

use miette::{Diagnostic, LabeledSpan, NamedSource, SourceCode};

use super::problem::Problem;
use super::{Located, Origin};

/// Everything that is wrong with one request; at least one error, in the order of the text.
#[derive(Clone, Debug)]
pub struct RequestErrors {
    /// What messages call the request: the name of the file, or "the command line".
    pub name: String,
    /// The errors.
    pub errors: Vec<RequestError>,
}

/// One thing that is wrong with a request.
#[derive(Clone, Debug)]
pub struct RequestError {
    /// What is wrong.
    pub problem: Problem,
    /// The wrong value or key.
    pub origin: Origin,
    /// What the wrong value collides with, and why that matters.
    pub other: Option<(Origin, &'static str)>,
    /// The text that the origins point into; `None` for flags, and for what is no text.
    pub source: Option<Arc<NamedSource<String>>>,
}

impl fmt::Display for RequestError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.origin.flag() {
            Some(flag) if !self.problem.names_flag() => write!(f, "`{flag}`: ")?,
            _ => {}
        }
        f.write_str(&printable(&self.problem.to_string()))
    }
}

impl Error for RequestError {}

impl Diagnostic for RequestError {
    fn code<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        Some(Box::new(self.problem.code()))
    }

    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        Some(Box::new(printable(&self.problem.help()?)))
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        self.source.as_deref().map(|source| source as _)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let label = |origin: &Origin, text: &str| Some(LabeledSpan::new_with_span(Some(text.into()), origin.span()?));
        let other = self.other.as_ref().and_then(|(origin, text)| label(origin, text));
        let own = label(&self.origin, self.problem.label());
        let labels = [own, other].into_iter().flatten();
        (labels.clone().count() > 0).then(|| Box::new(labels) as _)
    }
}

/// A key may hold anything, and a terminal would obey its control characters.
fn printable(message: &str) -> String {
    let mut printable = String::with_capacity(message.len());
    for character in message.chars() {
        if character.is_control() {
            printable.extend(character.escape_unicode());
        } else {
            printable.push(character);
        }
    }
    printable
}

impl RequestErrors {
    /// What to call a request by flags.
    pub(super) const COMMAND_LINE: &str = "the command line";

    /// An error of the file as a whole, which has no text to point into.
    pub(super) fn whole(name: &str, problem: Problem) -> Self {
        let error = RequestError { problem, origin: Origin::Default, other: None, source: None };
        Self { name: name.into(), errors: vec![error] }
    }

    /// Errors at places of one text, or of the command line, put into the order of the text.
    pub(super) fn located(source: Option<&Arc<NamedSource<String>>>, found: Vec<Found>) -> Self {
        let name = source.map_or(Self::COMMAND_LINE, |source| source.name());
        let error = |Found { problem, other }| RequestError {
            problem: problem.value,
            origin: problem.origin,
            other,
            source: source.cloned(),
        };
        let mut errors: Vec<_> = found.into_iter().map(error).collect();
        errors.sort_by_key(|error| error.origin.span().map(|span| span.offset()));
        // Two checks can find the same thing, such as a pool's name twice as a key.
        let in_file = |error: &RequestError| error.origin.span().is_some();
        errors.dedup_by(|a, b| in_file(a) && a.origin == b.origin && a.problem == b.problem);
        Self { name: name.into(), errors }
    }

    /// A single error needs no heading above it.
    fn only(&self) -> Option<&RequestError> {
        match self.errors.as_slice() {
            [error] => Some(error),
            _ => None,
        }
    }
}

/// A problem on its way into the report.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) problem: Located<Problem>,
    pub(super) other: Option<(Origin, &'static str)>,
}

impl From<Located<Problem>> for Found {
    fn from(problem: Located<Problem>) -> Self {
        Self { problem, other: None }
    }
}

impl fmt::Display for RequestErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.only() {
            Some(error) if error.source.is_none() && error.origin == Origin::Default => {
                write!(f, "`{}`: {error}", self.name)
            }
            Some(error) => error.fmt(f),
            None if self.name == Self::COMMAND_LINE => {
                write!(f, "{} has {} errors", self.name, self.errors.len())
            }
            None => write!(f, "`{}` has {} errors", self.name, self.errors.len()),
        }
    }
}

impl Error for RequestErrors {}

impl Diagnostic for RequestErrors {
    fn code<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        self.only()?.code()
    }

    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        self.only()?.help()
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        self.only()?.source_code()
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        self.only()?.labels()
    }

    fn related<'a>(&'a self) -> Option<Box<dyn Iterator<Item = &'a dyn Diagnostic> + 'a>> {
        if self.only().is_some() {
            return None;
        }
        Some(Box::new(self.errors.iter().map(|error| error as &dyn Diagnostic)))
    }
}
