//! Findings of rules, as data.

use std::collections::BTreeSet;
use std::ops::Range;

use smol_str::SmolStr;

use super::change::with_remark;
use super::rule::Severity;
use super::{FindingChange, Rule};
use crate::request::Origin;
use crate::source::Span;
use crate::topology::Fqdn;

/// A finding of a rule.
#[derive(Clone, Debug)]
pub struct Finding {
    /// The rule.
    pub rule: &'static Rule,
    /// Its severity, before allowances.
    pub severity: Severity,
    /// The pools that it is about, without duplicates.
    pub pools: BTreeSet<Fqdn>,
    /// Distinguishes it from other findings of its rule about the same pools: a setting, a role, a name.
    pub subject: Option<SmolStr>,
    /// What is wrong, as a sentence without a full stop.
    pub message: String,
    /// What to do about it.
    pub help: String,
    /// A question to the operator, if neither the topology nor the request answers it.
    pub question: Option<Question>,
    /// The labelled positions; the first is the primary one.
    pub labels: Vec<FindingLabel>,
    /// Why the request allows it.
    pub allowed: Option<String>,
    /// Its relation to the requested change; `None` without a request.
    pub change: Option<FindingChange>,
    /// Whether it was present before, about unaffected pools only: it then blocks nothing.
    pub is_elsewhere: bool,
}

/// A question to the operator that neither the topology nor the request answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// The keys of `[[pool]]` that answer it if declared; empty if no declaration does.
    pub keys: &'static [&'static str],
    /// The question, as a complete sentence.
    pub text: String,
}

/// The subject of findings about the request itself.
pub(super) const REQUEST: &str = "request";

/// A position with a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FindingLabel {
    /// The position.
    pub place: Place,
    /// A few words.
    pub text: String,
}

/// A position in one of the inputs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// In the topology.
    Topology(Span),
    /// In the text of the request file.
    Request(Range<usize>),
    /// On the command line, in this flag.
    Flag(&'static str),
    /// None: a default value.
    Nowhere,
}

impl From<Span> for Place {
    fn from(span: Span) -> Self {
        Self::Topology(span)
    }
}

impl From<&Origin> for Place {
    fn from(origin: &Origin) -> Self {
        match origin {
            Origin::File(range) => Self::Request(range.clone()),
            Origin::Flag(flag) => Self::Flag(flag),
            Origin::Default => Self::Nowhere,
        }
    }
}

impl Rule {
    /// Creates a finding of this rule about these pools.
    pub fn finding<'n>(
        &'static self,
        pools: impl IntoIterator<Item = &'n Fqdn>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Finding {
        Finding {
            rule: self,
            severity: self.class.severity(),
            pools: pools.into_iter().cloned().collect(),
            subject: None,
            message: message.into(),
            help: help.into(),
            question: None,
            labels: Vec::new(),
            allowed: None,
            change: None,
            is_elsewhere: false,
        }
    }
}

impl Finding {
    /// Adds a label.
    #[must_use]
    pub fn at(mut self, place: impl Into<Place>, text: impl Into<String>) -> Self {
        self.labels.push(FindingLabel { place: place.into(), text: text.into() });
        self
    }

    /// Adds a label if there is a position.
    #[must_use]
    pub fn at_some(self, place: Option<impl Into<Place>>, text: impl Into<String>) -> Self {
        match place {
            Some(place) => self.at(place, text),
            None => self,
        }
    }

    /// The maximum number of labels of one kind.
    pub const MAX_PLACES: usize = 100;

    /// Adds many labels: the first ones, and the number of the others.
    #[must_use]
    pub fn at_each<P: Into<Place>, T: Into<String>>(mut self, places: impl IntoIterator<Item = (P, T)>) -> Self {
        let mut places = places.into_iter();
        for (place, text) in places.by_ref().take(Self::MAX_PLACES) {
            self = self.at(place, text);
        }
        match (places.count(), self.labels.last_mut()) {
            (0, _) | (_, None) => {}
            (more, Some(last)) => last.text.push_str(&format!(", and at {more} more places")),
        }
        self
    }

    /// Sets the subject, which distinguishes it from other findings of its rule about the same pools.
    #[must_use]
    pub fn on(mut self, subject: impl AsRef<str>) -> Self {
        self.subject = Some(subject.as_ref().into());
        self
    }

    /// Adds a question to the operator.
    #[must_use]
    pub fn asking(mut self, keys: &'static [&'static str], text: impl Into<String>) -> Self {
        self.question = Some(Question { keys, text: text.into() });
        self
    }

    /// Overrides the severity of its class.
    #[must_use]
    pub fn with_severity(mut self, severity: Severity) -> Self {
        self.severity = severity;
        self
    }

    /// The rule and the subject: findings that share both differ in their pools.
    pub(crate) fn kind(&self) -> (&'static str, Option<&SmolStr>) {
        (self.rule.id, self.subject.as_ref())
    }

    /// Whether it is about the request itself, independent of the topology.
    pub(crate) fn is_about_request(&self) -> bool {
        self.subject.as_deref() == Some(REQUEST)
    }

    /// The message, with its relation to the requested change.
    pub fn sentence(&self) -> String {
        with_remark(&self.message, self.change)
    }

    /// The severity after allowances; lower for a finding that the change does not cause.
    pub fn effective_severity(&self) -> Severity {
        match self.change {
            _ if self.allowed.is_some() => Severity::Note,
            Some(FindingChange::Repaired) => Severity::Note,
            _ if self.is_elsewhere => self.severity.min(Severity::Warning),
            _ => self.severity,
        }
    }

    /// Whether a request can allow it: findings about unaffected pools need no allowance.
    pub(crate) fn can_be_allowed(&self) -> bool {
        self.rule.class.can_be_allowed() && !self.is_elsewhere
    }

    /// Whether it prevents planning and writing; with `strict`, warnings do as well.
    pub fn is_blocking(&self, strict: bool) -> bool {
        let min = if strict { Severity::Warning } else { Severity::Error };
        !self.is_elsewhere && self.effective_severity() >= min
    }
}
