//! The rule `sql-resilience-mismatch`.

use crate::rules::prelude::*;
use crate::topology::SqlResilience;

rule! {
    /// # What it checks
    ///
    /// The Back Ends of two Enterprise pools of a pair survive the loss of a server in the same way: both by an
    /// Always On availability group, both by mirroring, or neither.
    ///
    /// # Why
    ///
    /// A pair is as available as the weaker of its Back Ends, and with two kinds of SQL Server, people fail over one of
    /// them by the wrong procedure.
    ///
    /// # Example
    ///
    /// The Back End of `pool01.contoso.com` is an Always On availability group, that of `pool02.contoso.com` a single
    /// server.
    ///
    /// # How to fix
    ///
    /// Give both Back Ends the same solution, preferably an availability group.
    ///
    /// # Source
    ///
    /// The page on high availability of the Back End (`back-end-server.md`): paired pools use the same solution for
    /// their Back Ends.
    ///
    /// No public export contains a mirror: an attribute whose name contains `Mirror` is assumed to be one.
    SQL_RESILIENCE_MISMATCH = "sql-resilience-mismatch", Advice from Topology, "back-end-server.md", Pair(check_pair)
}

fn check_pair(context: &RuleContext<'_>, pair: &PairContext<'_>) -> Option<Finding> {
    let (topology, names) = (context.topology(), pair.names(context));
    let are_enterprise = pair.pools.iter().all(|&pool| topology.edition(pool) == Some(Edition::Enterprise));
    let [first, second] = pair.pools.map(|pool| topology.back_end(pool));
    let back_ends = [first?, second?];
    let [one, other] = back_ends.map(|sql| phrase(topology[sql].resilience));
    if !are_enterprise || one == other {
        return None;
    }
    let message = format!("the Back End of `{}` has {one}, and that of `{}` has {other}", names[0], names[1]);
    let help = "give both Back Ends the same high availability";
    let finding = SQL_RESILIENCE_MISMATCH.finding(names, message, help).label_pair(pair);
    Some(finding.at(context.sql_span(back_ends[0]), one).at(context.sql_span(back_ends[1]), other))
}

fn phrase(resilience: SqlResilience) -> &'static str {
    match resilience {
        SqlResilience::AlwaysOn => "an Always On availability group",
        SqlResilience::Mirror => "database mirroring",
        SqlResilience::None => "no high availability in the document",
    }
}
