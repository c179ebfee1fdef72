//! What a request allows: findings of `support` and `advice` rules, each with a written reason.

use super::all::allow_unused;
use super::{Finding, merge};
use crate::request::Request;

/// Marks the findings that the request allows, each with its reason.
///
/// Only `support` and `advice` can be allowed. That a request tries to allow others, or a rule that there is not, are
/// findings of their own: `allow-forbidden` and `allow-unknown-rule`.
pub fn allow(findings: &mut [Finding], request: &Request) {
    for finding in findings.iter_mut().filter(|finding| finding.can_be_allowed()) {
        if let Some(allow) = request.allowance(finding.rule.id) {
            finding.allowed = Some(allow.reason.value.clone());
        }
    }
}

/// Adds a finding for every allowance that matches nothing; `findings` are all that the rules have to say.
pub fn report_unused_allows(findings: &mut Vec<Finding>, request: &Request) {
    let mut unused = allow_unused::among(findings, request);
    allow(&mut unused, request);
    merge(findings, unused);
}
