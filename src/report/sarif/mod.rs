//! SARIF 2.1.0, the Static Analysis Results Interchange Format of OASIS, for code scanning and editors.

mod uri;

use std::collections::HashMap;

use serde_json::{Value, json};

use super::json;
use super::unread::UnreadRecord;
use crate::rules::{FindingRecord, LocationRecord, Rule, Severity};
use crate::source::sha256;
use crate::text::sanitize_truncated;

/// Writes findings as a SARIF log with one run; `rules` are all rules that ran.
///
/// Each unreadable input is both an error and a notification, and the run is marked as unsuccessful: when comparing
/// logs, its missing findings must not count as fixed.
///
/// Files are named by relative URI references, as in the records, or by a `file` URI if the record has an absolute
/// path. Columns count characters. Allowed findings are suppressed, with the reason as justification.
pub fn to_bytes(findings: &[FindingRecord], unread: &[UnreadRecord], rules: &[&Rule]) -> Vec<u8> {
    let mut seen = HashMap::new();
    let found = findings.iter().map(|finding| result(finding, rules, &mut seen));
    let results: Vec<_> = found.chain(unread.iter().map(|input| unread_result(input, rules.len()))).collect();
    let descriptors: Vec<_> = rules.iter().map(|rule| descriptor(rule)).chain([unread_descriptor()]).collect();
    let notifications: Vec<_> = unread.iter().map(notification).collect();
    json::to_bytes(&json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "poolpair",
                "version": env!("CARGO_PKG_VERSION"),
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": descriptors,
            } },
            "invocations": [{
                "executionSuccessful": unread.is_empty(),
                "toolExecutionNotifications": notifications,
            }],
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    }))
}

fn descriptor(rule: &Rule) -> Value {
    let (summary, page, class) = (rule.summary(), rule.document(), rule.class);
    json!({
        "id": rule.id,
        "fullDescription": { "text": join(&[&summary, &rule.paragraph("Why")]) },
        "shortDescription": { "text": summary },
        "help": { "text": page, "markdown": page },
        "defaultConfiguration": { "level": class.severity() },
        "properties": { "class": class, "source": rule.source, "tags": [class] },
    })
}

fn result(finding: &FindingRecord, rules: &[&Rule], seen: &mut HashMap<String, usize>) -> Value {
    let FindingRecord { rule, severity, message, help, allowed, .. } = finding;
    let places: Vec<_> = finding.locations.iter().enumerate().map(location).collect();
    let (main, related) = places.split_at(places.len().min(1));
    let suppression =
        |reason| json!({ "kind": "external", "status": "accepted", "justification": sanitize_truncated(reason) });
    json!({
        "ruleId": rule,
        // SARIF requires -1 for a rule that is not listed.
        "ruleIndex": rules.iter().position(|one| one.id == rule).map_or(json!(-1), Value::from),
        "level": severity,
        "message": text(&join(&[&sanitize_truncated(message), &sanitize_truncated(help)])),
        "locations": main,
        "relatedLocations": related,
        "partialFingerprints": { FINGERPRINT: fingerprint(finding, seen) },
        "suppressions": allowed.iter().map(|reason| suppression(reason)).collect::<Vec<_>>(),
    })
}

/// The name of the fingerprint; its version changes with the algorithm.
const FINGERPRINT: &str = "poolpairFinding/v1";

/// Identifies a finding across exports by its rule, file, message (which names pools and services) and labels, but no
/// line numbers. Findings that are equal in all these are numbered.
fn fingerprint(finding: &FindingRecord, seen: &mut HashMap<String, usize>) -> String {
    let mut parts = vec![finding.rule.as_str(), finding.message.as_str()];
    for LocationRecord { file, label, .. } in &finding.locations {
        parts.extend([file.as_str(), label.as_str()]);
    }
    // Lengths keep lists apart whose concatenations are equal.
    let digest = digest(&parts.iter().map(|part| format!("{}:{part};", part.len())).collect::<String>());
    let occurrence = seen.entry(digest.clone()).and_modify(|occurrence| *occurrence += 1).or_insert(1);
    format!("{digest}:{occurrence}")
}

fn digest(text: &str) -> String {
    sha256(text.as_bytes()).chars().take(32).collect()
}

/// A location; SARIF requires bytes and columns to agree.
fn location((at, place): (usize, &LocationRecord)) -> Value {
    json!({
        "id": at,
        "message": text(&sanitize_truncated(&place.label)),
        "physicalLocation": {
            "artifactLocation": { "uri": uri::reference(&place.file) },
            "region": {
                "startLine": place.line,
                "startColumn": place.column,
                "endLine": place.end_line,
                "endColumn": place.end_column,
                "byteOffset": place.byte_offset,
                "byteLength": place.length,
            },
        },
    })
}

/// The id of the rule for unreadable inputs. It is not in the table of rules, since it cannot be allowed.
const UNREAD: &str = "unread";

fn unread_descriptor() -> Value {
    let summary = "Every input can be read.";
    let why = "Nothing is known of what the rules find in an input that cannot be read. Findings of an earlier report \
               that are missing in this one are not repaired.";
    let help = "The message names the place. Export the topology again, or correct the file.";
    let page = format!("# {UNREAD}\n\n## What it checks\n\n{summary}\n\n## Why\n\n{why}\n\n## How to fix\n\n{help}\n");
    json!({
        "id": UNREAD,
        "shortDescription": { "text": summary },
        "fullDescription": { "text": join(&[summary, why]) },
        "help": { "text": page, "markdown": page },
        "defaultConfiguration": { "level": Severity::Error },
    })
}

/// The result for an unreadable input; `index` is the index of its rule.
fn unread_result(input: &UnreadRecord, index: usize) -> Value {
    json!({
        "ruleId": UNREAD,
        "ruleIndex": index,
        "level": Severity::Error,
        "message": unread_message(input),
        "locations": [unread_location(input)],
        "partialFingerprints": { FINGERPRINT: digest(&format!("{UNREAD}:{}", input.file)) },
    })
}

/// The notification for an unreadable input, as SARIF requires.
fn notification(input: &UnreadRecord) -> Value {
    json!({
        "level": Severity::Error,
        "message": unread_message(input),
        "descriptor": { "id": input.code },
        "locations": [unread_location(input)],
    })
}

fn unread_message(input: &UnreadRecord) -> Value {
    let (file, message) = (sanitize_truncated(&input.file), sanitize_truncated(&input.message));
    text(&join(&[&format!("`{file}` could not be read: {message}")]))
}

/// The position, or the start of the file if it is unknown: code scanning requires a line.
fn unread_location(input: &UnreadRecord) -> Value {
    let (line, column) = (input.line.unwrap_or(1), input.column.unwrap_or(1));
    json!({ "physicalLocation": {
        "artifactLocation": { "uri": uri::reference(&input.file) },
        "region": { "startLine": line, "startColumn": column, "endLine": line, "endColumn": column },
    } })
}

/// Joins sentences and adds full stops.
fn join(sentences: &[&str]) -> String {
    let ended = sentences.iter().filter(|sentence| !sentence.is_empty()).map(|sentence| {
        let stop = if sentence.ends_with(['.', '?', '!']) { "" } else { "." };
        format!("{sentence}{stop}")
    });
    ended.collect::<Vec<_>>().join("\n\n")
}

/// Escapes placeholders and links in a message: SARIF doubles braces, and a backslash before a bracket prevents a link.
fn text(text: &str) -> Value {
    json!({ "text": text.replace('{', "{{").replace('}', "}}").replace('[', "\\[") })
}
