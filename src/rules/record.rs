//! Findings as reports and plans hold them.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::change::with_remark;
use super::{Finding, FindingChange, Place, RuleClass, Severity};
use crate::source::{Lines, Source, Span};
use crate::text::{LONGEST, cut};
use crate::topology::Fqdn;

/// A finding with its places told by line and column.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct FindingRecord {
    /// The rule's id.
    pub rule: String,
    /// How much it weighs.
    pub class: RuleClass,
    /// How severe the finding is, after what the request allows.
    pub severity: Severity,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: String,
    /// Where the rule is documented.
    pub source: String,
    /// Why the request allows it.
    pub allowed: Option<String>,
    /// What the requested change has to do with it; null without a request.
    #[serde(default)]
    pub change: Option<FindingChange>,
    /// The pools that it is about.
    #[serde(default)]
    pub pools: Vec<Fqdn>,
    /// What the operator is asked, where neither the topology nor the request decides.
    #[serde(default)]
    pub question: Option<String>,
    /// Where; the first is the main one.
    pub locations: Vec<LocationRecord>,
}

/// A place in a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct LocationRecord {
    /// The file.
    pub file: String,
    /// The line, from 1.
    pub line: u32,
    /// The column in characters, from 1.
    pub column: u32,
    /// The line of the place after the last character, from 1.
    pub end_line: u32,
    /// The column of the place after the last character, in characters, from 1.
    pub end_column: u32,
    /// The offset in the file as stored, in bytes.
    pub byte_offset: u64,
    /// The length in the file as stored, in bytes.
    pub length: u64,
    /// A few words.
    pub label: String,
}

/// How many findings there are of each severity.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Summary {
    /// Findings that stop a plan.
    pub errors: usize,
    /// Findings that stop it with `--strict`.
    pub warnings: usize,
    /// Findings that are good to know, allowed ones included.
    pub notes: usize,
}

/// The files that findings point into, by the names that a report calls them.
#[derive(Debug)]
pub struct FindingFiles<'a> {
    /// The topology's name.
    pub topology_name: &'a str,
    /// The topology.
    pub topology: &'a Source,
    /// The request, where it came from a file.
    pub request: Option<RequestText<'a>>,
}

/// A request file that findings point into.
#[derive(Debug)]
pub struct RequestText<'a> {
    name: &'a str,
    text: &'a str,
    lines: Lines,
}

impl FindingRecord {
    /// The message, with what the requested change has to do with it.
    pub fn sentence(&self) -> String {
        with_remark(&self.message, self.change)
    }

    /// Tells the places of a finding.
    pub fn new(finding: &Finding, files: &FindingFiles<'_>) -> Self {
        let locations = finding.labels.iter();
        Self {
            rule: finding.rule.id.to_owned(),
            class: finding.rule.class,
            severity: finding.effective_severity(),
            message: cut(&finding.message, LONGEST),
            help: cut(&finding.help, LONGEST),
            source: finding.rule.source.to_owned(),
            allowed: finding.allowed.clone(),
            change: finding.change,
            pools: finding.pools.iter().cloned().collect(),
            question: finding.question.as_ref().map(|question| cut(&question.text, LONGEST)),
            locations: locations.filter_map(|label| files.location(&label.place, &label.text)).collect(),
        }
    }

    /// The same with a place in any case: what is asked by flags has none, but the topology that it is asked of has.
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
            label: cut(label, LONGEST),
        })
    }
}

impl<'a> RequestText<'a> {
    /// A text, by the name that a report calls it.
    pub fn new(name: &'a str, text: &'a str) -> Self {
        Self { name, text, lines: Lines::new(text) }
    }
}
