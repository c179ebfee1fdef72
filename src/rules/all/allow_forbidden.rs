//! The rule `allow-forbidden`.

use crate::request::Allow;
use crate::rules::prelude::*;
use crate::rules::{Rule, RuleClass};

rule! {
    /// # What it checks
    ///
    /// A request allows rules of the classes `support` and `advice` only.
    ///
    /// # Why
    ///
    /// A pairing that breaks an `integrity` rule does not work, whatever the reason; and a `fact` forbids nothing that
    /// could be allowed.
    ///
    /// # Example
    ///
    /// `--allow "self-pairing=lab"`.
    ///
    /// # How to fix
    ///
    /// Remove the line. For an `integrity` rule, `poolpair explain RULE` says what has to change instead.
    ///
    /// # Source
    ///
    /// poolpair's own: it is about the request.
    ALLOW_FORBIDDEN = "allow-forbidden", Integrity from Request, "poolpair", Request(check)
}

fn check(_: &RuleContext<'_>, requested: &ResolvedRequest<'_>) -> Vec<Finding> {
    let allows = requested.request.allows.iter();
    allows.filter_map(|allow| forbidden(allow, super::find(&allow.rule.value)?)).collect()
}

fn forbidden(allow: &Allow, rule: &Rule) -> Option<Finding> {
    let help = match rule.class {
        RuleClass::Integrity => format!("`poolpair explain {}` says what has to change instead", rule.id),
        RuleClass::Fact => "a fact refuses nothing; remove the line".to_owned(),
        RuleClass::Support | RuleClass::Advice => return None,
    };
    let message = format!("`{}` cannot be allowed: it is of the class `{}`", rule.id, rule.class.name());
    Some(ALLOW_FORBIDDEN.finding([], message, help).on(rule.id).at(&allow.rule.origin, "allowed here"))
}
