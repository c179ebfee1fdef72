//! Start tags.

use std::collections::HashMap;

use crate::source::{Limit, Limits, Span};

use super::fault::{Broken, Checked, Fault, shown};
use super::name::{is_space, plain_prefix_len, prefix_len};
use super::reference::{self, BadReference};

/// A name with an optional prefix, by offsets into the document.
#[derive(Clone, Copy, Debug)]
pub(super) struct Name {
    pub(super) start: usize,
    /// Where the local name starts.
    pub(super) local: usize,
    pub(super) end: usize,
}

/// An attribute, by offsets into the document.
#[derive(Clone, Copy, Debug)]
pub(super) struct RawAttribute {
    pub(super) name: Name,
    pub(super) value: Span,
}

impl Name {
    pub(super) fn qualified(self, text: &str) -> &str {
        text.get(self.start..self.end).unwrap_or_default()
    }

    /// As [`Name::qualified`], for comparing.
    pub(super) fn bytes(self, text: &str) -> &[u8] {
        text.as_bytes().get(self.start..self.end).unwrap_or_default()
    }

    pub(super) fn local(self, text: &str) -> &str {
        text.get(self.local..self.end).unwrap_or_default()
    }

    /// The prefix; `""` is none.
    pub(super) fn prefix(self, text: &str) -> &str {
        text.get(self.start..self.local.saturating_sub(1)).unwrap_or_default()
    }

    pub(super) fn has_prefix(self) -> bool {
        self.local > self.start
    }

    pub(super) fn span(self) -> Span {
        Span::new(self.start, self.end)
    }
}

/// Reads the start tag at `start` of `text` up to `end`, which is before its `>` or `/>` (productions 40 to 44).
///
/// The attributes are put into `attributes`, which is emptied first.
pub(super) fn scan(
    text: &str,
    start: usize,
    end: usize,
    limits: &Limits,
    attributes: &mut Vec<RawAttribute>,
) -> Checked<Name> {
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
            let fault = Fault::Limit(limits.exceeded(Limit::Attributes));
            return Err(Broken::new(fault, Span::empty_at(scanner.at), "one too many"));
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
    fn attribute(&mut self, limits: &Limits) -> Checked<RawAttribute> {
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
            let Some(found) = memchr::memchr3(quote, b'<', b'&', rest) else {
                // Tags end outside of quotes: only the end of the document can be inside of a value.
                let fault = Fault::UnclosedMarkup("the value of an attribute");
                let end = Span::empty_at(self.bytes.len());
                let opened = Span::new(name.start, start);
                return Err(Broken::new(fault, end, "the document ends here").and(opened, "still open"));
            };
            self.at += found;
            match self.peek() {
                Some(b'<') => {
                    let span = Span::new(self.at, self.at + 1);
                    let opened = Span::new(name.start, start);
                    return Err(Broken::new(Fault::LessThanInValue, span, "here").and(opened, "in this attribute"));
                }
                Some(b'&') => self.at += check_reference(self.text, self.at)?,
                _ => break,
            }
        }
        let value = Span::new(start, self.at);
        self.at += 1;
        check_length(value, limits)?;
        Ok(RawAttribute { name, value })
    }

    fn name(&mut self) -> Checked<Name> {
        let start = self.at;
        let mut local = start;
        self.part()?;
        if self.peek() == Some(b':') {
            self.at += 1;
            local = self.at;
            self.part()?;
        }
        Ok(Name { start, local, end: self.at })
    }

    fn part(&mut self) -> Checked {
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

    /// Explains the character at this place: what kind of slip it most likely is.
    fn unexpected(&self, otherwise: &'static str) -> Box<Broken> {
        let rest = self.text.get(self.at..self.bytes.len()).unwrap_or_default();
        let Some(character) = rest.chars().next() else {
            return self.tag_fault(otherwise);
        };
        let before = self.at.checked_sub(1).and_then(|before| self.bytes.get(before));
        let inside = !before.is_some_and(|&byte| is_space(byte) || b"<:\"'".contains(&byte));
        let fault = match character {
            '<' => Fault::Tag("the tag is not closed with `>`"),
            '/' => Fault::Tag("`/` stands only before the `>` of a tag"),
            ' ' | '\t' | '\r' | '\n' | '=' | '"' | '\'' => Fault::Tag(otherwise),
            _ if prefix_len(rest) > 0 => Fault::Tag(otherwise),
            _ => {
                let verb = if inside { "be in" } else { "start" };
                Fault::Name(format!("`{}` cannot {verb} a name", shown(&character.to_string())))
            }
        };
        Broken::new(fault, Span::new(self.at, self.at + character.len_utf8()), "here")
    }

    fn tag_fault(&self, message: &'static str) -> Box<Broken> {
        Broken::new(Fault::Tag(message), Span::empty_at(self.at), "here")
    }
}

/// Checks the reference at `at` of `text`, and tells its length.
pub(super) fn check_reference(text: &str, at: usize) -> Checked<usize> {
    let rest = text.get(at..).unwrap_or_default();
    let Some((body, _)) = reference::split(rest) else {
        let fault = Fault::Reference("`&` begins no reference".into());
        return Err(Broken::new(fault, Span::new(at, at + 1), "no `;` follows"));
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
    Err(Broken::new(Fault::Reference(message), Span::new(at, at + length), "here"))
}

/// Checks the length of a value or of a run of text.
pub(super) fn check_length(span: Span, limits: &Limits) -> Checked {
    if span.len() <= limits.value_length as usize {
        return Ok(());
    }
    let fault = Fault::Limit(limits.exceeded(Limit::ValueLength));
    Err(Broken::new(fault, span, "this one"))
}

/// Checks that no attribute is given twice; `key` tells two of them apart.
///
/// A few are compared with each other, many are hashed, so that time stays linear.
pub(super) fn check_unique<K: Eq + std::hash::Hash>(
    attributes: &[RawAttribute],
    text: &str,
    key: impl Fn(&RawAttribute) -> Option<K>,
) -> Checked {
    const FEW: usize = 12;
    let twice = |first: &RawAttribute, second: &RawAttribute| {
        let fault = Fault::DuplicateAttribute(shown(second.name.qualified(text)));
        Broken::new(fault, second.name.span(), "again").and(first.name.span(), "given here")
    };
    if attributes.len() <= FEW {
        for (index, second) in attributes.iter().enumerate() {
            let Some(wanted) = key(second) else { continue };
            let earlier = attributes.iter().take(index);
            if let Some(first) = earlier.into_iter().find(|first| key(first).as_ref() == Some(&wanted)) {
                return Err(twice(first, second));
            }
        }
        return Ok(());
    }
    let mut seen: HashMap<K, &RawAttribute> = HashMap::with_capacity(attributes.len());
    for second in attributes {
        if let Some(first) = key(second).and_then(|key| seen.insert(key, second)) {
            return Err(twice(first, second));
        }
    }
    Ok(())
}
