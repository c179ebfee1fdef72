//! The rule `allow-unused`.

use std::collections::HashSet;

use crate::request::{Allow, Request};
use crate::rules::prelude::*;

rule! {
    /// # What it checks
    ///
    /// Each `[[allow]]` of the request matches a finding. Told only when all findings are known: of a refused plan nobody can
    /// say what its result would break.
    ///
    /// # Why
    ///
    /// A reason that excuses nothing is a rest of an earlier request, or stands for a break that the writer expected
    /// and that is not there. Either way a reviewer would be misled, and the next break would be excused unseen.
    ///
    /// # Example
    ///
    /// `--allow "same-site=one campus"` for two pools in different sites.
    ///
    /// # How to fix
    ///
    /// Take the line out. Where one request serves many topologies, allow this rule and say so.
    ///
    /// # Source
    ///
    /// poolpair's own: it is about the request.
    ALLOW_UNUSED = "allow-unused", Advice from Request, "poolpair", All(|_| Vec::new())
}

/// The allowances that match none of `findings`, which are all there are: no context shows them.
///
/// One of this very rule is never idle: it is there for the topologies on which others are.
pub(in crate::rules) fn among(findings: &[Finding], request: &Request) -> Vec<Finding> {
    let can_match = |allow: &&Allow| {
        let rule = super::find(&allow.rule.value);
        rule.is_some_and(|rule| rule.class.can_be_allowed() && rule.id != ALLOW_UNUSED.id)
    };
    let broken: HashSet<_> =
        findings.iter().filter(|finding| finding.can_be_allowed()).map(|finding| finding.rule.id).collect();
    let is_idle = |allow: &&Allow| !broken.contains(allow.rule.value.as_str());
    request.allows.iter().filter(can_match).filter(is_idle).map(unused).collect()
}

fn unused(allow: &Allow) -> Finding {
    let rule = &allow.rule;
    ALLOW_UNUSED
        .finding([], format!("`{}` is allowed, but nothing breaks it", rule.value), "take the line out")
        .on(&rule.value)
        .at(&rule.origin, "allowed here")
}
