//! The differences between two documents as data.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::diff::{Difference, DifferenceClass, Subject};

/// The differences between two documents.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(title = "poolpair differences")]
pub struct Differences {
    /// The version of this format; 1. Within a version, fields are only added.
    pub format_version: u32,
    /// What differs, what matters most first.
    pub differences: Vec<DifferenceRecord>,
    /// How many of each class.
    pub summary: DifferenceSummary,
}

/// One difference.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct DifferenceRecord {
    /// Whether the deployment is another, or only the document.
    pub class: DifferenceClass,
    /// What differs.
    pub subject: SubjectRecord,
    /// Which part of it, such as "setting `EnableAutomaticFailover`"; empty for the whole.
    pub aspect: String,
    /// What was there, in words; null where nothing was.
    pub before: Option<String>,
    /// What is there now, in words; null where nothing is.
    pub after: Option<String>,
}

/// What differs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub enum SubjectRecord {
    /// The document as a whole.
    Document,
    /// A site.
    Site {
        /// Its id.
        id: String,
    },
    /// A pool.
    Pool {
        /// Its name.
        pool: String,
    },
    /// A SQL Server instance.
    SqlInstance {
        /// Its id.
        id: String,
    },
    /// A service.
    Service {
        /// Its role.
        role: String,
        /// The pool that it is installed on; null where that is nothing known.
        pool: Option<String>,
        /// Its id.
        id: String,
    },
}

/// How many differences there are of each class.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct DifferenceSummary {
    /// The deployment is another.
    pub meaning: usize,
    /// The same things in another order.
    pub order: usize,
    /// The same deployment in another layout.
    pub formatting: usize,
}

impl Differences {
    /// Records what [`compare`](crate::diff::compare) found.
    pub fn new(found: &[Difference]) -> Self {
        let number = |class| found.iter().filter(|difference| difference.class == class).count();
        Self {
            format_version: 1,
            differences: found.iter().map(DifferenceRecord::from).collect(),
            summary: DifferenceSummary {
                meaning: number(DifferenceClass::Meaning),
                order: number(DifferenceClass::Order),
                formatting: number(DifferenceClass::Formatting),
            },
        }
    }
}

impl From<&Difference> for DifferenceRecord {
    fn from(difference: &Difference) -> Self {
        let Difference { class, subject, aspect, before, after } = difference.clone();
        Self { class, subject: subject.into(), aspect, before, after }
    }
}

impl From<Subject> for SubjectRecord {
    fn from(subject: Subject) -> Self {
        match subject {
            Subject::Document => Self::Document,
            Subject::Site(id) => Self::Site { id },
            Subject::Pool(pool) => Self::Pool { pool },
            Subject::SqlInstance(id) => Self::SqlInstance { id },
            Subject::Service { role, pool, id } => Self::Service { role, pool: (!pool.is_empty()).then_some(pool), id },
        }
    }
}
