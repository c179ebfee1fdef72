//! The rules, one per file, and the table of all of them.
//!
//! A rule depends on the topology, a request and the pairing view, never on a plan. It checks a [`RuleContext`]: the
//! current document, a request against that document, or the edited document.

pub mod all;
mod allow;
mod change;
mod check;
mod classify;
mod context;
mod declared;
mod finding;
mod groups;
mod index;
mod page;
mod pair_context;
mod prelude;
mod record;
mod rule;
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
pub use voice::{LocatedSetting, PoolVoice};

/// Runs all rules; findings are in the order of the rules.
pub fn check(context: &RuleContext<'_>) -> Vec<Finding> {
    check_with(context, |_| true)
}

/// Runs the rules that make publishing fail, which check the whole document regardless of the request.
pub fn check_document(context: &RuleContext<'_>) -> Vec<Finding> {
    check_with(context, Rule::fails_publishing)
}

/// Runs all other rules: they check only the pools of a request, so that many requests can be tried on one document.
pub fn check_request(context: &RuleContext<'_>) -> Vec<Finding> {
    check_with(context, |rule| !rule.fails_publishing())
}

fn check_with(context: &RuleContext<'_>, is_selected: impl Fn(&Rule) -> bool) -> Vec<Finding> {
    CHECKS.iter().filter(|(rule, _)| is_selected(rule)).flat_map(|(_, check)| check.run(context)).collect()
}

/// Appends the findings that are not covered yet: a request, the document and the result of a plan share findings, and
/// one about more pools covers the others.
pub fn merge(findings: &mut Vec<Finding>, mut more: Vec<Finding>) {
    let index = FindingIndex::new(findings);
    more.retain(|finding| !index.covers(finding));
    findings.append(&mut more);
}

/// Sorts findings by the order of the rules; the order within a rule is kept.
pub fn sort(findings: &mut [Finding]) {
    findings.sort_by_key(|finding| RULES.iter().position(|rule| rule.id == finding.rule.id));
}
