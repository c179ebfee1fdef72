//! Parses JSON into TOML values, which keep their spans.

use serde_json::Value;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::Origin;
use super::problem::{RequestError, RequestProblem};

/// Parses a whole document.
pub(super) fn parse(text: &str) -> Result<Spanned<DeValue<'_>>, Vec<RequestError>> {
    // The scanner relies on serde_json having validated the text.
    serde_json::from_str::<Value>(text).map_err(|error| syntax(text, &error))?;
    JsonScanner { text, at: 0 }.value()
}

/// A position in a text that is known to be valid JSON.
struct JsonScanner<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> JsonScanner<'t> {
    /// Skips white space, commas and colons.
    fn rest(&mut self) -> &'t str {
        let rest = self.text.get(self.at..).unwrap_or_default();
        let rest = rest.trim_start_matches([' ', '\t', '\r', '\n', ',', ':']);
        self.at = self.text.len() - rest.len();
        rest
    }

    fn value(&mut self) -> Result<Spanned<DeValue<'t>>, Vec<RequestError>> {
        let (rest, start) = (self.rest(), self.at);
        let value = match rest.as_bytes().first() {
            Some(b'{') => DeValue::Table(self.table()?),
            Some(b'[') => {
                let mut items = Vec::new();
                self.at += 1;
                while !self.rest().starts_with(']') {
                    items.push(self.value()?);
                }
                self.at += 1;
                DeValue::Array(items.into_iter().collect())
            }
            Some(b'"') => DeValue::String(self.string().into()),
            _ => self.number_or_boolean(rest)?,
        };
        Ok(Spanned::new(start..self.at, value))
    }

    fn table(&mut self) -> Result<DeTable<'t>, Vec<RequestError>> {
        let mut table = DeTable::new();
        self.at += 1;
        while !self.rest().starts_with('}') {
            let (start, key) = (self.at, self.string());
            let key = Spanned::new(start..self.at, key.into());
            if let Some((first, _)) = table.get_key_value(&key) {
                let problem = RequestProblem::DuplicateKey { key: key.get_ref().to_string() };
                return Err(vec![RequestError::repeat(problem, Origin::File(key.span()), &Origin::File(first.span()))]);
            }
            table.insert(key, self.value()?);
        }
        self.at += 1;
        Ok(table)
    }

    fn string(&mut self) -> String {
        let mut strings = serde_json::Deserializer::from_str(self.rest()).into_iter::<String>();
        let string = strings.next().and_then(Result::ok).unwrap_or_default();
        self.at += strings.byte_offset().max(1);
        string
    }

    /// Numbers and booleans are written alike in JSON and TOML.
    fn number_or_boolean(&mut self, rest: &'t str) -> Result<DeValue<'t>, Vec<RequestError>> {
        let word = rest.split([',', ']', '}', ' ', '\t', '\r', '\n']).next().unwrap_or_default();
        let origin = Origin::File(self.at..self.at + word.len());
        self.at += word.len().max(1);
        let problem =
            if word == "null" { RequestProblem::Null } else { RequestProblem::syntax("JSON", "invalid number") };
        DeValue::parse(word).map(Spanned::into_inner).map_err(|_| vec![RequestError::new(problem, origin)])
    }
}

/// Converts the line and column of an error to an offset.
fn syntax(text: &str, error: &serde_json::Error) -> Vec<RequestError> {
    let line_start: usize = text.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum();
    let offset = text.floor_char_boundary((line_start + error.column().saturating_sub(1)).min(text.len()));
    let message = error.to_string();
    let message = message.split(" at line ").next().unwrap_or_default();
    vec![RequestError::new(RequestProblem::syntax("JSON", message), Origin::File(offset..offset))]
}
