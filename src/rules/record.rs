//! Findings as stored in reports and plans.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::change::with_remark;
use super::{Finding, FindingChange, Place, RuleClass, Severity};
use crate::source::{Lines, Source, Span};
use crate::text::{MAX_TEXT_BYTES, truncate};
use crate::topology::Fqdn;

/// A finding whose positions are lines and columns.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct FindingRecord {
    /// The rule's id.
    pub rule: String,
    /// The class of the rule.
    pub class: RuleClass,
    /// The severity of the finding, after allowances.
    pub severity: Severity,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub help: String,
    /// Where the rule is documented.
    pub source: String,
    /// Why the request allows it.
    pub allowed: Option<String>,
    /// Its relation to the requested change; null without a request.
    #[serde(default)]
    pub change: Option<FindingChange>,
    /// The pools that it is about.
    #[serde(default)]
    pub pools: Vec<Fqdn>,
    /// A question to the operator, if neither the topology nor the request answers it.
    #[serde(default)]
    pub question: Option<String>,
    /// The labelled positions; the first is the primary one.
    pub locations: Vec<LocationRecord>,
}

/// A labelled position in a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct LocationRecord {
    /// The file.
    pub file: String,
    /// The line, from 1.
    pub line: u32,
    /// The column in characters, from 1.
    pub column: u32,
    /// The line of the end (exclusive), from 1.
    pub end_line: u32,
    /// The column of the end (exclusive) in characters, from 1.
    pub end_column: u32,
    /// The offset in the file as stored, in bytes.
    pub byte_offset: u64,
    /// The length in the file as stored, in bytes.
    pub length: u64,
    /// The text of the label.
    pub label: String,
}

/// The number of findings by severity.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Summary {
    /// Errors, which refuse a plan.
    pub errors: usize,
    /// Warnings, which refuse a plan with `--strict`.
    pub warnings: usize,
    /// Notes, including allowed findings.
    pub notes: usize,
}

/// The files of findings, with their names in a report.
#[derive(Debug)]
pub struct FindingFiles<'a> {
    /// The topology's name.
    pub topology_name: &'a str,
    /// The topology.
    pub topology: &'a Source,
    /// The request, if it came from a file.
    pub request: Option<RequestText<'a>>,
}

/// The text of a request file with findings.
#[derive(Debug)]
pub struct RequestText<'a> {
    name: &'a str,
    text: &'a str,
    lines: Lines,
}

impl FindingRecord {
    /// The message, with its relation to the requested change.
    pub fn sentence(&self) -> String {
        with_remark(&self.message, self.change)
    }

    /// Creates the record of a finding.
    pub fn new(finding: &Finding, files: &FindingFiles<'_>) -> Self {
        let locations = finding.labels.iter();
        Self {
            rule: finding.rule.id.to_owned(),
            class: finding.rule.class,
            severity: finding.effective_severity(),
            message: truncate(&finding.message, MAX_TEXT_BYTES),
            help: truncate(&finding.help, MAX_TEXT_BYTES),
            source: finding.rule.source.to_owned(),
            allowed: finding.allowed.clone(),
            change: finding.change,
            pools: finding.pools.iter().cloned().collect(),
            question: finding.question.as_ref().map(|question| truncate(&question.text, MAX_TEXT_BYTES)),
            locations: locations.filter_map(|label| files.location(&label.place, &label.text)).collect(),
        }
    }

    /// Adds a location if there is none: for a request from flags, the start of the topology.
    #[must_use]
    pub fn located(mut self, files: &FindingFiles<'_>) -> Self {
        if self.locations.is_empty() {
            self.locations.extend(files.location(&Place::Topology(Span::empty_at(0)), "in this topology"));
        }
        self
    }
}

impl Summary {
    /// Counts findings by severity.
    pub fn of(severities: impl IntoIterator<Item = Severity>) -> Self {
        let mut summary = Self::default();
        for severity in severities {
            match severity {
                Severity::Error => summary.errors += 1,
                Severity::Warning => summary.warnings += 1,
                Severity::Note => summary.notes += 1,
            }
        }
        summary
    }
}

impl FindingFiles<'_> {
    fn location(&self, place: &Place, label: &str) -> Option<LocationRecord> {
        let (file, [start, end], byte_offset, length) = match place {
            Place::Topology(span) => {
                let [start, end] = [span.start, span.end].map(|offset| self.topology.position(offset));
                let length = self.topology.stored_range(*span).len();
                let ends = [start, end].map(|position| (position.line, position.column));
                (self.topology_name, ends, start.byte_offset, length)
            }
            Place::Request(range) => {
                let RequestText { name, text, lines } = self.request.as_ref()?;
                let counted = [range.start, range.end].map(|offset| lines.count(text, offset));
                let ends = counted.map(|count| (count.lines + 1, count.column + 1));
                (*name, ends, range.start as u64, range.len())
            }
            Place::Flag(_) | Place::Nowhere => return None,
        };
        Some(LocationRecord {
            file: file.to_owned(),
            line: start.0,
            column: start.1,
            end_line: end.0,
            end_column: end.1,
            byte_offset,
            length: length as u64,
            label: truncate(label, MAX_TEXT_BYTES),
        })
    }
}

impl<'a> RequestText<'a> {
    /// Creates the text of a request file; `name` is its name in a report.
    pub fn new(name: &'a str, text: &'a str) -> Self {
        Self { name, text, lines: Lines::new(text) }
    }
}
