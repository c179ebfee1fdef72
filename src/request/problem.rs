//! What can be wrong with a request.

use super::text::Format;
use super::value::Noun;
use crate::interval::IntervalError;
use crate::text;

/// What can be wrong with a request.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// The file is larger than any request.
    #[error("the file has more than {limit} bytes")]
    TooLarge {
        /// The most bytes that are read.
        limit: usize,
    },
    /// The file is no text in the encoding that its first bytes promise.
    #[error("the file is not valid {encoding}")]
    Encoding {
        /// The encoding, by its name in the WHATWG's Encoding Standard.
        encoding: &'static str,
    },
    /// The text is not TOML, or not JSON.
    #[error("invalid {format}: {message}")]
    Syntax {
        /// What the text should be.
        format: Format,
        /// The parser's words.
        message: String,
    },
    /// A key that means nothing where it stands.
    #[error("unknown key `{key}` in {table}")]
    UnknownKey {
        /// The key.
        key: String,
        /// The table, with its article.
        table: &'static str,
        /// The keys that the table can have.
        known: &'static [&'static str],
    },
    /// A key that cannot be left out.
    #[error("{table} has no `{key}`")]
    MissingKey {
        /// The key.
        key: &'static str,
        /// The table, with its article.
        table: &'static str,
        /// What its value must be.
        expected: &'static str,
    },
    /// The same key twice in one table. TOML's own rules make this a syntax error there.
    #[error("`{key}` is given twice")]
    DuplicateKey {
        /// The key.
        key: String,
    },
    /// A value of another kind than the key takes.
    #[error("`{key}` must be {expected}, not {found}")]
    WrongType {
        /// The key, or another name of the place.
        key: String,
        /// What the value must be.
        expected: &'static str,
        /// What it is.
        found: Noun,
    },
    /// A text that is no interval.
    #[error("`{key}` is no interval: {reason}")]
    Interval {
        /// The key.
        key: &'static str,
        /// Why not.
        reason: IntervalError,
    },
    /// A value of the right kind that the key cannot have.
    #[error("`{key}` must be {expected}, not `{found}`")]
    Value {
        /// The key.
        key: &'static str,
        /// What the value must be.
        expected: &'static str,
        /// What it is.
        found: String,
        /// The words that the key can have, if it is one of a few.
        known: &'static [&'static str],
    },
    /// Nothing, or only white space, where words must be.
    #[error("`{key}` is empty")]
    Empty {
        /// The key.
        key: String,
    },
    /// A line break or another control character in what will be printed into scripts and reports.
    #[error("`{key}` has the control character U+{:04X}", u32::from(*.character))]
    ControlCharacter {
        /// The key.
        key: String,
        /// The first such character.
        character: char,
    },
    /// A pair of one pool, or of three.
    #[error("a pair has two pools, not {count}")]
    NotTwoPools {
        /// How many there are.
        count: usize,
    },
    /// Voice settings for a pool that is not of the pair.
    #[error("`{pool}` is no pool of this pair")]
    ForeignPool {
        /// The pool.
        pool: String,
        /// The pools of the pair.
        pools: [String; 2],
    },
    /// A rule break accepted without a reason.
    #[error("the allowance has an empty reason")]
    EmptyReason,
    /// Two tables of facts about one pool.
    #[error("the facts of `{pool}` are given twice")]
    DuplicateFacts {
        /// The pool.
        pool: String,
    },
    /// Two allowances of one rule.
    #[error("the rule `{rule}` is allowed twice")]
    DuplicateAllow {
        /// The rule's id.
        rule: String,
    },
    /// A flag without another one that it needs.
    #[error("`{flag}` needs {needed} beside it")]
    LonelyFlag {
        /// The flag.
        flag: &'static str,
        /// The missing flags, in backticks.
        needed: &'static str,
    },
    /// Two flags that exclude each other.
    #[error("`{flag}` cannot be used together with `{other}`")]
    ConflictingFlags {
        /// The flag.
        flag: &'static str,
        /// The other flag.
        other: &'static str,
    },
    /// `--allow` without an equals sign.
    #[error("`--allow {text}` is not of the form `RULE=REASON`")]
    AllowForm {
        /// What was given.
        text: String,
    },
}

impl Problem {
    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::TooLarge { .. } => "poolpair::request::too-large",
            Self::Encoding { .. } => "poolpair::request::encoding",
            Self::Syntax { .. } => "poolpair::request::syntax",
            Self::UnknownKey { .. } => "poolpair::request::unknown-key",
            Self::MissingKey { .. } => "poolpair::request::missing-key",
            Self::DuplicateKey { .. } => "poolpair::request::duplicate-key",
            Self::WrongType { .. } => "poolpair::request::wrong-type",
            Self::Interval { .. } => "poolpair::request::interval",
            Self::Value { .. } => "poolpair::request::value",
            Self::Empty { .. } => "poolpair::request::empty",
            Self::ControlCharacter { .. } => "poolpair::request::control-character",
            Self::NotTwoPools { .. } => "poolpair::request::not-two-pools",
            Self::ForeignPool { .. } => "poolpair::request::foreign-pool",
            Self::EmptyReason => "poolpair::request::empty-reason",
            Self::DuplicateFacts { .. } => "poolpair::request::duplicate-facts",
            Self::DuplicateAllow { .. } => "poolpair::request::duplicate-allow",
            Self::LonelyFlag { .. } | Self::ConflictingFlags { .. } | Self::AllowForm { .. } => {
                "poolpair::request::flags"
            }
        }
    }

    /// What to do about it, where more can be said than the message says.
    pub fn help(&self) -> Option<String> {
        match self {
            Self::TooLarge { .. } => Some("a request is a short file; is this another one?".into()),
            Self::Encoding { .. } => Some("save the file as UTF-8".into()),
            Self::UnknownKey { key, table, known } => {
                Some(did_you_mean(key, known).unwrap_or_else(|| format!("{table} can have {}", list(known))))
            }
            Self::MissingKey { key, expected, .. } => Some(format!("add `{key}`: {expected}")),
            Self::DuplicateKey { .. } => Some("keep one of the two".into()),
            Self::WrongType { found: Noun::DateOrTime, .. } => Some("put it in quotes".into()),
            Self::WrongType { found: Noun::Null, .. } => Some("leave out what is not known".into()),
            Self::WrongType { key, found: Noun::Table, .. } => {
                Some(format!("in TOML, a table of an array is headed by `[[{key}]]`"))
            }
            Self::Interval { .. } => {
                Some("five minutes are `300`, `\"300s\"`, `\"5m\"`, `\"PT5M\"` or `\"00:05:00\"`".into())
            }
            Self::Value { found, known, .. } => did_you_mean(found, known),
            Self::ControlCharacter { .. } => Some("write it on a single line".into()),
            Self::NotTwoPools { .. } => Some("name the two pools that shall back each other up".into()),
            Self::ForeignPool { pool, pools: [first, second] } => Some(foreign_pool_help(pool, first, second)),
            Self::EmptyReason => {
                Some("say why the rule may be broken here; the reason stands in every artifact".into())
            }
            Self::DuplicateFacts { .. } => Some("declare all facts of a pool in one `[[pool]]` table".into()),
            Self::DuplicateAllow { .. } => Some("give one reason that covers every break of the rule".into()),
            Self::AllowForm { .. } => Some("for example `--allow \"same-site=one campus, two fire zones\"`".into()),
            Self::Syntax { .. }
            | Self::WrongType { .. }
            | Self::Empty { .. }
            | Self::LonelyFlag { .. }
            | Self::ConflictingFlags { .. } => None,
        }
    }

    pub(super) fn names_flag(&self) -> bool {
        matches!(self, Self::LonelyFlag { .. } | Self::ConflictingFlags { .. } | Self::AllowForm { .. })
    }

    /// What to write at the wrong place itself.
    pub(super) fn label(&self) -> &'static str {
        match self {
            Self::UnknownKey { .. } => "unknown",
            Self::MissingKey { .. } => "in this table",
            Self::DuplicateKey { .. } | Self::DuplicateFacts { .. } | Self::DuplicateAllow { .. } => "again here",
            Self::WrongType { found, .. } => found.name(),
            _ => "here",
        }
    }
}

fn did_you_mean(wanted: &str, known: &[&str]) -> Option<String> {
    text::nearest(wanted, known.iter().copied()).and_then(|name| text::did_you_mean(&[name]))
}

fn list(names: &[&str]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

fn foreign_pool_help(pool: &str, first: &str, second: &str) -> String {
    match did_you_mean(pool, &[first, second]) {
        Some(question) if !pool.contains('.') => {
            format!("{question} a name with dots is written in quotes")
        }
        Some(question) => question,
        None => format!("the pools of this pair are `{first}` and `{second}`"),
    }
}
