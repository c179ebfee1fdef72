//! JSON output: indented, with a final line feed.

use serde::Serialize;

use super::unread::UnreadRecord;
use crate::rules::{FindingRecord, Summary};
use crate::text::is_unsafe_for_display;

/// Writes a report as JSON. Control characters and bidirectional marks are escaped, so that it is safe to display.
pub fn to_bytes(value: &impl Serialize) -> Vec<u8> {
    let mut text = serde_json::to_string_pretty(value).unwrap_or_default();
    if !text.bytes().all(|byte| matches!(byte, b'\n' | b' '..=b'~')) {
        text = escape_unsafe(&text);
    }
    text.push('\n');
    text.into_bytes()
}

/// Escapes every character in a JSON text that is unsafe for display.
fn escape_unsafe(text: &str) -> String {
    let mut written = String::with_capacity(text.len() + 1);
    for character in text.chars() {
        // Apart from line feeds, such characters only occur in strings, where they can be escaped.
        if character != '\n' && is_unsafe_for_display(character) {
            let units =
                character.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("\\u{unit:04x}")).collect::<String>();
            written.push_str(&units);
        } else {
            written.push(character);
        }
    }
    written
}

/// The report of `check`.
#[derive(Clone, Debug, Serialize, serde::Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(title = "poolpair report")]
pub struct Report {
    /// The version of this format; 1. Within a version, fields are only added.
    pub format_version: u32,
    /// The findings, document by document, in the order of the rules.
    pub findings: Vec<FindingRecord>,
    /// The number of findings by severity.
    pub summary: Summary,
    /// The inputs that could not be read, whose findings are unknown.
    #[serde(default)]
    pub unread: Vec<UnreadRecord>,
}

impl Report {
    /// Creates a report.
    pub fn new(findings: Vec<FindingRecord>, unread: Vec<UnreadRecord>) -> Self {
        let summary = Summary::of(findings.iter().map(|finding| finding.severity));
        Self { format_version: 1, findings, summary, unread }
    }
}

#[cfg(test)]
mod tests {
    use super::to_bytes;

    #[test]
    fn what_steers_is_escaped_and_reads_as_it_was() {
        let text = "a\u{1b}\u{9b}\u{202e}\u{e0041}é\n😀";
        let written = to_bytes(&[text]);
        assert_eq!(
            String::from_utf8(written.clone()).unwrap(),
            "[\n  \"a\\u001b\\u009b\\u202e\\udb40\\udc41é\\n😀\"\n]\n"
        );
        assert_eq!(serde_json::from_slice::<[String; 1]>(&written).unwrap(), [text]);
    }
}
