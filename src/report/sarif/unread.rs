//! Inputs that could not be read: each is a result, so that people see it, and a notification, as the standard has it.

use super::log::{
    Configuration, Descriptor, DescriptorReference, Level, Location, Message, MultiformatMessage, Notification, Region,
    SarifResult,
};
use super::{FINGERPRINT, join, literal};
use crate::report::unread::UnreadRecord;
use crate::source::sha256;
use crate::text::sanitize_truncated;

/// The id of the rule that an unread input breaks. It is in no table of rules: nobody can allow it.
const RULE: &str = "unread";

const SUMMARY: &str = "Every input can be read.";
const WHY: &str = "Nothing is known of what the rules find in an input that cannot be read. Findings of an earlier \
                   report that are missing in this one are not repaired.";
const HOW_TO_FIX: &str = "The message names the place. Export the topology again, or correct the file.";

pub(super) fn descriptor() -> Descriptor {
    Descriptor {
        id: RULE,
        short_description: Message { text: SUMMARY.to_owned() },
        full_description: Message { text: join(&[SUMMARY, WHY]) },
        help: MultiformatMessage {
            text: join(&[SUMMARY, WHY, HOW_TO_FIX]),
            markdown: format!("# What it checks\n\n{SUMMARY}\n\n# Why\n\n{WHY}\n\n# How to fix\n\n{HOW_TO_FIX}\n"),
        },
        default_configuration: Configuration { level: Level::Error },
        properties: None,
    }
}

/// The result; `index` is where the rule stands among the descriptors.
pub(super) fn result(input: &UnreadRecord, index: usize) -> SarifResult {
    let digest: String = sha256(format!("{RULE}:{}", input.file).as_bytes()).chars().take(32).collect();
    SarifResult {
        rule_id: RULE.to_owned(),
        rule_index: Some(index),
        level: Level::Error,
        message: message(input),
        locations: vec![location(input)],
        related_locations: Vec::new(),
        partial_fingerprints: [(FINGERPRINT, digest)].into(),
        suppressions: Vec::new(),
    }
}

pub(super) fn notification(input: &UnreadRecord) -> Notification {
    Notification {
        level: Level::Error,
        message: message(input),
        descriptor: DescriptorReference { id: input.code.clone() },
        locations: [location(input)],
    }
}

fn message(input: &UnreadRecord) -> Message {
    Message {
        text: literal(&join(&[&format!(
            "`{}` could not be read: {}",
            sanitize_truncated(&input.file),
            sanitize_truncated(&input.message)
        )])),
    }
}

/// The place, or the beginning of the file where none is known: code scanning takes no result without a line.
fn location(input: &UnreadRecord) -> Location {
    let (line, column) = (input.line.unwrap_or(1), input.column.unwrap_or(1));
    let region = Region {
        start_line: line,
        start_column: column,
        end_line: line,
        end_column: column,
        byte_offset: None,
        byte_length: None,
    };
    Location::new(&input.file, region, None)
}
