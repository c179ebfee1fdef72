//! What the rules say of a request, and of what it would make of the document.

use std::collections::HashSet;

use super::PlanOptions;
use super::error::Error;
use super::unproved::UnprovedPlan;
use crate::request::{Request, ResolvedRequest};
use crate::rules::{self, Finding, FindingIndex, Place, RuleClass, RuleContext, Severity};
use crate::source::Edits;
use crate::topology::Fqdn;

/// A request that was judged by itself.
pub(super) struct Judged<'a> {
    /// What was found; every place in the topology is one of the input.
    pub(super) findings: Vec<Finding>,
    /// The change; nothing where the request itself is refused, whose result nobody can judge.
    pub(super) unproved: Option<UnprovedPlan<'a>>,
}

/// Judges a request on the document of a context, and works it out where nothing refuses it.
///
/// # Errors
///
/// As [`UnprovedPlan::new`].
pub(super) fn request<'a>(
    context: &RuleContext<'a>,
    request: &Request,
    options: &PlanOptions,
) -> Result<Judged<'a>, Error> {
    let requested = ResolvedRequest::of(request, context.topology());
    let mut findings = rules::check(&RuleContext { requested: Some(&requested), ..*context });
    rules::allow(&mut findings, request);
    if findings.iter().any(|finding| finding.is_blocking(options.strict)) {
        return Ok(Judged { findings, unproved: None });
    }
    let unproved = UnprovedPlan::new(context, &requested, &options.reading)?;
    Ok(Judged { findings, unproved: Some(unproved) })
}

/// Adds what the rules say of the result of a request; `earlier` is what they say of the document alone.
pub(super) fn result(
    findings: &mut Vec<Finding>,
    earlier: &[Finding],
    unproved: &UnprovedPlan<'_>,
    [was, is]: [&RuleContext<'_>; 2],
    request: &Request,
) {
    rules::merge(findings, of_result(earlier, unproved, [was, is]));
    rules::allow(findings, request);
}

/// What the rules find on the result.
///
/// What was so before, on pools that the change does not touch, is left to `check`: it is not this change's fault, and
/// a review is about the change. A break of the document's integrity is told all the same, since it stops publishing.
fn of_result(earlier: &[Finding], unproved: &UnprovedPlan<'_>, [was, is]: [&RuleContext<'_>; 2]) -> Vec<Finding> {
    let earlier = FindingIndex::new(earlier);
    let touched: HashSet<&Fqdn> = unproved.targets.iter().map(|target| was.topology().pool_name(target.pool)).collect();
    let mut findings = rules::check(is);
    findings.retain(|finding| {
        let stops_everything = finding.class == RuleClass::Integrity && finding.severity == Severity::Error;
        stops_everything || finding.pools.iter().any(|pool| touched.contains(pool)) || !earlier.covers(finding)
    });
    for finding in &mut findings {
        point_into_input(finding, &unproved.edits);
    }
    findings
}

/// The result is no file that a reader of the finding has: its places become those of the input.
fn point_into_input(finding: &mut Finding, edits: &Edits) {
    for label in &mut finding.labels {
        if let Place::Topology(span) = &mut label.place {
            *span = edits.origin_of(*span);
        }
    }
}
