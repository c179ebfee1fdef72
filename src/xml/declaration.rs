//! The grammar of the XML declaration.

use crate::source::Span;

use super::fault::{Broken, Checked, Fault};
use super::name::is_space;

/// Checks the declaration `<?xml…?>` that starts at `start` of the document (productions 23 to 26, 32, 80 and 81).
pub(super) fn check_declaration(declaration: &str, start: usize) -> Checked {
    if start > 0 {
        let span = Span::new(start, start + declaration.len());
        let fault = Fault::Declaration("the XML declaration is not at the start of the document");
        return Err(Broken::new(fault, span, "nothing can be before it, not even a blank"));
    }
    let inside = declaration.get(5..declaration.len().saturating_sub(2)).unwrap_or_default();
    let mut cursor = Cursor { rest: inside, offset: 5 };
    let mut expected: &[Field] = &FIELDS;
    while let Some((name, value)) = cursor.field()? {
        let known = expected.iter().position(|field| field.name == name);
        let field = known.and_then(|index| Some((expected.get(index)?, expected.get(index + 1..)?)));
        // The version cannot be left out, and comes first.
        let Some((field, later)) = field.filter(|_| known == Some(0) || expected.len() < FIELDS.len()) else {
            return Err(cursor.fault("the XML declaration has `version`, `encoding` and `standalone`, in this order"));
        };
        if !(field.allows)(value) {
            return Err(cursor.fault(field.fault));
        }
        expected = later;
    }
    if expected.len() == FIELDS.len() {
        return Err(cursor.fault("the XML declaration has no `version`"));
    }
    Ok(())
}

struct Field {
    name: &'static str,
    allows: fn(&str) -> bool,
    fault: &'static str,
}

const FIELDS: [Field; 3] = [
    Field { name: "version", allows: is_version, fault: "the version is not of the form `1.0`" },
    Field { name: "encoding", allows: is_encoding_name, fault: "this is not the name of an encoding" },
    Field { name: "standalone", allows: |value| matches!(value, "yes" | "no"), fault: "`standalone` is `yes` or `no`" },
];

/// The fifth edition takes every `1.x` for 1.0.
fn is_version(value: &str) -> bool {
    let minor = value.strip_prefix("1.").unwrap_or_default();
    !minor.is_empty() && minor.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_encoding_name(value: &str) -> bool {
    value.starts_with(|first: char| first.is_ascii_alphabetic())
        && value.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-'))
}

struct Cursor<'t> {
    rest: &'t str,
    offset: usize,
}

impl<'t> Cursor<'t> {
    /// The next name and value; white space must be before them.
    fn field(&mut self) -> Checked<Option<(&'t str, &'t str)>> {
        let spaces = self.skip(is_space);
        if self.rest.is_empty() {
            return Ok(None);
        }
        if spaces.is_empty() {
            return Err(self.fault("white space is missing in the XML declaration"));
        }
        let name = self.skip(|byte| byte.is_ascii_alphabetic());
        self.skip(is_space);
        self.expect("=")?;
        self.skip(is_space);
        let quote = if self.rest.starts_with('\'') { "'" } else { "\"" };
        self.expect(quote)?;
        let value = self.skip(|byte| !quote.as_bytes().contains(&byte));
        self.expect(quote)?;
        Ok(Some((name, value)))
    }

    fn skip(&mut self, wanted: impl Fn(u8) -> bool) -> &'t str {
        let length = self.rest.bytes().position(|byte| !wanted(byte)).unwrap_or(self.rest.len());
        let (skipped, rest) = self.rest.split_at(length);
        (self.rest, self.offset) = (rest, self.offset + length);
        skipped
    }

    fn expect(&mut self, token: &str) -> Checked {
        let Some(rest) = self.rest.strip_prefix(token) else {
            return Err(self.fault("the XML declaration is not made of names, `=` and quoted values"));
        };
        (self.rest, self.offset) = (rest, self.offset + token.len());
        Ok(())
    }

    fn fault(&self, message: &'static str) -> Box<Broken> {
        Broken::new(Fault::Declaration(message), Span::empty_at(self.offset), "here")
    }
}
