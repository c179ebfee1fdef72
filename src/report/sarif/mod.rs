//! SARIF 2.1.0, the Static Analysis Results Interchange Format of OASIS, for code scanning and editors.

mod log;
mod unread;
mod uri;

use std::collections::HashMap;

use log::{
    ArtifactLocation, Configuration, Descriptor, DescriptorProperties, Driver, Invocation, Level, Location, Log,
    Message, MultiformatMessage, PhysicalLocation, Region, Run, SarifResult, Suppression, Tool,
};

use super::unread::UnreadRecord;
use super::{json, rule_page};
use crate::rules::{FindingRecord, LocationRecord, Rule, Severity};
use crate::source::sha256;
use crate::text::sanitize_truncated;

/// Findings as a SARIF log with one run; `rules` are those that ran, whether they found anything or not.
///
/// Each input that could not be read is an error of its own and a notification, and the run was no success: whoever
/// compares the log with an earlier one must not take the findings that are missing for repaired.
///
/// Files are named by relative URI references, as the records name them; a record that names an absolute path gets a
/// `file` URI, so that a caller who wants relative ones names the files relatively. Columns count characters. Allowed
/// findings are suppressed, with the reason as justification.
pub fn to_bytes(findings: &[FindingRecord], unread: &[UnreadRecord], rules: &[&Rule]) -> Vec<u8> {
    let mut seen = HashMap::new();
    let unread_results = unread.iter().map(|input| unread::result(input, rules.len()));
    let results = findings.iter().map(|finding| result(finding, rules, &mut seen)).chain(unread_results).collect();
    let driver = Driver {
        name: "poolpair",
        version: env!("CARGO_PKG_VERSION"),
        semantic_version: env!("CARGO_PKG_VERSION"),
        rules: rules.iter().map(|rule| descriptor(rule)).chain([unread::descriptor()]).collect(),
    };
    json::to_bytes(&Log {
        schema: "https://json.schemastore.org/sarif-2.1.0.json",
        version: "2.1.0",
        runs: [Run {
            tool: Tool { driver },
            invocations: [Invocation {
                execution_successful: unread.is_empty(),
                tool_execution_notifications: unread.iter().map(unread::notification).collect(),
            }],
            column_kind: "unicodeCodePoints",
            results,
        }],
    })
}

fn descriptor(rule: &Rule) -> Descriptor {
    let section = |heading| rule_page::section(rule, heading).map(rule_page::plain).unwrap_or_default();
    let summary = rule.summary();
    Descriptor {
        id: rule.id,
        full_description: Message { text: join(&[&summary, &section("Why")]) },
        short_description: Message { text: summary },
        help: MultiformatMessage { text: rule_page::plain(rule.page), markdown: rule_page::markdown(rule) },
        default_configuration: Configuration { level: Level::of(rule.class.severity()) },
        properties: Some(DescriptorProperties {
            class: rule.class.name(),
            source: rule.source,
            tags: [rule.class.name()],
        }),
    }
}

fn result(finding: &FindingRecord, rules: &[&Rule], seen: &mut HashMap<String, usize>) -> SarifResult {
    let places: Vec<_> = finding.locations.iter().map(location).collect();
    let mut places = places.into_iter();
    let main = places.next();
    let related = places.enumerate().map(|(at, place)| Location { id: Some(at + 1), ..place }).collect();
    let suppression = |reason: &String| Suppression {
        kind: "external",
        status: "accepted",
        justification: sanitize_truncated(reason),
    };
    SarifResult {
        rule_id: finding.rule.clone(),
        rule_index: rules.iter().position(|rule| rule.id == finding.rule),
        level: Level::of(finding.severity),
        message: Message {
            text: literal(&join(&[&sanitize_truncated(&finding.message), &sanitize_truncated(&finding.help)])),
        },
        locations: main.into_iter().collect(),
        related_locations: related,
        partial_fingerprints: [(FINGERPRINT, fingerprint(finding, seen))].into(),
        suppressions: finding.allowed.iter().map(suppression).collect(),
    }
}

/// The name of our fingerprint; the number changes with what it is made of.
const FINGERPRINT: &str = "poolpairFinding/v1";

/// What makes a finding the same one in the next export: the rule, the file, the message, which names pools and
/// services, and what the labels say; never a line number. Findings that agree in all this are numbered.
fn fingerprint(finding: &FindingRecord, seen: &mut HashMap<String, usize>) -> String {
    let mut parts = vec![finding.rule.as_str(), finding.message.as_str()];
    for LocationRecord { file, label, .. } in &finding.locations {
        parts.extend([file.as_str(), label.as_str()]);
    }
    // Lengths keep two lists apart whose parts only run together alike.
    let text: String = parts.iter().map(|part| format!("{}:{part};", part.len())).collect();
    let digest: String = sha256(text.as_bytes()).chars().take(32).collect();
    let turn = seen.entry(digest.clone()).and_modify(|turn| *turn += 1).or_insert(1);
    format!("{digest}:{turn}")
}

fn location(place: &LocationRecord) -> Location {
    let region = Region {
        start_line: place.line,
        start_column: place.column,
        end_line: place.end_line,
        end_column: place.end_column,
        byte_offset: Some(place.byte_offset),
        byte_length: Some(place.length),
    };
    Location::new(&place.file, region, Some(Message { text: literal(&sanitize_truncated(&place.label)) }))
}

impl Location {
    fn new(file: &str, region: Region, message: Option<Message>) -> Self {
        let artifact_location = ArtifactLocation { uri: uri::reference(file) };
        Self { id: None, physical_location: PhysicalLocation { artifact_location, region }, message }
    }
}

impl Level {
    fn of(severity: Severity) -> Self {
        match severity {
            Severity::Error => Self::Error,
            Severity::Warning => Self::Warning,
            Severity::Note => Self::Note,
        }
    }
}

/// Sentences without full stops, in one text with them.
fn join(sentences: &[&str]) -> String {
    let ended = sentences.iter().filter(|sentence| !sentence.is_empty()).map(|sentence| {
        let stop = if sentence.ends_with(['.', '?', '!']) { "" } else { "." };
        format!("{sentence}{stop}")
    });
    ended.collect::<Vec<_>>().join("\n\n")
}

/// Text of a message in which nothing is a placeholder or a link: the standard doubles braces, and a bracket after a
/// backslash begins no link.
fn literal(text: &str) -> String {
    text.replace('{', "{{").replace('}', "}}").replace('[', "\\[")
}
