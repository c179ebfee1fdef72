//! The rule `edition-mismatch`.

use crate::rules::rule::rule;
use crate::rules::{Finding, PairContext, RuleContext};
use crate::topology::{Edition, PoolIndex};

rule! {
    /// # What it checks
    ///
    /// Both pools of a pair are Enterprise pools, or both are Standard Edition servers. A pool is of Standard Edition
    /// where its user database is on the pool itself.
    ///
    /// # Why
    ///
    /// After a failover one pool carries the users of both. A Standard Edition server holds a small part of what an
    /// Enterprise pool holds, and has no second Front End.
    ///
    /// # Example
    ///
    /// `pool01.contoso.com` is a Standard Edition server, and `pool02.contoso.com` an Enterprise pool of three Front
    /// Ends.
    ///
    /// # How to fix
    ///
    /// Pair pools of one edition. Where the mixed pair is meant, allow this rule in the request and write down why.
    ///
    /// # Source
    ///
    /// "Front End pool disaster recovery": Enterprise pools are paired with Enterprise pools only, Standard Edition
    /// servers with Standard Edition servers only; neither Topology Builder nor topology validation prohibits a mixed
    /// pair.
    EDITION_MISMATCH = "edition-mismatch", Support from Topology, "MS-DR"
}

pub(super) fn check(context: &RuleContext<'_>) -> Vec<Finding> {
    context.pairs().iter().filter_map(|pair| of_pair(context, pair)).collect()
}

fn of_pair(context: &RuleContext<'_>, pair: &PairContext<'_>) -> Option<Finding> {
    let edition = |pool: PoolIndex| context.topology().edition(pool);
    let [first, second] = pair.pools;
    let editions = [edition(first)?, edition(second)?];
    if editions[0] == editions[1] {
        return None;
    }
    let phrases = editions.map(phrase);
    let [one, other] = pair.names(context);
    let finding = EDITION_MISMATCH
        .finding(
            [one, other],
            format!("`{one}` is {}, and `{other}` is {}", phrases[0], phrases[1]),
            "pair two Enterprise pools or two Standard Edition servers",
        )
        .asked_for(pair)
        .at(context.pool_span(first), phrases[0])
        .at(context.pool_span(second), phrases[1]);
    Some(finding)
}

fn phrase(edition: Edition) -> &'static str {
    match edition {
        Edition::Standard => "a Standard Edition server",
        Edition::Enterprise => "an Enterprise pool",
    }
}
