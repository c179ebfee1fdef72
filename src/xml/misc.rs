//! Comments, processing instructions and characters.

use crate::source::Span;

use super::error::{XmlErrorBuilder, XmlFault, XmlResult};
use super::name::{is_ncname, is_space};

/// Checks the comment `<!--…-->` that starts at `start` of the document (production 15).
pub(super) fn check_comment(comment: &str, start: usize) -> XmlResult {
    let inside = comment.get(4..comment.len().saturating_sub(3)).unwrap_or_default();
    // A hyphen before `-->` also makes two of them.
    let hyphens = memchr::memmem::find(inside.as_bytes(), b"--").or(inside.ends_with('-').then(|| inside.len() - 1));
    let Some(at) = hyphens else {
        return Ok(());
    };
    let at = start + 4 + at;
    Err(XmlErrorBuilder::new(XmlFault::Comment, Span::new(at, at + 2), "two hyphens can only end the comment"))
}

/// Checks the processing instruction `<?…?>` that starts at `start` of the document (productions 16 and 17).
pub(super) fn check_instruction(instruction: &str, start: usize) -> XmlResult {
    let inside = instruction.get(2..instruction.len().saturating_sub(2)).unwrap_or_default();
    let length = inside.bytes().position(is_space).unwrap_or(inside.len());
    let target = inside.get(..length).unwrap_or_default();
    let fault = if target.eq_ignore_ascii_case("xml") {
        "the name `xml` is reserved for the XML declaration"
    } else if is_ncname(target) {
        return Ok(());
    } else {
        "a processing instruction starts with a name"
    };
    let span = Span::new(start + 2, start + 2 + length);
    Err(XmlErrorBuilder::new(XmlFault::ProcessingInstruction(fault), span, "here"))
}

/// The first character that XML forbids, and its span.
pub(super) fn first_forbidden(text: &str) -> Option<(Span, char)> {
    let bytes = text.as_bytes();
    let control = bytes.chunks(CHUNK).position(has_control).and_then(|chunk| {
        let start = chunk * CHUNK;
        let chunk = bytes.get(start..)?;
        chunk.iter().position(|&byte| is_control(byte)).map(|at| start + at)
    });
    // Apart from controls, UTF-8 can express only U+FFFE and U+FFFF.
    let mut last = memchr::memmem::find_iter(bytes, b"\xEF\xBF");
    let noncharacter = last.find(|at| bytes.get(at + 2).is_some_and(|&byte| byte >= 0xBE));
    let at = control.into_iter().chain(noncharacter).min()?;
    let character = text.get(at..)?.chars().next()?;
    Some((Span::new(at, at + character.len_utf8()), character))
}

const CHUNK: usize = 256;

fn is_control(byte: u8) -> bool {
    byte < 0x20 && !is_space(byte)
}

/// Without an early end, which lets the compiler test many bytes at once.
fn has_control(chunk: &[u8]) -> bool {
    chunk.iter().fold(false, |found, &byte| found | (byte < 0x20) & (byte != b'\t') & (byte != b'\r') & (byte != b'\n'))
}
