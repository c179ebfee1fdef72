//! The text of a request, plan or notation file.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8};

/// Decodes a small file and drops its byte order mark, which distinguishes UTF-16, as Windows PowerShell writes it,
/// from UTF-8.
///
/// # Errors
///
/// Returns the name of the encoding if the bytes cannot be decoded.
pub fn text_of_file(bytes: &[u8]) -> Result<Cow<'_, str>, &'static str> {
    let (encoding, mark) = Encoding::for_bom(bytes).unwrap_or((UTF_8, 0));
    let content = bytes.get(mark..).unwrap_or_default();
    encoding.decode_without_bom_handling_and_without_replacement(content).ok_or(encoding.name())
}
