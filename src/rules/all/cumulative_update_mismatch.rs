//! The rule `cumulative-update-mismatch`.

use crate::request::DeclaredUpdate;
use crate::rules::prelude::*;

rule! {
    /// # What it checks
    ///
    /// The request declares the same cumulative update for both pools of a pair.
    ///
    /// # Why
    ///
    /// The pools of a pair carry each other's users. Each must be able to read the copies that the other writes, and a
    /// fix that one pool lacks is missing for the users of both.
    ///
    /// # Example
    ///
    /// `pool01.contoso.com` is declared with build `7.0.2046.530`, `pool02.contoso.com` with `7.0.2046.216`.
    ///
    /// # How to fix
    ///
    /// Install the later update on all servers of the older pool.
    ///
    /// # Source
    ///
    /// Inferred from "Front End pool disaster recovery": both pools run the same version.
    CUMULATIVE_UPDATE_MISMATCH = "cumulative-update-mismatch", Support from Declared, "MS-DR, inferred", Pair(check_pair)
}

fn check_pair(context: &RuleContext<'_>, pair: &PairContext<'_>) -> Option<Finding> {
    let declared = DeclaredPair::of(context, pair, |facts| facts.cumulative_update.as_ref())?;
    let [first, second] = pair.names(context);
    let question = || format!("Is the same cumulative update installed on all servers of `{first}` and `{second}`?");
    let keys = &["cumulative-update"];
    let Some([first_update, second_update]) = declared.both() else {
        return Some(declared.undeclared(context, &CUMULATIVE_UPDATE_MISMATCH, "cumulative update", keys, question()));
    };
    let finding = match (describe(&first_update.value), describe(&second_update.value)) {
        (Some(build), Some(other_build)) if build == other_build => return None,
        (Some(build), Some(other_build)) => CUMULATIVE_UPDATE_MISMATCH.finding(
            [first, second],
            format!("`{first}` is declared with {build}, `{second}` with {other_build}"),
            "bring both pools to the later update",
        ),
        _ => {
            let message = format!(
                "the builds of `{first}` and `{second}` are unknown: not declared, so they cannot be checked offline"
            );
            let help = "declare the `build` of each `cumulative-update` in the request; otherwise the runbook asks";
            let finding = CUMULATIVE_UPDATE_MISMATCH.finding([first, second], message, help);
            finding.asking(keys, question()).with_severity(Severity::Note)
        }
    };
    Some(finding.at(&first_update.origin, "declared here").at(&second_update.origin, "and here"))
}

/// The update as text; `None` if its build is not declared.
fn describe(update: &DeclaredUpdate) -> Option<String> {
    match update {
        DeclaredUpdate::None => Some("no cumulative update".to_owned()),
        DeclaredUpdate::Installed(update) => update.build.as_ref().map(|build| format!("build {build}")),
    }
}
