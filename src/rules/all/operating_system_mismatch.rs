//! The rule `operating-system-mismatch`.

use crate::rules::prelude::*;

rule! {
    /// # What it checks
    ///
    /// The Front Ends of both pools run the same base operating system, as declared in the request, ignoring case and
    /// spaces. A topology alone is not checked.
    ///
    /// # Why
    ///
    /// Microsoft supports a pair only between pools of the same operating system. No topology shows it: an undeclared
    /// system becomes a question in the runbook.
    ///
    /// # Example
    ///
    /// `pool01.contoso.com` is declared with `operating-system = "Windows Server 2016"`, `pool02.contoso.com` with
    /// "Windows Server 2019".
    ///
    /// # How to fix
    ///
    /// Bring both pools to the same version. While one of them is being rebuilt, allow this rule and say until when.
    ///
    /// # Source
    ///
    /// "Front End pool disaster recovery in Skype for Business Server", best practices for pairing.
    OPERATING_SYSTEM_MISMATCH = "operating-system-mismatch", Support from Declared, "MS-DR", Pair(check_pair)
}

fn check_pair(context: &RuleContext<'_>, pair: &PairContext<'_>) -> Option<Finding> {
    let declared = DeclaredPair::of(context, pair, |facts| facts.operating_system.as_ref())?;
    let [first, second] = pair.names(context);
    let Some([first_system, second_system]) = declared.both() else {
        let question = format!("Do all Front Ends of `{first}` and `{second}` run the same base operating system?");
        let (what, keys) = ("operating system", &["operating-system"]);
        return Some(declared.undeclared(context, &OPERATING_SYSTEM_MISMATCH, what, keys, question));
    };
    if normalized(&first_system.value) == normalized(&second_system.value) {
        return None;
    }
    let message = format!("`{first}` runs on `{}`, `{second}` on `{}`", first_system.value, second_system.value);
    let help = "bring both pools to the same operating system";
    let finding = OPERATING_SYSTEM_MISMATCH.finding([first, second], message, help);
    Some(finding.at(&first_system.origin, "declared here").at(&second_system.origin, "and here"))
}

/// Normalizes case and spaces.
fn normalized(system: &str) -> String {
    system.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}
