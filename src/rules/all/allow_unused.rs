//! The rule `allow-unused`.

use std::collections::HashSet;

use crate::request::{Allow, Request};
use crate::rules::prelude::*;

rule! {
    /// # What it checks
    ///
    /// Each `[[allow]]` of the request matches a finding. Reported only when all findings are known: if a plan is
    /// refused, the findings of its result are unknown.
    ///
    /// # Why
    ///
    /// A reason that excuses nothing is left over from an earlier request, or refers to a finding that does not exist.
    /// Either way it misleads a reviewer, and the next break would be excused unnoticed.
    ///
    /// # Example
    ///
    /// `--allow "same-site=one campus"` for two pools in different sites.
    ///
    /// # How to fix
    ///
    /// Remove the line. If one request serves several topologies, allow this rule and say so.
    ///
    /// # Source
    ///
    /// poolpair's own: it is about the request.
    ALLOW_UNUSED = "allow-unused", Advice from Request, "poolpair", All(|_| Vec::new())
}

/// The allowances that match none of `findings`, which must be complete.
///
/// An allowance of this rule itself is never unused: it is meant for topologies on which others are.
pub(in crate::rules) fn unused_allows(findings: &[Finding], request: &Request) -> Vec<Finding> {
    let can_match = |allow: &&Allow| {
        let rule = super::find(&allow.rule.value);
        rule.is_some_and(|rule| rule.class.can_be_allowed() && rule.id != ALLOW_UNUSED.id)
    };
    let broken: HashSet<_> =
        findings.iter().filter(|finding| finding.can_be_allowed()).map(|finding| finding.rule.id).collect();
    let is_unused = |allow: &&Allow| !broken.contains(allow.rule.value.as_str());
    request.allows.iter().filter(can_match).filter(is_unused).map(finding).collect()
}

fn finding(allow: &Allow) -> Finding {
    let rule = &allow.rule;
    ALLOW_UNUSED
        .finding([], format!("`{}` is allowed, but nothing breaks it", rule.value), "remove the line")
        .on(&rule.value)
        .at(&rule.origin, "allowed here")
}
