//! Everything that the rules have to say, for `check`.

use super::evaluate_rules::{self, Judged};
use super::{Error, PlanOptions};
use crate::Export;
use crate::notation::Notation;
use crate::pairing::Pairing;
use crate::request::Request;
use crate::rules::{self, Finding, RuleContext};
use crate::source::Options;

/// Checks the document as it is and, with a request, what is asked and what would come of it; in the order of the
/// rule book.
///
/// The result is looked at only where nothing refuses the request itself, and only then are allowances reported that
/// match nothing. Every place in the topology is one of `export`.
///
/// # Errors
///
/// When the document or the notation lacks what writing the requested change needs, or when its proof fails.
pub fn check(
    export: &Export,
    request: Option<&Request>,
    notation: &Notation,
    reading: &Options,
) -> Result<Vec<Finding>, Error> {
    let pairing = Pairing::read(&export.document, &export.topology, notation);
    let context = RuleContext { export, pairing: &pairing, notation, requested: None };
    let mut findings = rules::check(&context);
    if let Some(request) = request {
        let options = PlanOptions { reading: reading.clone(), strict: false };
        let Judged { findings: mut requested, unproved } = evaluate_rules::request(&context, request, &options)?;
        if let Some(unproved) = &unproved {
            unproved.prove(&context)?;
            let pairing = Pairing::read(&unproved.after.document, &unproved.after.topology, notation);
            let result = RuleContext { export: &unproved.after, pairing: &pairing, ..context };
            evaluate_rules::result(&mut requested, &findings, unproved, [&context, &result], request);
        }
        rules::merge(&mut findings, requested);
        rules::allow(&mut findings, request);
        if unproved.is_some() {
            rules::report_unused_allows(&mut findings, request);
        }
    }
    rules::sort(&mut findings);
    Ok(findings)
}
