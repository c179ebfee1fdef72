//! Reading tables of the tree.

use super::errors::Errors;
use super::problem::Problem;
use super::value::{Key, Kind, Value};
use super::{Located, Origin};
use crate::interval::{Interval, IntervalError};
use crate::topology::Fqdn;

/// A table of the request.
#[derive(Clone, Copy)]
pub(super) struct Table<'v> {
    noun: &'static str,
    entries: &'v [(Key, Value)],
    pub(super) origin: &'v Origin,
}

impl<'v> Table<'v> {
    /// Takes the value for a table whose keys are still to be looked at.
    pub(super) fn open(key: &str, noun: &'static str, value: &'v Value, errors: &mut Errors) -> Option<Self> {
        let Kind::Table(entries) = &value.kind else {
            return errors.wrong_type(key, "a table", value);
        };
        let keys = entries.iter().map(|(key, _)| (key.name.clone(), &key.origin));
        errors.refuse_repeated(keys, |key| Problem::DuplicateKey { key });
        Some(Self { noun, entries, origin: &value.origin })
    }

    /// Takes the value for a table that can have these keys and no others.
    pub(super) fn closed(
        key: &str,
        noun: &'static str,
        value: &'v Value,
        known: &'static [&'static str],
        errors: &mut Errors,
    ) -> Option<Self> {
        let table = Self::open(key, noun, value, errors)?;
        for (key, _) in table.others(known) {
            table.refuse_key::<()>(key, known, errors);
        }
        Some(table)
    }

    /// The entries that have none of these keys.
    pub(super) fn others(self, known: &'static [&'static str]) -> impl Iterator<Item = &'v (Key, Value)> {
        self.entries.iter().filter(|(key, _)| !known.contains(&key.name.as_str()))
    }

    /// Notes that a key means nothing in this table.
    pub(super) fn refuse_key<T>(self, key: &Key, known: &'static [&'static str], errors: &mut Errors) -> Option<T> {
        let problem = Problem::UnknownKey { key: key.name.clone(), table: self.noun, known };
        errors.refuse(&key.origin, problem)
    }

    /// The value of a key that can be left out.
    pub(super) fn get(self, key: &str) -> Option<&'v Value> {
        self.entries.iter().find(|(found, _)| found.name == key).map(|(_, value)| value)
    }

    /// The value of a key that cannot be left out.
    pub(super) fn require(self, key: &'static str, expected: &'static str, errors: &mut Errors) -> Option<&'v Value> {
        self.get(key).or_else(|| errors.refuse(self.origin, Problem::MissingKey { key, table: self.noun, expected }))
    }

    /// The items of an array of tables; nothing where the key is left out.
    pub(super) fn items(self, key: &str, errors: &mut Errors) -> &'v [Value] {
        match self.get(key) {
            None => &[],
            Some(Value { kind: Kind::List(items), .. }) => items,
            Some(value) => errors.wrong_type(key, "an array of tables", value).unwrap_or_default(),
        }
    }

    /// The boolean of a key that can be left out.
    pub(super) fn boolean(self, key: &str, errors: &mut Errors) -> Option<Located<bool>> {
        let value = self.get(key)?;
        match value.kind {
            Kind::Boolean(boolean) => Some(located(boolean, value)),
            _ => errors.wrong_type(key, "`true` or `false`", value),
        }
    }

    /// The natural number of a key that can be left out.
    pub(super) fn natural(self, key: &'static str, errors: &mut Errors) -> Option<Located<u64>> {
        const EXPECTED: &str = "a whole number from 0 on";
        let value = self.get(key)?;
        let Kind::Integer(integer) = value.kind else {
            return errors.wrong_type(key, EXPECTED, value);
        };
        match u64::try_from(integer) {
            Ok(natural) => Some(located(natural, value)),
            Err(_) => errors.wrong_value(key, EXPECTED, located(integer.to_string(), value), &[]),
        }
    }

    /// The interval of a key that can be left out.
    pub(super) fn interval(self, key: &'static str, errors: &mut Errors) -> Option<Located<Interval>> {
        let value = self.get(key)?;
        let interval = match &value.kind {
            Kind::Integer(..0) => Err(IntervalError::Negative),
            Kind::Integer(seconds) => {
                u64::try_from(*seconds).map(Interval::from_seconds).map_err(|_| IntervalError::Overflow)
            }
            Kind::Text(text) => text.parse(),
            _ => return errors.wrong_type(key, "an interval", value),
        };
        match interval {
            Ok(interval) => Some(located(interval, value)),
            Err(reason) => errors.refuse(&value.origin, Problem::Interval { key, reason }),
        }
    }

    /// The words of a key that can be left out.
    pub(super) fn words(self, key: &str, errors: &mut Errors) -> Option<Located<String>> {
        words(key, "a string", self.get(key)?, errors)
    }

    /// The words of a key that cannot be left out.
    pub(super) fn required_words(
        self,
        key: &'static str,
        expected: &'static str,
        errors: &mut Errors,
    ) -> Option<Located<String>> {
        words(key, "a string", self.require(key, expected, errors)?, errors)
    }
}

/// A name of a pool.
pub(super) fn fqdn(key: &str, value: &Value, errors: &mut Errors) -> Option<Located<Fqdn>> {
    words(key, "the name of a pool", value, errors).map(|text| text.map(Fqdn::new))
}

/// A text that can be printed on one line of any artifact, and is not blank.
pub(super) fn words(key: &str, expected: &'static str, value: &Value, errors: &mut Errors) -> Option<Located<String>> {
    let Kind::Text(text) = &value.kind else {
        return errors.wrong_type(key, expected, value);
    };
    if let Some(character) = text.chars().find(|character| character.is_control()) {
        return errors.refuse(&value.origin, Problem::ControlCharacter { key: key.into(), character });
    }
    if text.trim().is_empty() {
        return errors.refuse(&value.origin, Problem::Empty { key: key.into() });
    }
    Some(located(text.clone(), value))
}

pub(super) fn located<T>(content: T, value: &Value) -> Located<T> {
    Located::new(content, value.origin.clone())
}
