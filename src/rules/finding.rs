//! What a rule found: data, rendered later.

use std::collections::BTreeSet;
use std::ops::Range;

use smol_str::SmolStr;

use super::change::with_remark;
use super::rule::Severity;
use super::{FindingChange, Rule};
use crate::request::Origin;
use crate::source::Span;
use crate::topology::Fqdn;

/// What a rule found.
#[derive(Clone, Debug)]
pub struct Finding {
    /// The rule.
    pub rule: &'static Rule,
    /// How severe it is, before anything is allowed.
    pub severity: Severity,
    /// The pools that it is about, each once.
    pub pools: BTreeSet<Fqdn>,
    /// What tells it from other findings of its rule on the same pools: a setting, a role, the name of a thing.
    pub subject: Option<SmolStr>,
    /// What is wrong, as a sentence without a full stop.
    pub message: String,
    /// What to do.
    pub help: String,
    /// What the operator is asked, where neither the topology nor the request decides.
    pub question: Option<Question>,
    /// Where; the first is the main one.
    pub labels: Vec<FindingLabel>,
    /// Why the request allows it.
    pub allowed: Option<String>,
    /// What the requested change has to do with it; nothing without a request.
    pub change: Option<FindingChange>,
    /// Whether it was there before, about no pool that the change touches: then it blocks nothing.
    pub is_elsewhere: bool,
}

/// What neither the topology nor the request decides, and the operator has to answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// The keys of `[[pool]]` that answer it when the request declares them; none where no declaration does.
    pub keys: &'static [&'static str],
    /// The question, as a whole sentence.
    pub text: String,
}

/// The subject of findings about the request itself.
pub(super) const REQUEST: &str = "request";

/// A place to point at, and what to say there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FindingLabel {
    /// Where.
    pub place: Place,
    /// A few words.
    pub text: String,
}

/// Where something is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// In the topology.
    Topology(Span),
    /// In the text of the request file.
    Request(Range<usize>),
    /// On the command line, with this flag.
    Flag(&'static str),
    /// Nowhere: a default.
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
    /// A finding of this rule about these pools.
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
    /// With a place to point at.
    #[must_use]
    pub fn at(mut self, place: impl Into<Place>, text: impl Into<String>) -> Self {
        self.labels.push(FindingLabel { place: place.into(), text: text.into() });
        self
    }

    /// With a place to point at, where there is one.
    #[must_use]
    pub fn at_some(self, place: Option<impl Into<Place>>, text: impl Into<String>) -> Self {
        match place {
            Some(place) => self.at(place, text),
            None => self,
        }
    }

    /// How many places of one kind a finding points at.
    pub const MOST_PLACES: usize = 100;

    /// With many places to point at: the first of them, and how many more there are.
    #[must_use]
    pub fn at_each<P: Into<Place>, T: Into<String>>(mut self, places: impl IntoIterator<Item = (P, T)>) -> Self {
        let mut places = places.into_iter();
        for (place, text) in places.by_ref().take(Self::MOST_PLACES) {
            self = self.at(place, text);
        }
        match (places.count(), self.labels.last_mut()) {
            (0, _) | (_, None) => {}
            (more, Some(last)) => last.text.push_str(&format!(", and at {more} more places")),
        }
        self
    }

    /// With what tells it from other findings of its rule on the same pools.
    #[must_use]
    pub fn on(mut self, subject: impl AsRef<str>) -> Self {
        self.subject = Some(subject.as_ref().into());
        self
    }

    /// With a question to the operator.
    #[must_use]
    pub fn asking(mut self, keys: &'static [&'static str], text: impl Into<String>) -> Self {
        self.question = Some(Question { keys, text: text.into() });
        self
    }

    /// With another severity than its class has.
    #[must_use]
    pub fn as_severe_as(mut self, severity: Severity) -> Self {
        self.severity = severity;
        self
    }

    /// The rule and the subject: findings that agree in both are told apart by their pools.
    pub(crate) fn kind(&self) -> (&'static str, Option<&SmolStr>) {
        (self.rule.id, self.subject.as_ref())
    }

    /// Whether it is about the request itself, whatever the topology is.
    pub(crate) fn is_about_request(&self) -> bool {
        self.subject.as_deref() == Some(REQUEST)
    }

    /// The message, with what the requested change has to do with it.
    pub fn sentence(&self) -> String {
        with_remark(&self.message, self.change)
    }

    /// How severe it is after what the request allows, and for a change that is not its cause.
    pub fn effective_severity(&self) -> Severity {
        match self.change {
            _ if self.allowed.is_some() => Severity::Note,
            Some(FindingChange::Repaired) => Severity::Note,
            _ if self.is_elsewhere => self.severity.min(Severity::Warning),
            _ => self.severity,
        }
    }

    /// Whether a request can excuse it: what was so before, elsewhere, needs no excuse.
    pub(crate) fn can_be_allowed(&self) -> bool {
        self.rule.class.can_be_allowed() && !self.is_elsewhere
    }

    /// Whether nothing may be planned or written because of it; `strict` lets warnings count.
    pub fn is_blocking(&self, strict: bool) -> bool {
        let least = if strict { Severity::Warning } else { Severity::Error };
        !self.is_elsewhere && self.effective_severity() >= least
    }
}
