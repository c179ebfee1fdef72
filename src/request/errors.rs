//! Collecting what is wrong with a request.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use super::error::Found;
use super::problem::Problem;
use super::value::Value;
use super::{Located, Origin};

/// What went wrong so far.
#[derive(Debug, Default)]
pub(super) struct Errors {
    pub(super) found: Vec<Found>,
}

impl Errors {
    /// Notes a problem; the value that has it is not to be had.
    pub(super) fn refuse<T>(&mut self, origin: &Origin, problem: Problem) -> Option<T> {
        self.found.push(Located::new(problem, origin.clone()).into());
        None
    }

    /// Takes over the problems of a request that cannot be looked at any further.
    pub(super) fn take<T>(&mut self, problems: Vec<Located<Problem>>) -> Option<T> {
        self.found.extend(problems.into_iter().map(Found::from));
        None
    }

    /// Notes a value of another kind than the key takes.
    pub(super) fn wrong_type<T>(&mut self, key: &str, expected: &'static str, value: &Value) -> Option<T> {
        let found = value.noun();
        self.refuse(&value.origin, Problem::WrongType { key: key.into(), expected, found })
    }

    /// Notes a value of the right kind that the key cannot have.
    pub(super) fn wrong_value<T>(
        &mut self,
        key: &'static str,
        expected: &'static str,
        value: Located<String>,
        known: &'static [&'static str],
    ) -> Option<T> {
        let found = value.value;
        self.refuse(&value.origin, Problem::Value { key, expected, found, known })
    }

    /// Notes that something was written before already.
    fn collision(&mut self, earlier: &Origin, later: &Origin, problem: Problem) {
        let problem = Located::new(problem, later.clone());
        self.found.push(Found { problem, other: Some((earlier.clone(), "first here")) });
    }

    /// Notes every value that is equal to an earlier one.
    pub(super) fn refuse_repeated<'a, K: Ord + ToString>(
        &mut self,
        values: impl Iterator<Item = (K, &'a Origin)>,
        problem: fn(String) -> Problem,
    ) {
        let mut first: BTreeMap<K, &Origin> = BTreeMap::new();
        for (value, origin) in values {
            match first.entry(value) {
                Entry::Occupied(earlier) => {
                    self.collision(earlier.get(), origin, problem(earlier.key().to_string()));
                }
                Entry::Vacant(entry) => {
                    entry.insert(origin);
                }
            }
        }
    }
}
