//! The rule `capacity-exceeded`.

use crate::request::Origin;
use crate::rules::prelude::*;

rule! {
    /// # What it checks
    ///
    /// Each pool of a requested pair can carry the users of both, including those of Survivable Branch Appliances
    /// (`users` and `branch-users`).
    ///
    /// | | both pools together | one pool of a pair | Front Ends |
    /// | --- | --- | --- | --- |
    /// | Standard Edition | 5,000 | a note above 2,500 | |
    /// | Enterprise of 2013 or 2015 | 80,000 | 40,000 | one for every 6,660 users of both |
    /// | Enterprise of 2019 | 106,000 | 53,000 | one for every 6,660 users of both |
    ///
    /// # Why
    ///
    /// After a pool failover, one pool serves all users. No topology contains the number of users: undeclared numbers
    /// become a question in the runbook.
    ///
    /// # Example
    ///
    /// Two Standard Edition servers are declared with `users = 3000` each.
    ///
    /// # How to fix
    ///
    /// Move users to other pools before pairing, or add Front Ends. Or allow this rule and say how the load was tested.
    ///
    /// # Source
    ///
    /// The pages on capacity planning of 2013, 2015 and 2019 (`user-model.md`), *Front End Server*: for disaster recovery,
    /// they give the users of each of two pools, and enough Front Ends in each for the users of both.
    CAPACITY_EXCEEDED = "capacity-exceeded", Support from Declared, "user-model.md", All(check)
}

/// How many users a Front End of an Enterprise pool serves.
const PER_FRONT_END: u64 = 6_660;
/// The recommended number of its own users on a Standard Edition server with much audio and video.
const STANDARD_ALONE: u64 = 2_500;

fn check(context: &RuleContext<'_>) -> Vec<Finding> {
    let pairs = context.pairs();
    let declared = pairs.iter().filter_map(|pair| DeclaredPair::of(context, pair, |facts| facts.users.as_ref()));
    declared.flat_map(|pair| check_pair(context, &pair)).collect()
}

/// The declared users of a pool, including those of its branches, and where they are declared.
struct Users<'a> {
    pool: PoolIndex,
    number: u64,
    origins: Vec<(&'a Origin, u64)>,
}

fn check_pair(context: &RuleContext<'_>, pair: &DeclaredPair<'_, u64>) -> Vec<Finding> {
    let declared: Vec<_> = pair.pair.pools.into_iter().filter_map(|pool| users(context, pool)).collect();
    let together = declared.iter().fold(0, |sum: u64, users| sum.saturating_add(users.number));
    let mut findings = Vec::new();
    let limits = pair.pair.pools.map(|pool| Some((limit(context, pool)?, pool)));
    match limits.into_iter().flatten().min() {
        Some((limit, pool)) if together > limit => {
            findings.push(too_many_together(context, pair, &declared, together, (limit, pool)));
        }
        _ => {
            findings.extend(declared.iter().filter_map(|users| too_many_alone(context, users)));
            let short =
                pair.pair.pools.into_iter().filter_map(|pool| too_few_servers(context, pool, &declared, together));
            findings.extend(short);
        }
    }
    if pair.both().is_none() && findings.is_empty() {
        let what = "number of users";
        findings.push(pair.undeclared(context, &CAPACITY_EXCEEDED, what, &["users"], question(context, pair)));
    } else if pair.both().is_some() {
        findings.extend(unlimited(context, pair));
    }
    findings
}

fn users<'a>(context: &RuleContext<'a>, pool: PoolIndex) -> Option<Users<'a>> {
    let facts = context.facts(pool)?;
    let declared = [&facts.users, &facts.branch_users].into_iter().flatten();
    let origins: Vec<_> = declared.map(|users| (&users.origin, users.value)).collect();
    let number = origins.iter().fold(0, |sum: u64, (_, users)| sum.saturating_add(*users));
    (!origins.is_empty()).then_some(Users { pool, number, origins })
}

impl Users<'_> {
    fn label(&self, finding: Finding) -> Finding {
        self.origins.iter().fold(finding, |finding, (origin, users)| finding.at(*origin, format!("{users} users")))
    }
}

/// The users that a pool can carry while its partner is down; each pool of a pair is planned for half of them.
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

fn too_many_together(
    context: &RuleContext<'_>,
    pair: &DeclaredPair<'_, u64>,
    declared: &[Users<'_>],
    together: u64,
    (limit, pool): (u64, PoolIndex),
) -> Finding {
    let [first, second] = pair.pair.names(context);
    // The users of one pool alone can exceed the limit.
    let at_least = if pair.both().is_some() { "" } else { "at least " };
    let message = format!(
        "`{first}` and `{second}` have {at_least}{together} users together, more than the {limit} that `{}` can carry",
        context.name(pool)
    );
    let finding = CAPACITY_EXCEEDED.finding([first, second], message, "move users to other pools before pairing");
    declared.iter().fold(finding, |finding, users| users.label(finding))
}

/// A pool with more users of its own than planned for a pool of a pair; a note for Standard Edition.
fn too_many_alone(context: &RuleContext<'_>, users: &Users<'_>) -> Option<Finding> {
    let half = limit(context, users.pool)? / 2;
    let (name, number) = (context.name(users.pool), users.number);
    let (message, help, severity) = match context.topology().edition(users.pool)? {
        Edition::Standard => (
            format!("`{name}` has {number} users: above {STANDARD_ALONE}, much audio and video slows the server down"),
            "add Standard Edition servers, or move to an Enterprise pool, if there are many calls and meetings",
            Severity::Note,
        ),
        Edition::Enterprise => (
            format!("`{name}` has {number} users, more than the {half} of one pool of a pair"),
            "move users to other pools before pairing",
            Severity::Error,
        ),
    };
    let finding = CAPACITY_EXCEEDED.finding([name], message, help).with_severity(severity);
    (number > half).then(|| users.label(finding.on("alone")))
}

/// An Enterprise pool with too few Front Ends for the users of both pools.
fn too_few_servers(
    context: &RuleContext<'_>,
    pool: PoolIndex,
    declared: &[Users<'_>],
    together: u64,
) -> Option<Finding> {
    let topology = context.topology();
    limit(context, pool).filter(|_| topology.edition(pool) == Some(Edition::Enterprise))?;
    let (name, present) = (context.name(pool), topology[pool].machines.len() as u64);
    let needed = together.div_ceil(PER_FRONT_END);
    let message = format!(
        "`{name}` has {}, and {together} users of both pools need {needed}: one for every {PER_FRONT_END}",
        count(topology[pool].machines.len(), "Front End")
    );
    let finding =
        CAPACITY_EXCEEDED.finding([name], message, "add Front Ends, or move users to other pools").on("Front Ends");
    let labelled = declared
        .iter()
        .fold(finding.at(context.pool_span(pool), "too few Front Ends"), |finding, users| users.label(finding));
    (needed > present).then_some(labelled)
}

/// A note on pools of versions without a documented limit.
fn unlimited(context: &RuleContext<'_>, pair: &DeclaredPair<'_, u64>) -> Option<Finding> {
    let unknown: Vec<_> = pair.pair.pools.into_iter().filter(|&pool| limit(context, pool).is_none()).collect();
    let names: Vec<_> = unknown.iter().map(|&pool| context.name(pool)).collect();
    let message = format!("no limit of users is documented for {}: cannot be checked offline", listed(&names));
    let finding = CAPACITY_EXCEEDED
        .finding(names, message, "find the limit in the documentation of its version")
        .asking(&[], question(context, pair))
        .with_severity(Severity::Note);
    let version = |pool| context.topology().version(pool);
    let labelled = unknown.iter().fold(finding, |finding, &pool| match version(pool) {
        Some(version) => finding.at(version.span, version.value.product()),
        None => finding.at(context.pool_span(pool), "no version"),
    });
    (!unknown.is_empty()).then_some(labelled)
}

fn question(context: &RuleContext<'_>, pair: &DeclaredPair<'_, u64>) -> String {
    let [first, second] = pair.pair.names(context);
    format!("Can `{first}` carry the users of `{second}` in addition to its own, and vice versa?")
}
