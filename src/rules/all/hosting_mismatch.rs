//! The rule `hosting-mismatch`.

use crate::rules::prelude::*;

rule! {
    /// # What it checks
    ///
    /// Both pools run on physical servers, or both on virtual ones, as declared in the request. A topology alone is not
    /// checked.
    ///
    /// # Why
    ///
    /// Microsoft supports a pair only between pools with the same kind of hosting, so that each can carry the other's
    /// users at the same speed. No topology shows it: undeclared hosting becomes a question in the runbook.
    ///
    /// # Example
    ///
    /// `pool01.contoso.com` is declared with `hosting = "physical"`, `pool02.contoso.com` with `hosting = "virtual"`.
    ///
    /// # How to fix
    ///
    /// Pair the pool with one of the same hosting, or allow this rule and say how the load was tested.
    ///
    /// # Source
    ///
    /// "Front End pool disaster recovery in Skype for Business Server", best practices for pairing.
    HOSTING_MISMATCH = "hosting-mismatch", Support from Declared, "MS-DR", Pair(check_pair)
}

fn check_pair(context: &RuleContext<'_>, pair: &PairContext<'_>) -> Option<Finding> {
    let declared = DeclaredPair::of(context, pair, |facts| facts.hosting.as_ref())?;
    let [first, second] = pair.names(context);
    let Some([first_hosting, second_hosting]) = declared.both() else {
        let question = format!("Are `{first}` and `{second}` both on physical servers, or both on virtual ones?");
        return Some(declared.undeclared(context, &HOSTING_MISMATCH, "hosting", &["hosting"], question));
    };
    if first_hosting.value == second_hosting.value {
        return None;
    }
    let message =
        format!("`{first}` is on {} servers, `{second}` on {} servers", first_hosting.value, second_hosting.value);
    let finding = HOSTING_MISMATCH.finding([first, second], message, "pair pools with the same kind of hosting");
    Some(finding.at(&first_hosting.origin, "declared here").at(&second_hosting.origin, "and here"))
}
