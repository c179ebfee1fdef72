//! Errors in a request.

use std::fmt;
use std::sync::Arc;

use miette::{Diagnostic, LabeledSpan, NamedSource};
use toml::de::DeValue;

use super::Origin;
use crate::interval::Interval;
use crate::text;

/// A problem in a request.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Diagnostic)]
pub(super) enum RequestProblem {
    #[error("`{name}` has more than {limit} bytes")]
    #[diagnostic(code("poolpair::request::too-large"), help("a request is a short file; is this another one?"))]
    TooLarge { name: String, limit: usize },
    #[error("`{name}` is not valid {encoding}")]
    #[diagnostic(code("poolpair::request::encoding"), help("save the file as UTF-8"))]
    Encoding { name: String, encoding: &'static str },
    #[error("invalid {format}: {message}")]
    #[diagnostic(code("poolpair::request::syntax"))]
    Syntax { format: &'static str, message: String },
    #[error("`null` is not a valid value in a request")]
    #[diagnostic(code("poolpair::request::wrong-type"), help("omit unknown values"))]
    Null,
    #[error("unknown key `{key}`")]
    #[diagnostic(code("poolpair::request::unknown-key"), help("{}", help_for_key(key, known, *is_table)))]
    UnknownKey { key: String, known: Vec<&'static str>, is_table: bool },
    #[error("`{table}` has no `{missing}`")]
    #[diagnostic(code("poolpair::request::missing-key"), help("add `{missing}`: {}", meaning(missing)))]
    MissingKey { table: String, missing: &'static str },
    #[error("`{key}` is given twice")]
    #[diagnostic(code("poolpair::request::duplicate-key"), help("keep one of the two"))]
    DuplicateKey { key: String },
    #[error("`{key}` must be {expected}, not {found}")]
    #[diagnostic(code("poolpair::request::wrong-type"))]
    WrongType {
        key: String,
        expected: String,
        found: &'static str,
        #[help]
        help: Option<String>,
    },
    #[error("`{key}` must be {expected}, not `{found}`")]
    #[diagnostic(code("poolpair::request::value"))]
    NotOneOf { key: String, found: String, expected: String },
    #[error("`{key}`: {reason}")]
    #[diagnostic(code("poolpair::request::value"))]
    Value { key: String, reason: String },
    #[error("`{key}` is empty")]
    #[diagnostic(code("poolpair::request::empty"))]
    Empty { key: String },
    #[error("`{key}` has the control character U+{:04X}", u32::from(*.character))]
    #[diagnostic(code("poolpair::request::control-character"), help("write it on a single line"))]
    ControlCharacter { key: String, character: char },
    #[error("a pair has two pools, not {count}")]
    #[diagnostic(code("poolpair::request::not-two-pools"), help("name the two pools that are to back each other up"))]
    NotTwoPools { count: usize },
    #[error("`{pool}` is not a pool of this pair")]
    #[diagnostic(code("poolpair::request::foreign-pool"), help("{}", help_for_pool(pool, pools)))]
    ForeignPool { pool: String, pools: [String; 2] },
    #[error("the facts of `{pool}` are given twice")]
    #[diagnostic(
        code("poolpair::request::duplicate-facts"),
        help("declare all facts of a pool in one `[[pool]]` table")
    )]
    DuplicateFacts { pool: String },
    #[error("the rule `{rule}` is allowed twice")]
    #[diagnostic(
        code("poolpair::request::duplicate-allow"),
        help("give one reason that covers every break of the rule")
    )]
    DuplicateAllow { rule: String },
    #[error("`{flag}` requires {needed}")]
    #[diagnostic(code("poolpair::request::flags"))]
    MissingFlag { flag: &'static str, needed: &'static str },
    #[error("`{flag}` cannot be used together with `{other}`")]
    #[diagnostic(code("poolpair::request::flags"))]
    ConflictingFlags { flag: &'static str, other: &'static str },
    #[error("`--allow {text}` is not of the form `RULE=REASON`")]
    #[diagnostic(
        code("poolpair::request::flags"),
        help("for example `--allow \"same-site=one campus, two fire zones\"`")
    )]
    AllowForm { text: String },
}

impl RequestProblem {
    /// Checks that a text fits on one line of an artifact.
    pub(super) fn check_line(key: &str, text: &str) -> Result<(), Self> {
        let key = || key.to_owned();
        match text.chars().find(|character| character.is_control()) {
            Some(character) => Err(Self::ControlCharacter { key: key(), character }),
            None if text.trim().is_empty() => Err(Self::Empty { key: key() }),
            None => Ok(()),
        }
    }

    /// Parses an interval.
    pub(super) fn check_interval(key: &str, text: &str) -> Result<Interval, Self> {
        text.parse().map_err(|error| Self::value(key, Interval::invalid_message(text, error)))
    }

    pub(super) fn syntax(format: &'static str, message: &str) -> Self {
        Self::Syntax { format, message: message.into() }
    }

    pub(super) fn value(key: &str, reason: impl fmt::Display) -> Self {
        Self::Value { key: key.into(), reason: reason.to_string() }
    }

    pub(super) fn wrong_type(key: &str, value: &DeValue<'_>, expected: &str) -> Self {
        let help = help_for_type(key, value);
        Self::WrongType { key: key.into(), expected: expected.into(), found: type_name(value), help }
    }

    /// The text of the label at the error.
    fn label(&self) -> &'static str {
        match self {
            Self::UnknownKey { .. } => "unknown",
            Self::MissingKey { .. } => "in this table",
            Self::DuplicateKey { .. } | Self::DuplicateFacts { .. } | Self::DuplicateAllow { .. } => "again here",
            Self::WrongType { found, .. } => found,
            _ => "here",
        }
    }
}

fn did_you_mean(given: &str, known: &[&str]) -> Option<String> {
    text::nearest(given, known.iter().copied()).and_then(|name| text::did_you_mean(&[name]))
}

fn help_for_key(key: &str, known: &[&str], is_table: bool) -> String {
    const QUOTES: &str = "; a name with dots is written in quotes";
    did_you_mean(key, known).unwrap_or_else(|| {
        let names: Vec<_> = known.iter().map(|name| format!("`{name}`")).collect();
        format!("known here: {}{}", names.join(", "), if is_table { QUOTES } else { "" })
    })
}

/// What a required key means.
fn meaning(key: &str) -> &'static str {
    match key {
        "pools" => "the names of the two pools",
        "rule" => "the id of the rule",
        "reason" => "why the rule may be broken here",
        "installer" => "the path of its installer",
        _ => "the name of the pool",
    }
}

fn help_for_pool(pool: &str, [first, second]: &[String; 2]) -> String {
    match did_you_mean(pool, &[first, second]) {
        Some(question) if !pool.contains('.') => format!("{question} a name with dots is written in quotes"),
        Some(question) => question,
        None => format!("the pools of this pair are `{first}` and `{second}`"),
    }
}

fn help_for_type(key: &str, value: &DeValue<'_>) -> Option<String> {
    match value {
        DeValue::Datetime(_) => Some("put it in quotes".into()),
        DeValue::Table(_) => Some(format!("in TOML, a table of an array is headed by `[[{key}]]`")),
        _ => None,
    }
}

fn type_name(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::Boolean(_) => "a boolean",
        DeValue::Integer(number) if number.as_str().starts_with('-') => "a negative number",
        DeValue::Integer(number) if u64::from_str_radix(number.as_str(), number.radix()).is_err() => "a huge number",
        DeValue::Integer(_) => "a number",
        DeValue::Float(_) => "a fraction",
        DeValue::String(_) => "a string",
        DeValue::Datetime(_) => "a date or time without quotes",
        DeValue::Array(_) => "an array",
        DeValue::Table(_) => "a table",
    }
}

/// An error in a request.
#[derive(Clone, Debug, thiserror::Error, Diagnostic)]
#[error("{}{problem}", origin.message_prefix())]
#[diagnostic(forward(problem))]
pub struct RequestError {
    problem: RequestProblem,
    origin: Origin,
    /// The position of the error, and of the earlier value that it duplicates.
    #[label(collection)]
    labels: Vec<LabeledSpan>,
    #[source_code]
    text: Option<Arc<NamedSource<String>>>,
}

impl RequestError {
    pub(super) fn new(problem: RequestProblem, origin: Origin) -> Self {
        let labels = label(&origin, problem.label()).into_iter().collect();
        Self { problem, origin, labels, text: None }
    }

    /// A value that was given before. Errors about flags have no labels in the file.
    pub(super) fn repeat(problem: RequestProblem, origin: Origin, first: &Origin) -> Self {
        let mut error = Self::new(problem, origin);
        if !error.labels.is_empty() {
            error.labels.extend(label(first, "first here"));
        }
        error
    }
}

fn label(origin: &Origin, text: &str) -> Option<LabeledSpan> {
    Some(LabeledSpan::new_with_span(Some(text.into()), origin.span()?))
}

/// The errors of a request; at least one, in the order of the text.
#[derive(Clone, Debug, thiserror::Error, Diagnostic)]
#[error("`{name}` has {}{} errors", if *.more { "more than " } else { "" }, errors.len())]
pub struct RequestErrors {
    /// The name of the request in messages: the name of the file, or "the command line".
    pub name: String,
    /// The text of a file; `None` for flags.
    pub text: Option<Arc<NamedSource<String>>>,
    /// The errors; at most [`MAX`](Self::MAX).
    #[related]
    pub errors: Vec<RequestError>,
    /// Whether there are more errors than these.
    pub more: bool,
}

impl RequestErrors {
    /// The maximum number of reported errors.
    pub const MAX: usize = 20;

    /// Sorts errors by their position in the text.
    pub(super) fn located(text: Option<&Arc<NamedSource<String>>>, mut errors: Vec<RequestError>) -> Self {
        errors.sort_by_key(|error| error.origin.span().map(|span| span.offset()));
        let more = errors.len() > Self::MAX;
        errors.truncate(Self::MAX);
        errors.iter_mut().for_each(|error| error.text = text.cloned());
        let name = text.map_or("the command line", |text| text.name()).to_owned();
        Self { name, text: text.cloned(), errors, more }
    }
}
