//! Text and attribute values: references resolved, white space and line ends normalized.

use std::borrow::Cow;

use super::name::changes_value;
use super::reference::{resolve, split};

/// The value of an attribute: references resolved, line ends and white space as single blanks (sections 2.11 and
/// 3.3.3 of XML 1.0, for attributes that no document type declares).
pub(super) fn attribute_value(raw: &str) -> Cow<'_, str> {
    // Most values are too short for a vectorized search to pay off.
    if !raw.bytes().any(changes_value) {
        return Cow::Borrowed(raw);
    }
    let mut value = String::with_capacity(raw.len());
    resolve_into(&mut value, raw, |character| if matches!(character, '\t' | '\n') { ' ' } else { character });
    Cow::Owned(value)
}

/// The text of `content`, which lies between two tags: references resolved, CDATA sections unwrapped, comments and
/// processing instructions left out, line ends as line feeds.
pub(super) fn append_content(out: &mut Cow<'_, str>, content: &str) {
    let mut rest = content;
    while let Some(markup) = memchr::memchr(b'<', rest.as_bytes()) {
        let (text, after) = rest.split_at(markup);
        append(out, text);
        let (section, end) = sections(after);
        if let Some(section) = section {
            append_line_ends(out.to_mut(), section);
        }
        rest = after.get(end..).unwrap_or_default();
    }
    append(out, rest);
}

/// Whether `content` is its own text.
pub(super) fn is_plain(content: &str) -> bool {
    memchr::memchr3(b'<', b'&', b'\r', content.as_bytes()).is_none()
}

/// The CDATA section that `markup` starts with, if it is one, and the end of it or of the comment or instruction.
fn sections(markup: &str) -> (Option<&str>, usize) {
    let up_to = |close: &str| markup.find(close).map_or(markup.len(), |at| at + close.len());
    if markup.starts_with("<![CDATA[") {
        let end = up_to("]]>");
        (markup.get(9..end.saturating_sub(3)), end)
    } else if markup.starts_with("<!--") {
        (None, markup.get(4..).and_then(|rest| rest.find("-->")).map_or(markup.len(), |at| at + 7))
    } else {
        (None, up_to("?>"))
    }
}

fn append(out: &mut Cow<'_, str>, text: &str) {
    if !text.is_empty() {
        resolve_into(out.to_mut(), text, |character| character);
    }
}

/// Appends `raw` with its references resolved; `literal` maps the characters that are written as themselves.
fn resolve_into(out: &mut String, raw: &str, literal: impl Fn(char) -> char) {
    let mut rest = raw;
    while let Some(reference) = memchr::memchr(b'&', rest.as_bytes()) {
        let (text, after) = rest.split_at(reference);
        append_mapped(out, text, &literal);
        rest = match split(after).and_then(|(body, rest)| Some((resolve(body).ok()?, rest))) {
            Some((character, rest)) => {
                out.push(character);
                rest
            }
            // Unreachable: a document is checked before it is read.
            None => "",
        };
    }
    append_mapped(out, rest, &literal);
}

fn append_line_ends(out: &mut String, text: &str) {
    append_mapped(out, text, &|character| character);
}

fn append_mapped(out: &mut String, text: &str, literal: &impl Fn(char) -> char) {
    for (index, line) in text.split('\r').enumerate() {
        let ends = index > 0 && !line.starts_with('\n');
        out.extend(ends.then(|| literal('\n')));
        out.extend(line.chars().map(literal));
    }
}
