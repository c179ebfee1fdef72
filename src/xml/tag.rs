//! Start tags.

use foldhash::{HashMap, HashMapExt};

use crate::source::{Limit, Limits, Span};

use super::error::{XmlErrorBuilder, XmlFault, XmlResult, shown};
use super::name::{ends_value, is_space, plain_prefix_len, prefix_len};
use super::reference::{self, BadReference};

/// A name with an optional prefix, by offsets into the document.
#[derive(Clone, Copy, Debug)]
pub(super) struct Name {
    pub(super) start: u32,
    /// The start of the local name.
    pub(super) local: u32,
    pub(super) end: u32,
}

/// An attribute, by offsets into the document.
#[derive(Clone, Copy, Debug)]
pub(super) struct RawAttribute {
    pub(super) name: Name,
    pub(super) value: Span,
}

impl Name {
    pub(super) fn qualified(self, text: &str) -> &str {
        text.get(self.span().range()).unwrap_or_default()
    }

    pub(super) fn local(self, text: &str) -> &str {
        text.get(self.local as usize..self.end as usize).unwrap_or_default()
    }

    /// The prefix; `""` is none.
    pub(super) fn prefix(self, text: &str) -> &str {
        text.get(self.prefix_span().range()).unwrap_or_default()
    }

    pub(super) fn has_prefix(self) -> bool {
        self.local > self.start
    }

    pub(super) fn span(self) -> Span {
        Span { start: self.start, end: self.end }
    }

    pub(super) fn prefix_span(self) -> Span {
        Span { start: self.start, end: self.local.saturating_sub(1).max(self.start) }
    }
}

/// Reads the start tag at `start` of `text` up to `end`, before its `>` or `/>` (productions 40 to 44), and replaces the
/// content of `attributes` with its attributes.
pub(super) fn scan(
    text: &str,
    start: usize,
    end: usize,
    limits: &Limits,
    attributes: &mut Vec<RawAttribute>,
) -> XmlResult<Name> {
    attributes.clear();
    let mut scanner = Scanner { text, bytes: text.as_bytes().get(..end).unwrap_or_default(), at: start + 1 };
    let name = scanner.name()?;
    loop {
        let spaced = scanner.skip_space();
        if scanner.peek().is_none() {
            return Ok(name);
        }
        if !spaced {
            return Err(scanner.unexpected("white space is missing before the attribute"));
        }
        if attributes.len() >= limits.attributes as usize {
            let fault = XmlFault::Limit(limits.exceeded(Limit::Attributes));
            return Err(XmlErrorBuilder::new(fault, Span::empty_at(scanner.at), "one too many"));
        }
        attributes.push(scanner.attribute(limits)?);
    }
}

struct Scanner<'t> {
    text: &'t str,
    /// The text up to the end of the tag.
    bytes: &'t [u8],
    at: usize,
}

impl Scanner<'_> {
    fn attribute(&mut self, limits: &Limits) -> XmlResult<RawAttribute> {
        let name = self.name()?;
        self.skip_space();
        if self.peek() != Some(b'=') {
            return Err(self.unexpected("`=` is missing after the name of the attribute"));
        }
        self.at += 1;
        self.skip_space();
        let quote = self.peek().filter(|quote| matches!(quote, b'"' | b'\''));
        let Some(quote) = quote else {
            return Err(self.tag_fault("the value of the attribute is not in quotes"));
        };
        self.at += 1;
        let start = self.at;
        loop {
            let rest = self.bytes.get(self.at..).unwrap_or_default();
            let Some(found) = rest.iter().position(|&byte| ends_value(byte)) else {
                // Tags end outside quotes: only the end of the document can be inside a value.
                let fault = XmlFault::UnclosedMarkup("the value of an attribute");
                let end = Span::empty_at(self.bytes.len());
                let opened = Span { start: name.start, end: start as u32 };
                return Err(XmlErrorBuilder::new(fault, end, "the document ends here").and(opened, "still open"));
            };
            self.at += found;
            match self.peek() {
                Some(b'<') => {
                    let span = Span::new(self.at, self.at + 1);
                    let opened = Span { start: name.start, end: start as u32 };
                    return Err(
                        XmlErrorBuilder::new(XmlFault::LessThanInValue, span, "here").and(opened, "in this attribute")
                    );
                }
                Some(b'&') => self.at += check_reference(self.text, self.at)?,
                Some(other) if other != quote => self.at += 1,
                _ => break,
            }
        }
        let value = Span::new(start, self.at);
        self.at += 1;
        check_length(value, limits)?;
        Ok(RawAttribute { name, value })
    }

    fn name(&mut self) -> XmlResult<Name> {
        let start = self.at as u32;
        let mut local = start;
        self.part()?;
        if self.peek() == Some(b':') {
            self.at += 1;
            local = self.at as u32;
            self.part()?;
        }
        Ok(Name { start, local, end: self.at as u32 })
    }

    fn part(&mut self) -> XmlResult {
        let length = plain_prefix_len(self.bytes.get(self.at..).unwrap_or_default())
            .unwrap_or_else(|| prefix_len(self.text.get(self.at..self.bytes.len()).unwrap_or_default()));
        if length > 0 {
            self.at += length;
            return Ok(());
        }
        Err(self.unexpected("a name is missing"))
    }

    fn skip_space(&mut self) -> bool {
        let before = self.at;
        while self.peek().is_some_and(is_space) {
            self.at += 1;
        }
        self.at > before
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    /// Explains the character at this position: what kind of mistake it most likely is.
    fn unexpected(&self, otherwise: &'static str) -> Box<XmlErrorBuilder> {
        let rest = self.text.get(self.at..self.bytes.len()).unwrap_or_default();
        let Some(character) = rest.chars().next() else {
            return self.tag_fault(otherwise);
        };
        let before = self.at.checked_sub(1).and_then(|before| self.bytes.get(before));
        let inside = !before.is_some_and(|&byte| is_space(byte) || b"<:\"'".contains(&byte));
        let fault = match character {
            '<' => XmlFault::Tag("the tag is not closed with `>`"),
            '/' => XmlFault::Tag("`/` stands only before the `>` of a tag"),
            ' ' | '\t' | '\r' | '\n' | '=' | '"' | '\'' => XmlFault::Tag(otherwise),
            _ if prefix_len(rest) > 0 => XmlFault::Tag(otherwise),
            _ => {
                let verb = if inside { "be in" } else { "start" };
                XmlFault::Name(format!("`{}` cannot {verb} a name", shown(&character.to_string())))
            }
        };
        XmlErrorBuilder::new(fault, Span::new(self.at, self.at + character.len_utf8()), "here")
    }

    fn tag_fault(&self, message: &'static str) -> Box<XmlErrorBuilder> {
        XmlErrorBuilder::new(XmlFault::Tag(message), Span::empty_at(self.at), "here")
    }
}

/// Checks the reference at `at` of `text`, and returns its length.
pub(super) fn check_reference(text: &str, at: usize) -> XmlResult<usize> {
    let rest = text.get(at..).unwrap_or_default();
    let Some((body, _)) = reference::split(rest) else {
        let fault = XmlFault::Reference("`&` begins no reference".into());
        return Err(XmlErrorBuilder::new(fault, Span::new(at, at + 1), "no `;` follows"));
    };
    let length = body.len() + 2;
    let Err(bad) = reference::resolve(body) else {
        return Ok(length);
    };
    let body = shown(body);
    let message = match bad {
        BadReference::Syntax => format!("`&{body};` is no reference"),
        BadReference::Undefined => format!("the entity `{body}` is not defined"),
        BadReference::Character => format!("`&{body};` is no character that XML can hold"),
    };
    Err(XmlErrorBuilder::new(XmlFault::Reference(message), Span::new(at, at + length), "here"))
}

/// Checks the length of a value or of a run of text.
pub(super) fn check_length(span: Span, limits: &Limits) -> XmlResult {
    if span.len() <= limits.value_length as usize {
        return Ok(());
    }
    let fault = XmlFault::Limit(limits.exceeded(Limit::ValueLength));
    Err(XmlErrorBuilder::new(fault, span, "this one"))
}

/// Checks that no attribute occurs twice; equal attributes have the same `key`.
pub(super) fn check_unique<K: Eq + std::hash::Hash>(
    attributes: &[RawAttribute],
    key: impl Fn(&RawAttribute) -> Option<K>,
    text: &str,
) -> XmlResult {
    let mut seen: HashMap<K, &RawAttribute> = HashMap::with_capacity(attributes.len());
    for second in attributes {
        if let Some(first) = key(second).and_then(|key| seen.insert(key, second)) {
            let fault = XmlFault::DuplicateAttribute(shown(second.name.qualified(text)));
            return Err(XmlErrorBuilder::new(fault, second.name.span(), "again").and(first.name.span(), "given here"));
        }
    }
    Ok(())
}

/// Whether two attributes might have the same name: length and first letter rule it out for most tags.
pub(super) fn may_repeat(attributes: &[RawAttribute], text: &str) -> bool {
    let mut seen = 0_u64;
    attributes.iter().any(|RawAttribute { name, .. }| {
        let first = text.as_bytes().get(name.start as usize).copied().unwrap_or_default();
        let bit = 1 << ((name.end - name.start + 7 * u32::from(first)) % 64);
        let is_taken = seen & bit != 0;
        seen |= bit;
        is_taken
    })
}
