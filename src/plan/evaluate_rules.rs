//! Running the rules over a request, the document that it applies to, and its result.

use std::collections::HashSet;

use super::error::Error;
use super::unproved::UnprovedPlan;
use crate::request::{Request, ResolvedRequest};
use crate::rules::{self, Finding, FindingIndex, Place, RuleContext};
use crate::source::{Edits, Options};
use crate::topology::{Fqdn, PoolIndex};

/// The outcome of running the rules over a request.
pub(super) struct Evaluated<'a> {
    /// The findings, in the order of the rule table; locations in the topology refer to the input.
    pub(super) findings: Vec<Finding>,
    /// The change; `None` if the request itself is refused and so has no result.
    pub(super) unproved: Option<UnprovedPlan<'a>>,
}

/// Runs the rules over the document of a context, over a request and, if nothing refuses that, over the proved result.
/// `check` and `plan` both use this, so that they agree.
///
/// # Errors
///
/// When the document or the notation lacks what writing the change needs, or when its proof fails.
pub(super) fn evaluate<'a>(
    context: &RuleContext<'a>,
    requested: &ResolvedRequest<'_>,
    reading: &Options,
) -> Result<Evaluated<'a>, Error> {
    let request = requested.request;
    let asked = RuleContext { requested: Some(requested), ..*context };
    let earlier = rules::check(context);
    let before = FindingIndex::new(&earlier);
    let mut findings = rules::check(&asked);
    // The edits are not known yet: an earlier finding may turn out to be unrelated to this change.
    let unproved = match is_refused(&mut findings, &before, request, |_| false) {
        true => None,
        false => Some(UnprovedPlan::new(context, requested, reading)?),
    };
    let name = |pool: PoolIndex| context.topology().pool_name(pool);
    let touched: HashSet<&Fqdn> = match &unproved {
        Some(unproved) => unproved.touched().map(name).collect(),
        None => asked.affected().into_iter().map(name).collect(),
    };
    let is_touched = |pool: &Fqdn| touched.contains(pool);
    let unproved = unproved.filter(|_| !is_refused(&mut findings, &before, request, is_touched));
    let after = match &unproved {
        Some(unproved) => of_result(context, unproved)?,
        None => earlier.clone(),
    };
    rules::merge(&mut findings, after);
    rules::classify(&mut findings, &before, is_touched);
    let repaired = rules::repaired(&earlier, &FindingIndex::new(&findings));
    findings.extend(repaired);
    rules::allow(&mut findings, request);
    if unproved.is_some() {
        rules::report_unused_allows(&mut findings, request);
    }
    rules::sort(&mut findings);
    Ok(Evaluated { findings, unproved })
}

/// Whether the rules refuse the request itself.
fn is_refused(
    findings: &mut [Finding],
    before: &FindingIndex<'_>,
    request: &Request,
    is_touched: impl Fn(&Fqdn) -> bool,
) -> bool {
    rules::classify(findings, before, is_touched);
    rules::allow(findings, request);
    findings.iter().any(|finding| finding.is_blocking(false))
}

/// The findings on the result of a change, which is proved first.
fn of_result(context: &RuleContext<'_>, unproved: &UnprovedPlan<'_>) -> Result<Vec<Finding>, Error> {
    unproved.prove(context)?;
    let mut findings = rules::check(&unproved.result(context));
    for finding in &mut findings {
        point_into_input(finding, &unproved.edits);
    }
    Ok(findings)
}

/// Maps locations of the result to the input, since the reader of a finding does not have the result as a file.
fn point_into_input(finding: &mut Finding, edits: &Edits) {
    for label in &mut finding.labels {
        if let Place::Topology(span) = &mut label.place {
            *span = edits.origin_of(*span);
        }
    }
}
