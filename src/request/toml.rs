//! TOML into the tree of values.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeInteger, DeString, DeTable, DeValue};

use super::problem::Problem;
use super::text::Format;
use super::value::{Key, Kind, Noun, Value};
use super::{Located, Origin};

/// Parses a whole document, or says everything that is wrong with its syntax.
pub(super) fn parse(text: &str) -> Result<Value, Vec<Located<Problem>>> {
    let (document, errors) = DeTable::parse_recoverable(text);
    if errors.is_empty() {
        let span = document.span();
        return Ok(table(document.get_ref(), span));
    }
    Err(errors.iter().map(|error| problem(error, text)).collect())
}

fn problem(error: &toml::de::Error, text: &str) -> Located<Problem> {
    let range = error.span().unwrap_or(text.len()..text.len());
    let problem = Problem::Syntax { format: Format::Toml, message: error.message().into() };
    Located::new(problem, Origin::File(range))
}

fn value(spanned: &Spanned<DeValue<'_>>) -> Value {
    let kind = match spanned.get_ref() {
        DeValue::String(text) => Kind::Text(text.as_ref().into()),
        DeValue::Integer(number) => integer(number),
        DeValue::Float(_) => Kind::Other(Noun::Fraction),
        DeValue::Boolean(value) => Kind::Boolean(*value),
        DeValue::Datetime(_) => Kind::Other(Noun::DateOrTime),
        DeValue::Array(items) => Kind::List(items.iter().map(value).collect()),
        DeValue::Table(entries) => return table(entries, spanned.span()),
    };
    Value::new(kind, Origin::File(spanned.span()))
}

fn table(entries: &DeTable<'_>, span: Range<usize>) -> Value {
    let mut entries: Vec<_> = entries.iter().collect();
    entries.sort_by_key(|(key, _)| key.span().start);
    let entries = entries.into_iter().map(|(name, spanned)| (key(name), value(spanned))).collect();
    Value::new(Kind::Table(entries), Origin::File(span))
}

fn key(spanned: &Spanned<DeString<'_>>) -> Key {
    Key { name: spanned.get_ref().as_ref().into(), origin: Origin::File(spanned.span()) }
}

fn integer(number: &DeInteger<'_>) -> Kind {
    i128::from_str_radix(number.as_str(), number.radix()).map_or(Kind::Other(Noun::HugeNumber), Kind::Integer)
}
