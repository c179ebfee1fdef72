//! From a request to typed changes, to edits, to a proved document.
//!
//! A plan exists only for a change that breaks no rule, or none that the request does not allow with a reason; and
//! whose edits were proved: see [`Planned`].

mod action;
mod bytes;
mod change;
mod check;
mod conflict;
mod content;
mod deploy;
mod draft;
mod error;
mod evaluate_rules;
#[cfg(test)]
pub(crate) mod faults;
mod id_allocator;
mod layout;
mod new_element;
mod proof;
mod record;
mod service_action;
mod setting_action;
mod strip;
mod style;
mod tag;
mod target;
mod touched;
mod write;

pub use change::{Change, ChangeKind, Value};
pub use check::check;
pub(crate) use draft::edits_to_pair;
pub use error::{Error, PlanFault};
pub(crate) use id_allocator::{GivenIds, IdAllocator};
pub(crate) use new_element::NewElement;
pub use record::{EditRecord, InputRecord, PlanRecord};
pub(crate) use strip::{Parts, without};
pub(crate) use target::VoiceTarget;
pub(crate) use write::remove_attribute;

use self::draft::Draft;
use self::evaluate_rules::Judged;
use crate::Export;
use crate::diff::Inventory;
use crate::notation::{Evidence, Notation};
use crate::pairing::Pairing;
use crate::request::Request;
use crate::rules::{self, Finding, RuleContext};
use crate::runbook::deployment::{Deployment, PublishRoute};
use crate::source::{Edits, Options};
use crate::topology::{Dialect, Topology};

/// What planning came to.
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
    /// The changes, in the order of the request; none where all is as requested already.
    pub changes: Vec<Change>,
    /// The edits.
    pub edits: Edits,
    /// The edited document.
    pub after: Export,
    /// What the rules found on the request and on the result, none of it blocking.
    pub findings: Vec<Finding>,
    /// How the result gets published.
    pub route: PublishRoute,
    /// What the runbook is about.
    pub deployment: Deployment,
    /// What the edited document consists of.
    pub inventory: Inventory,
}

/// How a plan is made.
#[derive(Clone, Debug)]
pub struct PlanOptions {
    /// How the edited document is read again.
    pub reading: Options,
    /// Whether warnings refuse a plan too.
    pub strict: bool,
}

/// Plans a request on an export.
///
/// # Errors
///
/// When the document or the notation lacks what writing the change needs, or when the proof fails, which is a bug.
/// Broken rules are no error but [`Outcome::Refused`].
pub fn plan(before: &Export, request: &Request, notation: &Notation, options: &PlanOptions) -> Result<Outcome, Error> {
    let pairing = Pairing::read(&before.document, &before.topology, notation);
    let was = RuleContext { export: before, pairing: &pairing, notation, requested: None };
    let Judged { mut findings, draft } = evaluate_rules::request(&was, request, options)?;
    let Some(draft) = draft else { return Ok(Outcome::Refused(findings)) };
    let pairing = Pairing::read(&draft.after.document, &draft.after.topology, notation);
    let is = RuleContext { export: &draft.after, pairing: &pairing, ..was };
    draft.prove(&was)?;
    evaluate_rules::result(&mut findings, &rules::check(&was), &draft, [&was, &is], request);
    rules::report_unused_allows(&mut findings, request);
    if findings.iter().any(|finding| finding.is_blocking(options.strict)) {
        return Ok(Outcome::Refused(findings));
    }
    let route = route(&before.topology, request, notation);
    let deployment = deploy::deployment(&deploy::Sides { was, is, request, route }, &draft.targets, &findings);
    let changes = draft.changes(&was);
    let Draft { edits, after, .. } = draft;
    let inventory = Inventory::of(&after);
    Ok(Outcome::Planned(Box::new(Planned { changes, edits, after, findings, route, deployment, inventory })))
}

fn route(topology: &Topology, request: &Request, notation: &Notation) -> PublishRoute {
    let sure = notation.evidence == Evidence::Learned || request.accept_unverified_notation;
    if topology.dialect == Dialect::Published && sure { PublishRoute::Cmdlet } else { PublishRoute::TopologyBuilder }
}
