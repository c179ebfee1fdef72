//! The tree of values that every spelling of a request becomes.

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
    Other(Foreign),
}

/// Kinds of values that TOML or JSON has and a request has not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Foreign {
    Fraction,
    HugeNumber,
    DateOrTime,
    Null,
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
    pub(super) fn noun(&self) -> &'static str {
        match &self.kind {
            Kind::Boolean(_) => "a boolean",
            Kind::Integer(_) => "a number",
            Kind::Text(_) => "a string",
            Kind::List(_) => "an array",
            Kind::Table(_) => "a table",
            Kind::Other(Foreign::Fraction) => "a fraction",
            Kind::Other(Foreign::HugeNumber) => "a number of unbelievable size",
            Kind::Other(Foreign::DateOrTime) => "a date or time without quotes",
            Kind::Other(Foreign::Null) => "null",
        }
    }
}
