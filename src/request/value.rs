//! The tree of values that every spelling of a request becomes.

use std::fmt;

use super::Origin;

/// A value, and where it was written.
#[derive(Clone, Debug)]
pub(super) struct Value {
    pub(super) kind: Kind,
    pub(super) origin: Origin,
}

#[derive(Clone, Debug)]
pub(super) enum Kind {
    Boolean(bool),
    Integer(i128),
    Text(String),
    List(Vec<Value>),
    /// In the order of the text.
    Table(Vec<(Key, Value)>),
    /// What no request needs.
    Other(Noun),
}

#[derive(Clone, Debug)]
pub(super) struct Key {
    pub(super) name: String,
    pub(super) origin: Origin,
}

impl Value {
    pub(super) fn new(kind: Kind, origin: Origin) -> Self {
        Self { kind, origin }
    }

    /// What to call the value in a message.
    pub(super) fn noun(&self) -> Noun {
        match &self.kind {
            Kind::Boolean(_) => Noun::Boolean,
            Kind::Integer(_) => Noun::Number,
            Kind::Text(_) => Noun::Text,
            Kind::List(_) => Noun::List,
            Kind::Table(_) => Noun::Table,
            Kind::Other(noun) => *noun,
        }
    }
}

/// The kinds of values that TOML and JSON have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Noun {
    /// `true` or `false`.
    Boolean,
    /// A whole number.
    Number,
    /// A string.
    Text,
    /// An array.
    List,
    /// A table of TOML, an object of JSON.
    Table,
    /// A number that is not whole.
    Fraction,
    /// A number that does not fit into 128 bits.
    HugeNumber,
    /// A date or a time of TOML, which stands without quotes.
    DateOrTime,
    /// The `null` of JSON.
    Null,
}

impl Noun {
    /// The noun with its article.
    pub fn name(self) -> &'static str {
        match self {
            Self::Boolean => "a boolean",
            Self::Number => "a number",
            Self::Text => "a string",
            Self::List => "an array",
            Self::Table => "a table",
            Self::Fraction => "a fraction",
            Self::HugeNumber => "a huge number",
            Self::DateOrTime => "a date or time without quotes",
            Self::Null => "null",
        }
    }
}

impl fmt::Display for Noun {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
