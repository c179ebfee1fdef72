//! The rule `allow-unknown-rule`.

use crate::request::Allow;
use crate::rules::prelude::*;
use crate::text::{did_you_mean, nearest_few};

rule! {
    /// # What it checks
    ///
    /// Every `[[allow]]` and every `--allow` names an existing rule.
    ///
    /// # Why
    ///
    /// A misspelt id allows nothing, and the rule that it was meant to allow still refuses the plan.
    ///
    /// # Example
    ///
    /// `--allow "samesite=one campus"`.
    ///
    /// # How to fix
    ///
    /// Correct the id. `poolpair explain` lists all rules, and every finding prints its own.
    ///
    /// # Source
    ///
    /// poolpair's own: it is about the request.
    ALLOW_UNKNOWN_RULE = "allow-unknown-rule", Integrity from Request, "poolpair", Request(check)
}

fn check(_: &RuleContext<'_>, requested: &ResolvedRequest<'_>) -> Vec<Finding> {
    let allows = requested.request.allows.iter();
    allows.filter(|allow| super::find(&allow.rule.value).is_none()).map(unknown).collect()
}

fn unknown(allow: &Allow) -> Finding {
    let rule = &allow.rule;
    let known = super::RULES.iter().filter(|rule| rule.class.can_be_allowed()).map(|rule| rule.id);
    let suggestion = did_you_mean(&nearest_few(&rule.value, known, 3));
    let help = suggestion.unwrap_or_else(|| "`poolpair explain` lists the rules".into());
    ALLOW_UNKNOWN_RULE
        .finding([], format!("there is no rule `{}` to allow", rule.value), help)
        .on(&rule.value)
        .at(&rule.origin, "named here")
}
