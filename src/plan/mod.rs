//! From a request to typed changes, to edits, to a proved document.
//!
//! A plan exists only for a change that breaks no rule, apart from those that the request allows with a reason, and
//! whose edits were proved: see [`Planned`].

mod actions;
mod change;
mod check;
mod conflict;
mod dependencies;
mod deploy;
pub mod deployment;
mod error;
mod evaluate_rules;
#[cfg(test)]
pub(crate) mod faults;
mod id_allocator;
mod peers;
mod record;
mod services;
mod settings;
mod stored;
mod target;
mod unproved;
mod write;

pub use change::{Change, ChangeKind, ChangeValue};
pub use check::check;
pub use deployment::{Deployment, PublishRoute};
pub use error::{Error, PlanFault};
pub(crate) use id_allocator::{GivenIds, IdAllocator};
pub use record::{EditRecord, InputRecord, PlanRecord};
pub use stored::{StoredPlan, StoredPlanError};
pub(crate) use target::VoiceTarget;
pub(crate) use unproved::edits_to_pair;

use self::evaluate_rules::Evaluated;
use self::unproved::UnprovedPlan;
use crate::Export;
use crate::diff::Inventory;
use crate::notation::{Evidence, Notation};
use crate::pairing::Pairing;
use crate::request::{Request, ResolvedRequest};
use crate::rules::{Finding, RuleContext, Severity};
use crate::source::{Edits, Options};
use crate::topology::{Dialect, Topology};

/// The outcome of planning.
#[derive(Debug)]
pub enum Outcome {
    /// Rules are broken; nothing was planned.
    Refused(Vec<Finding>),
    /// A proved plan.
    Planned(Box<Planned>),
}

/// A proved plan: the edited document reads, the bytes outside the edits are those of the input, and it differs
/// from the input by the changes and nothing else.
#[derive(Debug)]
pub struct Planned {
    /// The changes, in the order of the request; none if everything is already as requested.
    pub changes: Vec<Change>,
    /// The edits.
    pub edits: Edits,
    /// The edited document.
    pub after: Export,
    /// The findings on the request and on the result; none of them blocks.
    pub findings: Vec<Finding>,
    /// How the result gets published.
    pub route: PublishRoute,
    /// The facts for the runbook.
    pub deployment: Deployment,
    /// The inventory of the edited document.
    pub inventory: Inventory,
}

/// How a plan is made.
#[derive(Clone, Debug)]
pub struct PlanOptions {
    /// How the edited document is read again.
    pub reading: Options,
    /// Whether warnings also refuse a plan.
    pub strict: bool,
}

/// Plans a request on an export.
///
/// # Errors
///
/// When the document or the notation lacks what writing the change needs, or when the proof fails, which is a bug.
/// Broken rules are not an error but [`Outcome::Refused`].
pub fn plan(before: &Export, request: &Request, notation: &Notation, options: &PlanOptions) -> Result<Outcome, Error> {
    let pairing = Pairing::read(&before.document, &before.topology, notation);
    let requested = ResolvedRequest::of(request, &before.topology);
    let old = RuleContext { export: before, pairing: &pairing, notation, requested: None, declared: Some(&requested) };
    let Evaluated { mut findings, unproved } = evaluate_rules::evaluate(&old, &requested, &options.reading)?;
    // A plan reports findings elsewhere only if they would refuse it; `check` reports all of them.
    findings.retain(|finding| !finding.is_elsewhere || finding.rule.class.severity() == Severity::Error);
    let blocks = findings.iter().any(|finding| finding.is_blocking(options.strict));
    let Some(unproved) = unproved.filter(|_| !blocks) else { return Ok(Outcome::Refused(findings)) };
    let new = unproved.result(&old);
    let route = route(&before.topology, request, notation);
    let changes = unproved.changes(&old);
    let comparison = deploy::DeployedChange { old, new, route, as_requested: changes.is_empty() };
    let deployment = deploy::deployment(&comparison, &unproved.targets, &findings);
    let UnprovedPlan { targets, edits, after, .. } = unproved;
    let inventory = Inventory::of(&after, targets.iter().map(|target| target.pool));
    Ok(Outcome::Planned(Box::new(Planned { changes, edits, after, findings, route, deployment, inventory })))
}

fn route(topology: &Topology, request: &Request, notation: &Notation) -> PublishRoute {
    let sure = notation.evidence == Evidence::Learned || request.accept_unverified_notation;
    if topology.dialect == Dialect::Published && sure { PublishRoute::Cmdlet } else { PublishRoute::TopologyBuilder }
}
