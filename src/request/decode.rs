//! The tree of values into a request.

use std::sync::Arc;

use miette::NamedSource;

use super::error::RequestErrors;
use super::errors::Errors;
use super::problem::Problem;
use super::table::{Table, fqdn, words};
use super::value::{Kind, Value};
use super::{Allow, Located, PairRequest, Request, UnpairRequest, declared, voice, wire};
use crate::notation::ExampleOrigin;
use crate::topology::Fqdn;

/// The request of a parsed text.
pub(super) fn text(
    name: &str,
    text: &str,
    parsed: Result<Value, Vec<Located<Problem>>>,
) -> Result<Request, RequestErrors> {
    let source = Arc::new(NamedSource::new(name, text.to_owned()));
    checked(parsed, Some(source))
}

/// The request of flags that are put into the shape of a file, unless they do not fit together.
pub(super) fn flags(arranged: Result<Value, Vec<Located<Problem>>>) -> Result<Request, RequestErrors> {
    checked(arranged, None)
}

/// Refuses a second reason for the same rule: nobody could say which of the two counts.
pub(super) fn refuse_duplicate_allows<'a>(
    allows: impl Iterator<Item = &'a Allow>,
    source: Option<&Arc<NamedSource<String>>>,
) -> Result<(), RequestErrors> {
    let mut errors = Errors::default();
    check_allows(allows, &mut errors);
    if errors.found.is_empty() { Ok(()) } else { Err(RequestErrors::located(source, errors.found)) }
}

fn checked(
    parsed: Result<Value, Vec<Located<Problem>>>,
    source: Option<Arc<NamedSource<String>>>,
) -> Result<Request, RequestErrors> {
    let mut errors = Errors::default();
    let request = match parsed {
        Ok(value) => request(&value, &mut errors),
        Err(problems) => errors.take(problems),
    };
    match request {
        Some(request) if errors.found.is_empty() => Ok(Request { source, ..request }),
        _ => Err(RequestErrors::located(source.as_ref(), errors.found)),
    }
}

fn request(value: &Value, errors: &mut Errors) -> Option<Request> {
    let table = Table::closed("request", "a request", value, wire::REQUEST_KEYS, errors)?;
    table.words("$schema", errors);
    let request = Request {
        source: None,
        pairs: each(table.items("pair", errors), pair, errors),
        unpairs: each(table.items("unpair", errors), unpair, errors),
        pools: each(table.items("pool", errors), declared::facts, errors),
        allows: each(table.items("allow", errors), allow, errors),
        origin: origin(table, errors),
        accept_unverified_notation: table
            .boolean("accept-unverified-notation", errors)
            .is_some_and(|accepted| accepted.value),
    };
    let names = request.pools.iter().map(|facts| (&facts.fqdn.value, &facts.fqdn.origin));
    errors.refuse_repeated(names, |pool| Problem::DuplicateFacts { pool });
    check_allows(request.allows.iter(), errors);
    Some(request)
}

fn origin(table: Table<'_>, errors: &mut Errors) -> Option<Located<ExampleOrigin>> {
    const KEY: &str = "origin";
    const EXPECTED: &str = "`topology-builder` or `other`";
    let word = words(KEY, EXPECTED, table.get(KEY)?, errors)?;
    match ExampleOrigin::NAMES.into_iter().find(|(name, _)| *name == word.value) {
        Some((_, origin)) => Some(Located::new(origin, word.origin)),
        None => errors.wrong_value(KEY, EXPECTED, word, &["topology-builder", "other"]),
    }
}

/// Decodes every item that can be, so that the errors of all of them are found.
fn each<T>(items: &[Value], decode: fn(&Value, &mut Errors) -> Option<T>, errors: &mut Errors) -> Vec<T> {
    items.iter().filter_map(|item| decode(item, errors)).collect()
}

fn pair(value: &Value, errors: &mut Errors) -> Option<PairRequest> {
    let table = Table::closed("pair", "a pair", value, wire::PAIR_KEYS, errors)?;
    let pools = table.require("pools", "the names of the two pools", errors);
    let pools = pools.and_then(|value| two_pools(value, errors));
    let voice = voice::of_pair(table.get("voice-failover"), pools.as_ref(), errors);
    let replace = table.boolean("replace", errors).unwrap_or_else(|| Located::by_default(false));
    Some(PairRequest { pools: pools?, voice: voice?, replace, origin: table.origin.clone() })
}

fn two_pools(value: &Value, errors: &mut Errors) -> Option<[Located<Fqdn>; 2]> {
    let Kind::List(items) = &value.kind else {
        return errors.wrong_type("pools", "an array of two names", value);
    };
    let names: Vec<_> = items.iter().map(|item| fqdn("pools", item, errors)).collect();
    match <[_; 2]>::try_from(names) {
        Ok([first, second]) => Some([first?, second?]),
        Err(names) => errors.refuse(&value.origin, Problem::NotTwoPools { count: names.len() }),
    }
}

fn unpair(value: &Value, errors: &mut Errors) -> Option<UnpairRequest> {
    let table = Table::closed("unpair", "an un-pairing", value, wire::UNPAIR_KEYS, errors)?;
    let pool = table.require("pool", "the name of the pool to part from its partner", errors)?;
    Some(UnpairRequest { pool: fqdn("pool", pool, errors)?, origin: table.origin.clone() })
}

fn allow(value: &Value, errors: &mut Errors) -> Option<Allow> {
    let table = Table::closed("allow", "an allowance", value, wire::ALLOW_KEYS, errors)?;
    let rule = table.required_words("rule", "the id of the rule", errors);
    let reason = table.require("reason", "why the rule may be broken here", errors);
    let reason = reason.and_then(|value| reason_of(value, errors));
    Some(Allow { rule: rule?, reason: reason?, origin: table.origin.clone() })
}

fn reason_of(value: &Value, errors: &mut Errors) -> Option<Located<String>> {
    match &value.kind {
        Kind::Text(text) if text.trim().is_empty() => errors.refuse(&value.origin, Problem::EmptyReason),
        _ => words("reason", "a string", value, errors),
    }
}

fn check_allows<'a>(allows: impl Iterator<Item = &'a Allow>, errors: &mut Errors) {
    let rules = allows.map(|allow| (&allow.rule.value, &allow.rule.origin));
    errors.refuse_repeated(rules, |rule| Problem::DuplicateAllow { rule });
}
