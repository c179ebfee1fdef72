//! The differences between two documents as data.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::diff::{Difference, DifferenceClass, State, Subject};

/// The differences between two documents.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(title = "poolpair differences")]
pub struct Differences {
    /// The version of this format; 1. Within a version, fields are only added.
    pub format_version: u32,
    /// The differences, most important first.
    pub differences: Vec<DifferenceRecord>,
    /// The number of differences in each class.
    pub summary: DifferenceSummary,
    /// Whether the signature of the root element differs, which is not a difference: every export has another one.
    pub signature_differs: bool,
}

/// One difference.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct DifferenceRecord {
    /// Whether the deployment differs, or only the document.
    pub class: DifferenceClass,
    /// What differs.
    pub subject: Subject,
    /// The part that differs, such as "setting `EnableAutomaticFailover`"; empty for the whole subject.
    pub aspect: String,
    /// The old value as text; null if it was added.
    pub before: Option<String>,
    /// The new value as text; null if it was removed.
    pub after: Option<String>,
}

/// The number of differences in each class.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct DifferenceSummary {
    /// The deployment differs.
    pub meaning: usize,
    /// The same elements in another order.
    pub order: usize,
    /// The same content in another layout.
    pub formatting: usize,
}

impl Differences {
    /// Records the result of [`compare`](crate::diff::compare).
    pub fn new(found: &[Difference], signature_differs: bool) -> Self {
        let number = |class| found.iter().filter(|difference| difference.class == class).count();
        Self {
            format_version: 1,
            differences: found.iter().map(DifferenceRecord::from).collect(),
            summary: DifferenceSummary {
                meaning: number(DifferenceClass::Meaning),
                order: number(DifferenceClass::Order),
                formatting: number(DifferenceClass::Formatting),
            },
            signature_differs,
        }
    }
}

impl From<&Difference> for DifferenceRecord {
    fn from(difference: &Difference) -> Self {
        let Difference { class, subject, aspect, before, after } = difference;
        let words = |state: &Option<State>| state.as_ref().map(ToString::to_string);
        let (before, after) = (words(before), words(after));
        Self { class: *class, subject: subject.clone(), aspect: aspect.to_string(), before, after }
    }
}
