//! What a change has to do with what was found before and after it.

use super::{Finding, FindingChange, FindingIndex, Severity};
use crate::topology::Fqdn;

/// Tells of each finding whether it was there before.
///
/// One that was, and names no pool that the change touches, is not this change's fault, and blocks nothing. What makes
/// publishing the whole document fail blocks wherever it stands.
pub(crate) fn classify(findings: &mut [Finding], before: &FindingIndex<'_>, is_touched: impl Fn(&Fqdn) -> bool) {
    for finding in findings {
        let was_there = before.covers(finding);
        finding.change = Some(if was_there { FindingChange::Before } else { FindingChange::New });
        finding.is_elsewhere = was_there && !finding.rule.fails_publishing() && !finding.pools.iter().any(&is_touched);
    }
}

/// The errors and warnings among `before` of which nothing is left.
pub(crate) fn repaired(before: &[Finding], now: &FindingIndex<'_>) -> Vec<Finding> {
    let gone = before.iter().filter(|finding| finding.severity > Severity::Note && !now.touches(finding));
    gone.map(|finding| Finding { change: Some(FindingChange::Repaired), ..finding.clone() }).collect()
}
