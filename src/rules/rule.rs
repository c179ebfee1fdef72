//! What a rule is.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Finding, Place, Question, RuleContext, Severity};
use crate::topology::Fqdn;

/// A rule of the book.
#[derive(Debug)]
pub struct Rule {
    /// Its id, which names the bad pattern and never changes.
    pub id: &'static str,
    /// How much it weighs.
    pub class: RuleClass,
    /// What it is decided from.
    pub basis: Basis,
    /// Where the rule is documented.
    pub source: &'static str,
    /// Its page, in Markdown: the doc comment of the rule.
    pub page: &'static str,
    /// Runs it.
    pub check: fn(&RuleContext<'_>) -> Vec<Finding>,
}

/// How much a rule weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum RuleClass {
    /// A pairing that breaks it cannot work; never overridable.
    Integrity,
    /// Microsoft does not support it; overridable with a written reason.
    Support,
    /// Worth a second thought.
    Advice,
    /// Good to know.
    Fact,
}

/// What a rule is decided from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Basis {
    /// The topology alone.
    Topology,
    /// What the request declares about pools.
    Declared,
    /// The request alone.
    Request,
}

impl RuleClass {
    /// The name used in JSON and in messages.
    pub fn name(self) -> &'static str {
        match self {
            Self::Integrity => "integrity",
            Self::Support => "support",
            Self::Advice => "advice",
            Self::Fact => "fact",
        }
    }

    /// How severe a finding of this class is.
    pub fn severity(self) -> Severity {
        match self {
            Self::Integrity | Self::Support => Severity::Error,
            Self::Advice => Severity::Warning,
            Self::Fact => Severity::Note,
        }
    }

    /// Whether a request may allow a break.
    pub fn can_be_allowed(self) -> bool {
        matches!(self, Self::Support | Self::Advice)
    }
}

/// The rules whose break makes publishing the whole document fail, wherever in it the break is.
const FAIL_PUBLISHING: [&str; 5] =
    ["dangling-reference", "duplicate-identity", "invalid-host-name", "machine-in-two-pools", "two-front-ends-2019"];

impl Rule {
    /// Whether a break makes publishing the whole document fail, wherever in it the break is.
    pub fn fails_publishing(&self) -> bool {
        FAIL_PUBLISHING.contains(&self.id)
    }

    /// A finding of this rule about these pools.
    pub fn finding<'n>(
        &'static self,
        pools: impl IntoIterator<Item = &'n Fqdn>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Finding {
        Finding {
            rule: self,
            class: self.class,
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
        self.labels.push(super::FindingLabel { place: place.into(), text: text.into() });
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

    /// With another class than its rule has, and the severity of that.
    #[must_use]
    pub fn of_class(mut self, class: RuleClass) -> Self {
        self.class = class;
        self.severity = class.severity();
        self
    }

    /// With another severity than its class has.
    #[must_use]
    pub fn as_severe_as(mut self, severity: Severity) -> Self {
        self.severity = severity;
        self
    }
}

/// Declares a rule; its doc comment is the page that `poolpair explain` prints.
macro_rules! rule {
    ($(#[doc = $line:literal])* $name:ident = $id:literal, $class:ident from $basis:ident, $source:literal) => {
        $(#[doc = $line])*
        pub static $name: $crate::rules::Rule = $crate::rules::Rule {
            id: $id,
            class: $crate::rules::RuleClass::$class,
            basis: $crate::rules::Basis::$basis,
            source: $source,
            page: concat!($($line, "\n"),*),
            check,
        };
    };
}

pub(super) use rule;
