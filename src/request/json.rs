//! JSON into the tree of values.

use jsonc_parser::ast::{self, Object, ObjectPropName};
use jsonc_parser::common::{Range, Ranged};
use jsonc_parser::errors::{ParseError, ParseErrorKind};
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};
use serde::de::IgnoredAny;

use super::problem::Problem;
use super::text::Format;
use super::value::{Key, Kind, Noun, Value};
use super::{Located, Origin};

/// Parses a whole document, or says what is wrong with its syntax.
pub(super) fn parse(text: &str) -> Result<Value, Vec<Located<Problem>>> {
    let parsed = parse_to_ast(text, &CollectOptions::default(), &STRICT).map_err(|error| vec![problem(&error)])?;
    let Some(document) = parsed.value else {
        return Err(vec![syntax("the text is empty".into(), 0..text.len())]);
    };
    refuse_leniency(text).map_err(|error| vec![error])?;
    Ok(value(&document))
}

const STRICT: ParseOptions = ParseOptions {
    allow_comments: false,
    allow_loose_object_property_names: false,
    allow_trailing_commas: false,
    allow_missing_commas: false,
    allow_single_quoted_strings: false,
    allow_hexadecimal_numbers: false,
    allow_unary_plus_numbers: false,
    allow_bare_decimal_point_numbers: false,
    allow_non_finite_numbers: false,
    allow_extended_string_escapes: false,
};

/// Even its strict options let the parser with spans pass over control characters in strings and over white
/// space that JSON does not know, so a second parser has the last word.
fn refuse_leniency(text: &str) -> Result<(), Located<Problem>> {
    let Err(error) = serde_json::from_str::<IgnoredAny>(text) else {
        return Ok(());
    };
    let line_start: usize = text.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum();
    let offset = (line_start + error.column().saturating_sub(1)).min(text.len());
    let start = (0..=offset).rev().find(|&start| text.is_char_boundary(start)).unwrap_or_default();
    let message = error.to_string();
    let message = message.split(" at line ").next().unwrap_or_default();
    Err(syntax(message.into(), start..start))
}

fn problem(error: &ParseError) -> Located<Problem> {
    let Range { start, end } = error.range();
    let message = match error.kind() {
        ParseErrorKind::CommentsNotAllowed => "comments are not allowed; a request in TOML can have them".into(),
        kind => lower_case(&kind.to_string()),
    };
    syntax(message, start..end)
}

fn syntax(message: String, range: std::ops::Range<usize>) -> Located<Problem> {
    Located::new(Problem::Syntax { format: Format::Json, message }, Origin::File(range))
}

fn lower_case(message: &str) -> String {
    let mut characters = message.chars();
    characters.next().map(|first| first.to_lowercase().chain(characters).collect()).unwrap_or_default()
}

fn value(node: &ast::Value<'_>) -> Value {
    let kind = match node {
        ast::Value::StringLit(text) => Kind::Text(text.value.as_ref().into()),
        ast::Value::NumberLit(number) => self::number(number.value),
        ast::Value::BooleanLit(literal) => Kind::Boolean(literal.value),
        ast::Value::Object(object) => Kind::Table(entries(object)),
        ast::Value::Array(array) => Kind::List(array.elements.iter().map(value).collect()),
        ast::Value::NullKeyword(_) => Kind::Other(Noun::Null),
    };
    Value::new(kind, origin(node.range()))
}

fn entries(object: &Object<'_>) -> Vec<(Key, Value)> {
    let entry = |property: &ast::ObjectProp<'_>| {
        let name = match &property.name {
            ObjectPropName::String(text) => text.value.as_ref(),
            ObjectPropName::Word(word) => word.value,
        };
        (Key { name: name.into(), origin: origin(property.name.range()) }, value(&property.value))
    };
    object.properties.iter().map(entry).collect()
}

/// JSON does not tell `300` from `300.0`, and neither does JSON Schema.
fn number(literal: &str) -> Kind {
    if !literal.contains(['.', 'e', 'E']) {
        return literal.parse().map_or(Kind::Other(Noun::HugeNumber), Kind::Integer);
    }
    match serde_json::from_str::<f64>(literal) {
        Ok(number) if number.fract() == 0.0 => {
            format!("{number:.0}").parse().map_or(Kind::Other(Noun::HugeNumber), Kind::Integer)
        }
        _ => Kind::Other(Noun::Fraction),
    }
}

fn origin(Range { start, end }: Range) -> Origin {
    Origin::File(start..end)
}
