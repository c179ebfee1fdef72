//! The rule `hosting-mismatch`.

use crate::rules::prelude::*;

rule! {
    /// # What it checks
    ///
    /// Both pools run on physical servers, or both on virtual ones, as the request declares it. For a topology alone
    /// there is nothing to compare.
    ///
    /// # Why
    ///
    /// Microsoft supports a pair only between pools that are hosted alike, so that each can carry the other's users at
    /// the same speed. No topology shows it: what is not declared becomes a question of the runbook.
    ///
    /// # Example
    ///
    /// `pool01.contoso.com` is declared with `hosting = "physical"`, `pool02.contoso.com` with `hosting = "virtual"`.
    ///
    /// # How to fix
    ///
    /// Pair the pool with one that is hosted alike, or allow this rule and say how the load was tested.
    ///
    /// # Source
    ///
    /// "Front End pool disaster recovery in Skype for Business Server", best practices for pairing.
    HOSTING_MISMATCH = "hosting-mismatch", Support from Declared, "MS-DR", Pair(of_pair)
}

fn of_pair(context: &RuleContext<'_>, pair: &PairContext<'_>) -> Option<Finding> {
    let declared = DeclaredPair::of(context, pair, |facts| facts.hosting.as_ref())?;
    let [first, second] = pair.names(context);
    let Some([one, other]) = declared.both() else {
        let question = format!("Are `{first}` and `{second}` both on physical servers, or both on virtual ones?");
        return Some(declared.undeclared(context, &HOSTING_MISMATCH, "hosting", &["hosting"], question));
    };
    if one.value == other.value {
        return None;
    }
    let message = format!("`{first}` is on {} servers, `{second}` on {} ones", one.value, other.value);
    let finding = HOSTING_MISMATCH.finding([first, second], message, "pair pools that are hosted alike");
    Some(finding.at(&one.origin, "declared here").at(&other.origin, "and here"))
}
