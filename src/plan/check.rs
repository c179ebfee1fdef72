//! All findings of the rules, for `check`.

use super::{Error, evaluate_rules};
use crate::Export;
use crate::notation::Notation;
use crate::pairing::Pairing;
use crate::request::{Request, ResolvedRequest};
use crate::rules::{self, Finding, RuleContext};
use crate::source::Options;

/// Checks the document as it is and, with a request, the request and its result. Findings are in the order of the rule
/// table.
///
/// The result is checked only if nothing refuses the request itself, and only then are unused allowances reported.
/// Locations in the topology refer to `export`.
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
    let requested = request.map(|request| ResolvedRequest::of(request, &export.topology));
    let context = RuleContext { export, pairing: &pairing, notation, requested: None, declared: requested.as_ref() };
    match &requested {
        Some(requested) => Ok(evaluate_rules::evaluate(&context, requested, reading)?.findings),
        None => Ok(rules::check(&context)),
    }
}
