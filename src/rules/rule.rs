//! What a rule is.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Finding, Place, Scene, Severity};

/// A rule of the book.
#[derive(Debug)]
pub struct Rule {
    /// Its id, which names the bad pattern and never changes.
    pub id: &'static str,
    /// How much it weighs.
    pub class: Class,
    /// What it is decided from.
    pub basis: Basis,
    /// Where the rule is documented.
    pub source: &'static str,
    /// Its page, in Markdown: the doc comment of the rule.
    pub page: &'static str,
    /// Runs it.
    pub check: fn(&Scene<'_>) -> Vec<Finding>,
}

/// How much a rule weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Class {
    /// A pairing that breaks it can not work; never overridable.
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

impl Class {
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

impl Rule {
    /// A finding of this rule.
    pub fn finding(&'static self, message: impl Into<String>, help: impl Into<String>) -> Finding {
        Finding {
            rule: self,
            severity: self.class.severity(),
            message: message.into(),
            help: help.into(),
            labels: Vec::new(),
            allowed: None,
        }
    }

    /// The page with its title, class and source.
    pub fn document(&self) -> String {
        let lines: Vec<_> = self.page.lines().map(|line| line.strip_prefix(' ').unwrap_or(line)).collect();
        let page = lines.join("\n").replace("\n# ", "\n## ");
        let page = page.strip_prefix("# ").map_or(page.clone(), |rest| format!("## {rest}"));
        let allow = match self.class {
            Class::Integrity => "; can not be allowed",
            Class::Support | Class::Advice => "; can be allowed with a reason",
            Class::Fact => "",
        };
        format!("# {}\n\n{}{allow}\n\n{page}\n", self.id, self.class.name())
    }

    /// The rule in one sentence: the first paragraph below the heading "What it checks".
    pub fn summary(&self) -> String {
        let after = self.page.split_once("# What it checks").map_or(self.page, |(_, after)| after);
        let paragraph = after.trim_start().split("\n\n").next().unwrap_or_default();
        paragraph.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

impl Finding {
    /// With a place to point at.
    #[must_use]
    pub fn at(mut self, place: impl Into<Place>, text: impl Into<String>) -> Self {
        self.labels.push(super::Label { place: place.into(), text: text.into() });
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
            class: $crate::rules::Class::$class,
            basis: $crate::rules::Basis::$basis,
            source: $source,
            page: concat!($($line, "\n"),*),
            check,
        };
    };
}

pub(super) use rule;
