//! The rule `edition-mismatch`.

use crate::rules::prelude::*;

rule! {
    /// # What it checks
    ///
    /// Both pools of a pair are Enterprise pools, or both are Standard Edition servers. A pool is of Standard Edition
    /// if its user database is on the pool itself.
    ///
    /// # Why
    ///
    /// After a failover, one pool carries the users of both. A Standard Edition server has a small part of the capacity
    /// of an Enterprise pool, and no second Front End.
    ///
    /// # Example
    ///
    /// `pool01.contoso.com` is a Standard Edition server, and `pool02.contoso.com` an Enterprise pool of three Front
    /// Ends.
    ///
    /// # How to fix
    ///
    /// Pair pools of one edition. If the mixed pair is intended, allow this rule in the request and write down why.
    ///
    /// # Source
    ///
    /// "Front End pool disaster recovery": Enterprise pools are paired with Enterprise pools only, Standard Edition
    /// servers with Standard Edition servers only; neither Topology Builder nor topology validation prohibits a mixed
    /// pair.
    EDITION_MISMATCH = "edition-mismatch", Support from Topology, "MS-DR", Pair(check_pair)
}

fn check_pair(context: &RuleContext<'_>, pair: &PairContext<'_>) -> Option<Finding> {
    let [first, second] = pair.pools.map(|pool| context.topology().edition(pool));
    let phrases = [phrase(first?), phrase(second?)];
    if first == second {
        return None;
    }
    let [one, other] = pair.names(context);
    let message = format!("`{one}` is {}, and `{other}` is {}", phrases[0], phrases[1]);
    let help = "pair two Enterprise pools or two Standard Edition servers";
    let finding = EDITION_MISMATCH.finding([one, other], message, help).label_pair(pair);
    Some(finding.at_both(context, pair, phrases))
}

fn phrase(edition: Edition) -> &'static str {
    match edition {
        Edition::Standard => "a Standard Edition server",
        Edition::Enterprise => "an Enterprise pool",
    }
}
