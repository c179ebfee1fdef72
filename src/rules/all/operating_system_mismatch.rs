//! The rule `operating-system-mismatch`.

use crate::rules::declared::{self, DeclaredPair};
use crate::rules::rule::rule;
use crate::rules::{Finding, RuleContext};

rule! {
    /// # What it checks
    ///
    /// The Front Ends of both pools run the same base operating system, as the request declares it. Case and spaces do
    /// not count. For a topology alone there is nothing to compare.
    ///
    /// # Why
    ///
    /// Microsoft supports a pair only between pools of the same operating system. No topology shows it: what is not
    /// declared becomes a question of the runbook.
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
    OPERATING_SYSTEM_MISMATCH = "operating-system-mismatch", Support from Declared, "MS-DR"
}

pub(super) fn check(context: &RuleContext<'_>) -> Vec<Finding> {
    let pairs = declared::of_each_pair(context, |facts| facts.operating_system.as_ref());
    pairs.iter().filter_map(|pair| of_pair(context, pair)).collect()
}

fn of_pair(context: &RuleContext<'_>, pair: &DeclaredPair<'_, String>) -> Option<Finding> {
    let [first, second] = pair.pair.names(context);
    let Some([one, other]) = pair.both() else {
        let question = format!("Do all Front Ends of `{first}` and `{second}` run the same base operating system?");
        return Some(pair.undeclared(
            context,
            &OPERATING_SYSTEM_MISMATCH,
            "operating system",
            &["operating-system"],
            question,
        ));
    };
    if folded(&one.value) == folded(&other.value) {
        return None;
    }
    let message = format!("`{first}` runs on `{}`, `{second}` on `{}`", one.value, other.value);
    let finding =
        OPERATING_SYSTEM_MISMATCH.finding([first, second], message, "bring both pools to the same operating system");
    Some(finding.at(&one.origin, "declared here").at(&other.origin, "and here"))
}

/// Two spellings of one name are equal.
fn folded(system: &str) -> String {
    system.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}
