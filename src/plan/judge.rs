//! What the rules say of a request, and of what it would make of the document.

use std::collections::HashSet;

use super::PlanOptions;
use super::draft::Draft;
use super::error::Error;
use super::target::Target;
use crate::Export;
use crate::asked::Asked;
use crate::notation::Notation;
use crate::pairing::Pairing;
use crate::request::Request;
use crate::rules::{self, Class, Finding, Place, Scene, Severity};
use crate::source::Edits;
use crate::topology::Topology;

/// A request that was judged by itself.
pub(super) struct Judged {
    /// What was found; every place in the topology is one of the input.
    pub(super) findings: Vec<Finding>,
    /// The change; nothing where the request itself is refused, whose result nobody can judge.
    pub(super) draft: Option<Draft>,
}

/// Judges a request, and works it out where nothing refuses it.
///
/// # Errors
///
/// As [`plan`](super::plan).
pub(super) fn request(
    before: &Export,
    request: &Request,
    notation: &Notation,
    options: &PlanOptions,
) -> Result<Judged, Error> {
    let pairing = Pairing::read(&before.document, &before.topology, notation);
    let asked = Asked::of(request, &before.topology);
    let scene = Scene { export: before, pairing: &pairing, notation, asked: Some(&asked) };
    let mut findings = rules::check(&scene);
    rules::allow(&mut findings, request);
    if findings.iter().any(|finding| finding.is_blocking(options.strict)) {
        return Ok(Judged { findings, draft: None });
    }
    let draft = Draft::new(before, &asked, &pairing, notation, options)?;
    Ok(Judged { findings, draft: Some(draft) })
}

/// Adds what the rules say of the result of a request.
pub(super) fn result(
    findings: &mut Vec<Finding>,
    before: &Export,
    draft: &Draft,
    request: &Request,
    notation: &Notation,
) {
    rules::merge(findings, of_result(before, draft, notation));
    rules::allow(findings, request);
}

/// What the rules find in a document alone.
pub(super) fn of_document(export: &Export, notation: &Notation) -> Vec<Finding> {
    let pairing = Pairing::read(&export.document, &export.topology, notation);
    rules::check(&Scene { export, pairing: &pairing, notation, asked: None })
}

/// What the rules find on the result.
///
/// What was so before, on pools that the change does not touch, is left to `check`: it is not this change's fault, and
/// a review is about the change. A break of the document's integrity is told all the same, since it stops publishing.
fn of_result(before: &Export, draft: &Draft, notation: &Notation) -> Vec<Finding> {
    let earlier = of_document(before, notation);
    let earlier: HashSet<_> = earlier.iter().map(|finding| (finding.rule.id, finding.message.as_str())).collect();
    let mut findings = of_document(&draft.after, notation);
    findings.retain(|finding| {
        let is_old = earlier.contains(&(finding.rule.id, finding.message.as_str()));
        let stops_everything = finding.class == Class::Integrity && finding.severity == Severity::Error;
        !is_old || stops_everything || tells_of(finding, &draft.targets, &before.topology)
    });
    for finding in &mut findings {
        point_into_input(finding, &draft.edits);
    }
    findings
}

/// Whether a finding names one of the pools that change.
fn tells_of(finding: &Finding, targets: &[Target], topology: &Topology) -> bool {
    targets.iter().any(|target| finding.message.contains(&format!("`{}`", topology.pool_name(target.pool))))
}

/// The result is no file that a reader of the finding has: its places become those of the input.
fn point_into_input(finding: &mut Finding, edits: &Edits) {
    for label in &mut finding.labels {
        if let Place::Topology(span) = &mut label.place {
            *span = edits.origin_of(*span);
        }
    }
}
