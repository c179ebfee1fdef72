//! The rule `capacity-exceeded`.

use crate::rules::declared::{self, DeclaredPair};
use crate::rules::rule::rule;
use crate::rules::{Finding, RuleContext, Severity};
use crate::topology::{Edition, PoolIndex, ServiceVersion};

rule! {
    /// # What it checks
    ///
    /// Each pool of a requested pair can carry the users of both, whose numbers the request declares: at most 5000 for
    /// Standard Edition, 80000 for an Enterprise pool of 2013 or 2015, 106000 for an Enterprise pool of 2019.
    ///
    /// # Why
    ///
    /// After a pool failover one pool serves everybody. The limits are twice what each pool is planned for by itself:
    /// 2500, 40000 and 53000 users. No topology shows how many users a pool has: what is not declared becomes a
    /// question of the runbook.
    ///
    /// # Example
    ///
    /// Two Standard Edition servers are declared with `users = 3000` each.
    ///
    /// # How to fix
    ///
    /// Move users to other pools before pairing, or allow this rule and say how the load was tested.
    ///
    /// # Source
    ///
    /// "User models in Skype for Business Server", and "Front End pool disaster recovery", on planning capacity.
    CAPACITY_EXCEEDED = "capacity-exceeded", Support from Declared, "user-model.md"
}

fn check(context: &RuleContext<'_>) -> Vec<Finding> {
    let pairs = declared::of_each_pair(context, |facts| facts.users.as_ref());
    pairs.iter().filter_map(|pair| of_pair(context, pair)).collect()
}

fn of_pair(context: &RuleContext<'_>, pair: &DeclaredPair<'_, u64>) -> Option<Finding> {
    let declared = pair.facts.into_iter().flatten();
    let users = declared.fold(0, |sum: u64, users| sum.saturating_add(users.value));
    let limits = pair.pair.pools.map(|pool| limit(context, pool).map(|limit| (limit, pool)));
    let least = limits.into_iter().flatten().min();
    match least {
        Some((limit, pool)) if users > limit => Some(exceeded(context, pair, users, (limit, pool))),
        _ if pair.both().is_none() => {
            Some(pair.undeclared(context, &CAPACITY_EXCEEDED, "number of users", &["users"], question(context, pair)))
        }
        _ => unlimited(context, pair),
    }
}

/// How many users a pool can carry while its partner is down.
fn limit(context: &RuleContext<'_>, pool: PoolIndex) -> Option<u64> {
    let version = context.topology().version(pool)?.value;
    match (context.topology().edition(pool)?, version) {
        (Edition::Standard, ServiceVersion::LYNC_2013 | ServiceVersion::SFB_2015 | ServiceVersion::SFB_2019) => {
            Some(5_000)
        }
        (Edition::Enterprise, ServiceVersion::LYNC_2013 | ServiceVersion::SFB_2015) => Some(80_000),
        (Edition::Enterprise, ServiceVersion::SFB_2019) => Some(106_000),
        _ => None,
    }
}

fn exceeded(
    context: &RuleContext<'_>,
    pair: &DeclaredPair<'_, u64>,
    users: u64,
    (limit, pool): (u64, PoolIndex),
) -> Finding {
    let [first, second] = pair.pair.names(context);
    // The users of one pool can be too many whatever the other one has.
    let at_least = if pair.both().is_some() { "" } else { "at least " };
    let message = format!(
        "`{first}` and `{second}` have {at_least}{users} users together, more than the {limit} that `{}` can carry",
        context.name(pool)
    );
    let finding = CAPACITY_EXCEEDED.finding([first, second], message, "move users to other pools before pairing");
    let declared = pair.facts.into_iter().flatten();
    declared.fold(finding, |finding, users| finding.at(&users.origin, format!("{} users", users.value)))
}

/// The note on pools of versions for which no limit is documented, where there are any.
fn unlimited(context: &RuleContext<'_>, pair: &DeclaredPair<'_, u64>) -> Option<Finding> {
    let unknown: Vec<_> = pair.pair.pools.into_iter().filter(|&pool| limit(context, pool).is_none()).collect();
    let names: Vec<_> = unknown.iter().map(|&pool| format!("`{}`", context.name(pool))).collect();
    let message = format!("no limit of users is documented for {}: cannot be checked offline", names.join(" and "));
    let finding = CAPACITY_EXCEEDED.finding(unknown.iter().map(|&pool| context.name(pool)), message, "find the limit in the documentation of its version")
        .asking(&[], question(context, pair))
        .as_severe_as(Severity::Note);
    let version = |pool| context.topology().version(pool);
    let labelled = unknown.iter().fold(finding, |finding, &pool| match version(pool) {
        Some(version) => finding.at(version.span, version.value.product()),
        None => finding.at(context.pool_span(pool), "no version"),
    });
    (!unknown.is_empty()).then_some(labelled)
}

fn question(context: &RuleContext<'_>, pair: &DeclaredPair<'_, u64>) -> String {
    let [first, second] = pair.pair.names(context);
    format!("Can `{first}` carry the users of `{second}` beside its own, and the other way round?")
}
