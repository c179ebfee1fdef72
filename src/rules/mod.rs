//! The rule book: one rule a file, and the table of all of them.
//!
//! A rule sees models, a request and the pairing view, never a plan. It runs over a [`Scene`]: the document as it is,
//! the request against that document, or the document as it would be.

pub mod book;
mod candidate;
mod finding;
mod page;
mod record;
mod rule;
mod scene;
mod words;

pub use book::{CHAPTERS, RULES, find};
pub use candidate::{Candidate, Member};
pub use finding::{Finding, Label, Place, Severity};
pub use page::index;
pub use record::{Files, FindingRecord, LocationRecord, Summary};
pub use rule::{Basis, Class, Rule};
pub use scene::Scene;

use crate::request::Request;

/// Runs every rule over a scene; findings in the order of the rule book.
pub fn check(scene: &Scene<'_>) -> Vec<Finding> {
    RULES.iter().flat_map(|rule| (rule.check)(scene)).collect()
}

/// Marks the findings that the request allows, each with its reason.
///
/// Only `support` and `advice` can be allowed; see [`unknown-allow`](crate::rules) for what happens to others.
pub fn allow(findings: &mut [Finding], request: &Request) {
    for finding in findings.iter_mut().filter(|finding| finding.class.can_be_allowed()) {
        if let Some(allow) = request.allowance(finding.rule.id) {
            finding.allowed = Some(allow.reason.value.clone());
        }
    }
}
