//! Applies the allowances of a request to findings of `support` and `advice` rules.

use super::all::allow_unused;
use super::{Finding, merge};
use crate::request::Request;

/// Marks the findings that the request allows, with their reasons.
///
/// Only `support` and `advice` rules can be allowed; `allow-forbidden` and `allow-unknown-rule` report other
/// allowances.
pub fn allow(findings: &mut [Finding], request: &Request) {
    for finding in findings.iter_mut().filter(|finding| finding.can_be_allowed()) {
        if let Some(allow) = request.allowance(finding.rule.id) {
            finding.allowed = Some(allow.reason.value.clone());
        }
    }
}

/// Adds a finding for every unused allowance; `findings` must be complete.
pub fn report_unused_allows(findings: &mut Vec<Finding>, request: &Request) {
    let mut unused = allow_unused::unused_allows(findings, request);
    allow(&mut unused, request);
    merge(findings, unused);
}
