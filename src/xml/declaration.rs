//! The grammar of the XML declaration.

use crate::source::{Span, Spanned, is_encoding_name};

use super::error::{XmlErrorBuilder, XmlFault, XmlResult};
use super::name::is_space;

/// Checks the declaration `<?xml…?>` that starts at `start` of the document (productions 23 to 26, 32, 80 and 81).
pub(super) fn check_declaration(declaration: &str, start: usize) -> XmlResult {
    if start > 0 {
        let span = Span::new(start, start + declaration.len());
        let fault = XmlFault::Declaration("the XML declaration is not at the start of the document");
        return Err(XmlErrorBuilder::new(fault, span, "nothing can be before it, not even a blank"));
    }
    let inside = declaration.get(5..declaration.len().saturating_sub(2)).unwrap_or_default();
    let mut cursor = Cursor { rest: inside, offset: 5 };
    let mut expected: &[Field] = &FIELDS;
    while let Some((name, value)) = cursor.field()? {
        let known = expected.iter().position(|field| field.name == name.value);
        let field = known.and_then(|index| Some((expected.get(index)?, expected.get(index + 1..)?)));
        // The version is required, and comes first.
        let in_order = known == Some(0) || expected.len() < FIELDS.len();
        let Some((field, later)) = field.filter(|_| in_order) else {
            return Err(fault(ORDER, name.span));
        };
        if !(field.allows)(value.value) {
            return Err(fault(field.fault, value.span));
        }
        expected = later;
    }
    if expected.len() == FIELDS.len() {
        return Err(fault("the XML declaration has no `version`", Span::empty_at(cursor.offset)));
    }
    Ok(())
}

const ORDER: &str = "the XML declaration has `version`, `encoding` and `standalone`, in this order";

fn fault(message: &'static str, span: Span) -> Box<XmlErrorBuilder> {
    XmlErrorBuilder::new(XmlFault::Declaration(message), span, "here")
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

/// The fifth edition reads every `1.x` as 1.0.
fn is_version(value: &str) -> bool {
    let minor = value.strip_prefix("1.").unwrap_or_default();
    !minor.is_empty() && minor.bytes().all(|byte| byte.is_ascii_digit())
}

struct Cursor<'t> {
    rest: &'t str,
    offset: usize,
}

impl<'t> Cursor<'t> {
    /// The next name and value; white space must be before them.
    fn field(&mut self) -> XmlResult<Option<(Spanned<&'t str>, Spanned<&'t str>)>> {
        let spaces = self.take(is_space).value;
        if self.rest.is_empty() {
            return Ok(None);
        }
        if spaces.is_empty() {
            return Err(self.fault("white space is missing in the XML declaration"));
        }
        let name = self.take(|byte| byte.is_ascii_alphabetic());
        self.take(is_space);
        self.expect("=")?;
        self.take(is_space);
        let quote = if self.rest.starts_with('\'') { "'" } else { "\"" };
        self.expect(quote)?;
        let value = self.take(|byte| !quote.as_bytes().contains(&byte));
        self.expect(quote)?;
        Ok(Some((name, value)))
    }

    /// Skips the expected bytes.
    fn take(&mut self, wanted: impl Fn(u8) -> bool) -> Spanned<&'t str> {
        let length = self.rest.bytes().position(|byte| !wanted(byte)).unwrap_or(self.rest.len());
        let (taken, rest) = self.rest.split_at_checked(length).unwrap_or((self.rest, ""));
        let start = self.offset;
        (self.rest, self.offset) = (rest, start + taken.len());
        Spanned::new(taken, Span::new(start, self.offset))
    }

    fn expect(&mut self, token: &str) -> XmlResult {
        let Some(rest) = self.rest.strip_prefix(token) else {
            return Err(self.fault("the XML declaration is made of names, `=` and quoted values"));
        };
        (self.rest, self.offset) = (rest, self.offset + token.len());
        Ok(())
    }

    fn fault(&self, message: &'static str) -> Box<XmlErrorBuilder> {
        fault(message, Span::empty_at(self.offset))
    }
}
