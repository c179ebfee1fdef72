//! An index of findings.

use foldhash::{HashMap, HashMapExt};
use smol_str::SmolStr;

use super::Finding;
use crate::topology::Fqdn;

/// Findings by rule, subject and pool, for fast lookup of equal ones.
pub(crate) struct FindingIndex<'f> {
    kinds: HashMap<(&'static str, Option<&'f SmolStr>), RuleFindings<'f>>,
}

/// The findings of one rule on one subject.
#[derive(Default)]
struct RuleFindings<'f> {
    all: Vec<&'f Finding>,
    by_pool: HashMap<&'f Fqdn, Vec<&'f Finding>>,
}

impl<'f> FindingIndex<'f> {
    pub(crate) fn new(findings: &'f [Finding]) -> Self {
        let mut kinds: HashMap<_, RuleFindings<'f>> = HashMap::new();
        for finding in findings {
            let kind = kinds.entry(finding.kind()).or_default();
            kind.all.push(finding);
            for pool in &finding.pools {
                kind.by_pool.entry(pool).or_default().push(finding);
            }
        }
        Self { kinds }
    }

    /// Whether one of these is equal to `finding`, about at least the same pools.
    pub(crate) fn covers(&self, finding: &Finding) -> bool {
        let Some(kind) = self.kinds.get(&finding.kind()) else { return false };
        let of_each = finding.pools.iter().map(|pool| kind.by_pool.get(pool).map_or(&[][..], Vec::as_slice));
        // The pool with the fewest findings leaves the fewest candidates.
        let candidates = of_each.min_by_key(|findings| findings.len()).unwrap_or(&kind.all);
        candidates.iter().any(|other| finding.pools.is_subset(&other.pools))
    }

    /// Whether one of these is equal to `finding` about at least one of its pools, or at all if it names none.
    pub(crate) fn overlaps(&self, finding: &Finding) -> bool {
        let kind = self.kinds.get(&finding.kind());
        kind.is_some_and(|kind| {
            finding.pools.is_empty() || finding.pools.iter().any(|pool| kind.by_pool.contains_key(pool))
        })
    }
}
