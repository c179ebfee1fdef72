//! Compares findings before and after a change.

use super::{Finding, FindingChange, FindingIndex, Severity};
use crate::topology::Fqdn;

/// Marks each finding as new or present before the change.
///
/// A finding that was present before and names no affected pool does not block the change, unless it makes publishing
/// the whole document fail.
pub(crate) fn classify(findings: &mut [Finding], before: &FindingIndex<'_>, is_affected: impl Fn(&Fqdn) -> bool) {
    for finding in findings {
        let was_present = before.covers(finding);
        finding.change = Some(if was_present { FindingChange::Before } else { FindingChange::New });
        finding.is_elsewhere =
            was_present && !finding.rule.fails_publishing() && !finding.pools.iter().any(&is_affected);
    }
}

/// The errors and warnings among `before` that are resolved.
pub(crate) fn repaired(before: &[Finding], after: &FindingIndex<'_>) -> Vec<Finding> {
    let resolved = before.iter().filter(|finding| finding.severity > Severity::Note && !after.overlaps(finding));
    resolved.map(|finding| Finding { change: Some(FindingChange::Repaired), ..finding.clone() }).collect()
}
