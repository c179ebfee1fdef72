//! JSON into the values of TOML, which keep their places.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::Origin;
use super::problem::{RequestProblem, UnplacedProblem};

/// Parses a whole document.
pub(super) fn parse(text: &str) -> Result<Spanned<DeValue<'_>>, Vec<UnplacedProblem>> {
    // What is not JSON is refused in the words of the parser that knows it best.
    serde_json::from_str::<serde_json::Value>(text).map_err(|error| syntax(text, 0, &error))?;
    let raw = serde_json::from_str(text).map_err(|error| syntax(text, 0, &error))?;
    value(text, raw, DEPTH)
}

/// How deep a value may lie; each level is parsed once more for every level above it, and no request needs five.
const DEPTH: usize = 16;

fn value<'t>(text: &'t str, raw: &'t RawValue, depth: usize) -> Result<Spanned<DeValue<'t>>, Vec<UnplacedProblem>> {
    let (json, start) = (raw.get(), offset(text, raw));
    let origin = Origin::File(start..start + json.len());
    let depth = depth.checked_sub(1).ok_or_else(|| {
        vec![UnplacedProblem::new(RequestProblem::syntax("JSON", "nested too deeply"), origin.clone())]
    })?;
    let value = match json.as_bytes().first() {
        Some(b'{') => DeValue::Table(table(text, raw, depth)?),
        Some(b'[') => {
            let items: Vec<&RawValue> = parsed(text, raw)?;
            DeValue::Array(items.into_iter().map(|item| value(text, item, depth)).collect::<Result<_, _>>()?)
        }
        Some(b'"') => DeValue::String(parsed::<String>(text, raw)?.into()),
        Some(b'n') => return Err(vec![UnplacedProblem::new(RequestProblem::Null, origin)]),
        _ => number_or_boolean(json)
            .ok_or_else(|| vec![UnplacedProblem::new(RequestProblem::syntax("JSON", "invalid number"), origin)])?,
    };
    Ok(Spanned::new(start..start + json.len(), value))
}

/// These are written alike in both languages.
fn number_or_boolean(json: &str) -> Option<DeValue<'_>> {
    DeValue::parse(json).ok().map(Spanned::into_inner)
}

fn table<'t>(text: &'t str, raw: &'t RawValue, depth: usize) -> Result<DeTable<'t>, Vec<UnplacedProblem>> {
    let mut table = DeTable::new();
    for (key, entry) in parsed::<JsonEntries<'_>>(text, raw)?.0 {
        let start = offset(text, key);
        let key = Spanned::new(start..start + key.get().len(), parsed::<String>(text, key)?.into());
        if let Some((first, _)) = table.get_key_value(&key) {
            let problem = RequestProblem::DuplicateKey { key: key.get_ref().to_string() };
            return Err(vec![UnplacedProblem::again(problem, Origin::File(key.span()), Origin::File(first.span()))]);
        }
        table.insert(key, value(text, entry, depth)?);
    }
    Ok(table)
}

/// What a part of the document holds, one level down.
fn parsed<'t, T: Deserialize<'t>>(text: &'t str, raw: &'t RawValue) -> Result<T, Vec<UnplacedProblem>> {
    serde_json::from_str(raw.get()).map_err(|error| syntax(text, offset(text, raw), &error))
}

fn offset(text: &str, raw: &RawValue) -> usize {
    raw.get().as_ptr().addr() - text.as_ptr().addr()
}

/// The error of a part that starts at `start`, with its line and column made an offset.
fn syntax(text: &str, start: usize, error: &serde_json::Error) -> Vec<UnplacedProblem> {
    let part = text.get(start..).unwrap_or_default();
    let line_start: usize = part.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum();
    let offset = (start + line_start + error.column().saturating_sub(1)).min(text.len());
    let message = error.to_string();
    let message = message.split(" at line ").next().unwrap_or_default();
    let offset = text.floor_char_boundary(offset);
    vec![UnplacedProblem::new(RequestProblem::syntax("JSON", message), Origin::File(offset..offset))]
}

/// The entries of an object in their order, a repeated key more than once.
struct JsonEntries<'t>(Vec<(&'t RawValue, &'t RawValue)>);

impl<'t> Deserialize<'t> for JsonEntries<'t> {
    fn deserialize<D: Deserializer<'t>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(EntriesVisitor)
    }
}

struct EntriesVisitor;

impl<'t> Visitor<'t> for EntriesVisitor {
    type Value = JsonEntries<'t>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'t>>(self, mut map: A) -> Result<JsonEntries<'t>, A::Error> {
        let mut entries = Vec::new();
        while let Some(entry) = map.next_entry()? {
            entries.push(entry);
        }
        Ok(JsonEntries(entries))
    }
}
