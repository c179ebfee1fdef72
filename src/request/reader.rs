//! Serde over the values of a request, with errors that know what is wrong, and where.

use std::fmt;
use std::ops::Range;
use std::vec::IntoIter;

use serde::de::value::StrDeserializer;
use serde::de::{
    self, Deserialize, DeserializeSeed, Deserializer, Expected, IntoDeserializer, MapAccess, SeqAccess, Unexpected,
    Visitor,
};
use serde::forward_to_deserialize_any;
use serde_spanned::de::SpannedDeserializer;
use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue};

use super::located::LOCATED;
use super::problem::{RequestErrors, RequestProblem, UnplacedProblem, one_of};
use super::{Origin, VoiceTable};

type Value<'v> = Spanned<DeValue<'v>>;

/// Reads a request. Whatever is refused is left out and the rest read again, until all that is wrong is found, or
/// more than is reported.
pub(super) fn read<'v, T: Deserialize<'v>>(value: &'v Value<'v>) -> Result<T, Vec<UnplacedProblem>> {
    let (mut found, mut refused) = (Vec::new(), Vec::new());
    loop {
        let whole = Reader { key: "request", value, refused: &refused };
        let fault = match T::deserialize(whole) {
            Ok(read) if refused.is_empty() => return Ok(read),
            Ok(_) => return Err(found),
            Err(fault) => whole.complete(fault),
        };
        found.extend(
            fault.problem.map(|problem| UnplacedProblem::new(problem, Origin::File(fault.place.unwrap_or_default()))),
        );
        match fault.refused {
            Some(part) if !std::ptr::eq(part, value) && found.len() <= RequestErrors::MOST => refused.push(part),
            _ => return Err(found),
        }
    }
}

/// Why a value is refused.
#[derive(Debug)]
struct ValueFault<'v> {
    /// What is wrong; `None` for a key that is missing because its value was refused before.
    problem: Option<RequestProblem>,
    /// What the message points at; `None` until [`Reader::complete`] knows.
    place: Option<Range<usize>>,
    /// What is left out when the rest is read.
    refused: Option<&'v Value<'v>>,
}

/// A value under a key of a request.
#[derive(Clone, Copy)]
struct Reader<'v, 'r> {
    key: &'v str,
    value: &'v Value<'v>,
    refused: &'r [&'v Value<'v>],
}

impl<'v, 'r> Reader<'v, 'r> {
    /// Completes a fault of this value; a fault of a value in it is complete.
    fn complete(self, fault: ValueFault<'v>) -> ValueFault<'v> {
        if fault.place.is_some() {
            return fault;
        }
        let has = |key: &str| self.value.get_ref().get(key).is_some();
        let problem = fault.problem.filter(|problem| !problem.missing_key().is_some_and(has));
        let problem = problem.map(|problem| problem.of(self.key, self.value.get_ref()));
        ValueFault { problem, place: Some(self.value.span()), refused: fault.refused.or(Some(self.value)) }
    }

    fn is_refused(&self) -> bool {
        self.refused.iter().any(|part| std::ptr::eq(*part, self.value))
    }

    fn items(self, items: &'v [Value<'v>]) -> Items<'v, 'r> {
        let items = items.iter().map(|value| Self { value, ..self });
        Items(items.filter(|item| !item.is_refused()).collect::<Vec<_>>().into_iter())
    }

    fn entries(self, table: &'v DeTable<'v>, known: &'static [&'static str]) -> TableEntries<'v, 'r> {
        let entries = table.iter().map(|(key, value)| (key, Self { key: key.get_ref(), value, ..self }));
        let entries = entries.filter(|(_, entry)| !entry.is_refused()).collect::<Vec<_>>();
        TableEntries { entries: entries.into_iter(), next: None, known }
    }

    /// A whole number; JSON does not tell `300` from `300.0`.
    fn natural(self) -> Option<u64> {
        match self.value.get_ref() {
            DeValue::Integer(number) => u64::from_str_radix(number.as_str(), number.radix()).ok(),
            DeValue::Float(number) => {
                let number: f64 = number.as_str().replace('_', "").parse().ok()?;
                (number.fract() == 0.0).then(|| format!("{number:.0}").parse().ok())?
            }
            _ => None,
        }
    }
}

impl<'v> Deserializer<'v> for Reader<'v, '_> {
    type Error = ValueFault<'v>;

    fn deserialize_any<V: Visitor<'v>>(self, visitor: V) -> Result<V::Value, ValueFault<'v>> {
        match self.value.get_ref() {
            DeValue::String(text) => {
                RequestProblem::check_line(text)?;
                visitor.visit_str(text)
            }
            DeValue::Boolean(value) => visitor.visit_bool(*value),
            DeValue::Table(table) => visitor.visit_map(self.entries(table, &[])),
            DeValue::Integer(number) if number.as_str().starts_with('-') => visitor.visit_i64(-1),
            _ => match self.natural() {
                Some(number) => visitor.visit_u64(number),
                None => Err(de::Error::invalid_type(Unexpected::Unit, &visitor)),
            },
        }
    }

    fn deserialize_bool<V: Visitor<'v>>(self, visitor: V) -> Result<V::Value, ValueFault<'v>> {
        match self.value.get_ref() {
            DeValue::Boolean(value) => visitor.visit_bool(*value),
            _ => Err(RequestProblem::expected("`true` or `false`").into()),
        }
    }

    fn deserialize_u64<V: Visitor<'v>>(self, visitor: V) -> Result<V::Value, ValueFault<'v>> {
        match self.natural() {
            Some(number) => visitor.visit_u64(number),
            None => Err(RequestProblem::expected("a whole number from 0 on").into()),
        }
    }

    fn deserialize_seq<V: Visitor<'v>>(self, visitor: V) -> Result<V::Value, ValueFault<'v>> {
        match self.value.get_ref() {
            DeValue::Array(items) => visitor.visit_seq(self.items(items)),
            _ => Err(RequestProblem::expected("an array of tables").into()),
        }
    }

    /// The two pools of a pair; a pair without one of them is none, so they are refused together.
    fn deserialize_tuple<V: Visitor<'v>>(self, len: usize, visitor: V) -> Result<V::Value, ValueFault<'v>> {
        match self.value.get_ref() {
            DeValue::Array(items) if items.len() == len => {
                visitor.visit_seq(self.items(items)).map_err(|fault| ValueFault { refused: Some(self.value), ..fault })
            }
            DeValue::Array(items) => Err(RequestProblem::NotTwoPools { count: items.len() }.into()),
            _ => Err(RequestProblem::expected("an array of two names").into()),
        }
    }

    fn deserialize_struct<V: Visitor<'v>>(
        self,
        _: &'static str,
        keys: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, ValueFault<'v>> {
        match self.value.get_ref() {
            DeValue::Table(table) => visitor.visit_map(self.entries(table, keys)),
            _ => Err(RequestProblem::expected("a table").into()),
        }
    }

    fn deserialize_enum<V: Visitor<'v>>(
        self,
        _: &'static str,
        words: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, ValueFault<'v>> {
        match self.value.get_ref() {
            DeValue::String(word) => visitor.visit_enum(StrDeserializer::new(word)),
            _ => Err(RequestProblem::expected(one_of(words)).into()),
        }
    }

    fn deserialize_option<V: Visitor<'v>>(self, visitor: V) -> Result<V::Value, ValueFault<'v>> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'v>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, ValueFault<'v>> {
        match name {
            LOCATED => visitor.visit_map(SpannedDeserializer::new(self, self.value.span())),
            _ => visitor.visit_newtype_struct(self),
        }
    }

    forward_to_deserialize_any! {
        <V: Visitor<'v>>
        i8 i16 i32 i64 i128 u8 u16 u32 u128 f32 f64 char str string bytes byte_buf unit unit_struct tuple_struct map
        identifier ignored_any
    }
}

impl<'v> IntoDeserializer<'v, ValueFault<'v>> for Reader<'v, '_> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

/// The items of an array that are not refused.
struct Items<'v, 'r>(IntoIter<Reader<'v, 'r>>);

impl<'v> SeqAccess<'v> for Items<'v, '_> {
    type Error = ValueFault<'v>;

    fn next_element_seed<T: DeserializeSeed<'v>>(&mut self, seed: T) -> Result<Option<T::Value>, ValueFault<'v>> {
        self.0.next().map(|item| seed.deserialize(item).map_err(|fault| item.complete(fault))).transpose()
    }
}

/// The entries of a table that are not refused.
struct TableEntries<'v, 'r> {
    entries: IntoIter<(&'v Spanned<DeString<'v>>, Reader<'v, 'r>)>,
    next: Option<Reader<'v, 'r>>,
    known: &'static [&'static str],
}

impl<'v> MapAccess<'v> for TableEntries<'v, '_> {
    type Error = ValueFault<'v>;

    fn next_key_seed<K: DeserializeSeed<'v>>(&mut self, seed: K) -> Result<Option<K::Value>, ValueFault<'v>> {
        let Some((key, entry)) = self.entries.next() else { return Ok(None) };
        self.next = Some(entry);
        let is_table = matches!(entry.value.get_ref(), DeValue::Table(_));
        let takes_tables = self.known.contains(&VoiceTable::ANY_TABLE);
        let result = if takes_tables && !is_table && !self.known.contains(&entry.key) {
            Err(de::Error::unknown_field(entry.key, self.known))
        } else {
            seed.deserialize(Key(key))
        };
        result.map(Some).map_err(|fault: ValueFault<'v>| ValueFault {
            problem: fault.problem.map(|problem| problem.of(entry.key, entry.value.get_ref())),
            place: Some(key.span()),
            refused: Some(entry.value),
        })
    }

    fn next_value_seed<V: DeserializeSeed<'v>>(&mut self, seed: V) -> Result<V::Value, ValueFault<'v>> {
        match self.next.take() {
            Some(entry) => seed.deserialize(entry).map_err(|fault| entry.complete(fault)),
            None => Err(de::Error::custom("a value without a key")),
        }
    }
}

/// A key of a table.
struct Key<'v>(&'v Spanned<DeString<'v>>);

impl<'v> Deserializer<'v> for Key<'v> {
    type Error = ValueFault<'v>;

    fn deserialize_any<V: Visitor<'v>>(self, visitor: V) -> Result<V::Value, ValueFault<'v>> {
        visitor.visit_str(self.0.get_ref())
    }

    fn deserialize_newtype_struct<V: Visitor<'v>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, ValueFault<'v>> {
        visitor.visit_map(SpannedDeserializer::new(self.0.get_ref().as_ref(), self.0.span()))
    }

    forward_to_deserialize_any! {
        <V: Visitor<'v>>
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct seq
        tuple tuple_struct map struct enum identifier ignored_any
    }
}

impl From<RequestProblem> for ValueFault<'_> {
    fn from(problem: RequestProblem) -> Self {
        Self { problem: Some(problem), place: None, refused: None }
    }
}

impl fmt::Display for ValueFault<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.problem.iter().try_for_each(|problem| problem.fmt(f))
    }
}

impl std::error::Error for ValueFault<'_> {}

impl de::Error for ValueFault<'_> {
    fn custom<T: fmt::Display>(reason: T) -> Self {
        RequestProblem::value(reason.to_string()).into()
    }

    fn invalid_type(_: Unexpected<'_>, expected: &dyn Expected) -> Self {
        RequestProblem::expected(expected).into()
    }

    fn invalid_value(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        let found = match found {
            Unexpected::Str(text) => text.to_owned(),
            found => found.to_string(),
        };
        RequestProblem::Word { key: String::new(), found, expected: expected.to_string() }.into()
    }

    fn unknown_variant(found: &str, known: &'static [&'static str]) -> Self {
        RequestProblem::Word { key: String::new(), found: found.into(), expected: one_of(known) }.into()
    }

    fn unknown_field(key: &str, known: &'static [&'static str]) -> Self {
        RequestProblem::UnknownKey { key: key.into(), known, is_table: false }.into()
    }

    fn missing_field(missing: &'static str) -> Self {
        RequestProblem::MissingKey { table: String::new(), missing }.into()
    }
}
