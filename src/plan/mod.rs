//! From a request to typed changes, to edits, to a proved document.
//!
//! A plan exists only for a change that breaks no rule, or none that the request does not allow with a reason; and
//! whose edits were proved: see [`Planned`].

mod action;
mod change;
mod content;
mod deploy;
mod edit;
mod error;
mod fresh;
mod fresh_id;
mod proof;
mod record;
mod service_action;
mod setting_action;
mod strip;
mod style;
mod target;
mod work;
mod write;

pub use change::{Change, ChangeKind, Value};
pub use edit::{Edit, Edits};
pub use error::{Error, PlanFault};
pub(crate) use fresh::Fresh;
pub(crate) use fresh_id::{FreshIds, GivenIds};
pub use record::{EditRecord, InputRecord, PlanRecord};
pub(crate) use strip::{Part, without};
pub(crate) use target::VoiceTarget;
pub(crate) use work::pair;
pub(crate) use write::remove_attribute;

use self::work::Work;
use crate::Export;
use crate::asked::Asked;
use crate::notation::{Evidence, Notation};
use crate::pairing::Pairing;
use crate::request::Request;
use crate::rules::{self, Finding, Scene};
use crate::runbook::deployment::{Deployment, PublishRoute};
use crate::source::Options;
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
    let topology = &before.topology;
    let pairing = Pairing::read(&before.document, topology, notation);
    let asked = Asked::of(request, topology);
    let scene = Scene { export: before, pairing: &pairing, notation, asked: Some(&asked) };
    let mut findings = rules::check(&scene);
    rules::allow(&mut findings, request);
    if findings.iter().any(|finding| finding.is_blocking(options.strict)) {
        return Ok(Outcome::Refused(findings));
    }
    let targets = target::targets(&asked, &pairing);
    let Work { changes, edits, after } =
        work::work_out(before, &pairing, notation, &targets, &GivenIds::new(), &options.reading)?;
    judge_result(before, &after, request, notation, &targets, &mut findings);
    if findings.iter().any(|finding| finding.is_blocking(options.strict)) {
        return Ok(Outcome::Refused(findings));
    }
    let route = route(topology, request, notation);
    let deployment =
        deploy::deployment(&deploy::Sides { before, after: &after, request, notation, route }, &targets, &findings);
    Ok(Outcome::Planned(Box::new(Planned { changes, edits, after, findings, route, deployment })))
}

/// Adds what the rules find on the result and did not say of the request already.
///
/// What Microsoft does not support but was so before, on pools that the change does not touch, is told as a warning:
/// it is not this change's fault.
fn judge_result(
    before: &Export,
    after: &Export,
    request: &Request,
    notation: &Notation,
    targets: &[target::Target],
    findings: &mut Vec<Finding>,
) {
    let found_on = |export: &Export| {
        let pairing = Pairing::read(&export.document, &export.topology, notation);
        rules::check(&Scene { export, pairing: &pairing, notation, asked: None })
    };
    let earlier = found_on(before);
    let mut found = found_on(after);
    let said = |findings: &[Finding], new: &Finding| {
        findings.iter().any(|old| old.rule.id == new.rule.id && old.message == new.message)
    };
    found.retain(|finding| !said(findings, finding));
    for finding in &mut found {
        let old = said(&earlier, finding) && finding.rule.class.can_be_allowed();
        let touched =
            targets.iter().any(|target| finding.message.contains(after.topology.pool_name(target.pool).as_str()));
        if old && !touched {
            finding.severity = finding.severity.min(rules::Severity::Warning);
        }
    }
    rules::allow(&mut found, request);
    findings.append(&mut found);
}

fn route(topology: &Topology, request: &Request, notation: &Notation) -> PublishRoute {
    let sure = notation.evidence == Evidence::Learned || request.accept_unverified_notation;
    if topology.dialect == Dialect::Published && sure { PublishRoute::Cmdlet } else { PublishRoute::TopologyBuilder }
}
