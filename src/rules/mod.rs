//! The rule book: one rule a file, and the table of all of them.
//!
//! A rule sees models, a request and the pairing view, never a plan. It runs over a [`RuleContext`]: the document as it is,
//! the request against that document, or the document as it would be.

pub mod all;
mod allow;
mod change;
mod check;
mod classify;
mod context;
mod declared;
mod finding;
mod index;
mod page;
mod pair_context;
mod prelude;
mod record;
mod rule;
mod ties;
mod voice;

use all::CHECKS;
pub use all::{CHAPTERS, RULES, find};
pub use allow::{allow, report_unused_allows};
pub use change::FindingChange;
pub(crate) use classify::{classify, repaired};
pub use context::RuleContext;
pub use finding::{Finding, FindingLabel, Place, Question};
pub(crate) use index::FindingIndex;
pub use page::index;
pub use pair_context::{PairContext, PairedPool};
pub use record::{FindingFiles, FindingRecord, LocationRecord, RequestText, Summary};
pub use rule::{Basis, Rule, RuleClass, Severity};
pub use voice::{PlacedSetting, PoolVoice};

/// Runs every rule over a context; findings in the order of the rule book.
pub fn check(context: &RuleContext<'_>) -> Vec<Finding> {
    check_with(context, |_| true)
}

/// Runs the rules whose breaks make publishing fail, which look at the whole document whatever is requested.
pub fn check_document(context: &RuleContext<'_>) -> Vec<Finding> {
    check_with(context, Rule::fails_publishing)
}

/// Runs all other rules: they look at the pools of a request, so that many requests can be tried on one document.
pub fn check_request(context: &RuleContext<'_>) -> Vec<Finding> {
    check_with(context, |rule| !rule.fails_publishing())
}

fn check_with(context: &RuleContext<'_>, is_chosen: impl Fn(&Rule) -> bool) -> Vec<Finding> {
    CHECKS.iter().filter(|(rule, _)| is_chosen(rule)).flat_map(|(_, check)| check.run(context)).collect()
}

/// Appends the findings that are not there yet: a request, the document and the result of a plan say the same of what
/// they share, and one about more pools says it for all of them.
pub fn merge(findings: &mut Vec<Finding>, mut more: Vec<Finding>) {
    let index = FindingIndex::new(findings);
    more.retain(|finding| !index.covers(finding));
    findings.append(&mut more);
}

/// Puts findings into the order of the rule book; those of one rule keep theirs.
pub fn sort(findings: &mut [Finding]) {
    findings.sort_by_key(|finding| RULES.iter().position(|rule| rule.id == finding.rule.id));
}
