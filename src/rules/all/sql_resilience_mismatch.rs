//! The rule `sql-resilience-mismatch`.

use crate::rules::rule::rule;
use crate::rules::{Finding, PairContext, RuleContext};
use crate::topology::{Edition, SqlResilience};

rule! {
    /// # What it checks
    ///
    /// The Back Ends of two Enterprise pools of a pair survive the loss of a server in the same way: both by an
    /// Always On availability group, both by mirroring, or neither.
    ///
    /// # Why
    ///
    /// A pair is as available as the weaker of its Back Ends, and people who run two kinds of SQL Server fail over
    /// one of them by the wrong procedure.
    ///
    /// # Example
    ///
    /// The Back End of `pool01.contoso.com` is an Always On availability group, that of `pool02.contoso.com` a single
    /// server.
    ///
    /// # How to fix
    ///
    /// Give both Back Ends the same solution; an availability group where there is a choice.
    ///
    /// # Source
    ///
    /// The page on high availability of the Back End (`back-end-server.md`): paired pools use the same solution for
    /// their Back Ends.
    ///
    /// No public export shows how a mirror is written: an attribute whose name contains `Mirror` is taken for one.
    SQL_RESILIENCE_MISMATCH = "sql-resilience-mismatch", Advice from Topology, "back-end-server.md"
}

pub(super) fn check(context: &RuleContext<'_>) -> Vec<Finding> {
    context.pairs().iter().filter_map(|pair| of_pair(context, pair)).collect()
}

fn of_pair(context: &RuleContext<'_>, pair: &PairContext<'_>) -> Option<Finding> {
    let topology = context.topology();
    if pair.pools.iter().any(|&pool| topology.edition(pool) != Some(Edition::Enterprise)) {
        return None;
    }
    let [first, second] = pair.pools;
    let back_ends = [topology.back_end(first)?, topology.back_end(second)?];
    let [one, other] = back_ends.map(|sql| topology[sql].resilience);
    if one == other {
        return None;
    }
    let names = pair.names(context);
    let finding = SQL_RESILIENCE_MISMATCH
        .finding(
            names,
            format!(
                "the Back End of `{}` has {}, and that of `{}` has {}",
                names[0],
                phrase(one),
                names[1],
                phrase(other)
            ),
            "give both Back Ends the same high availability",
        )
        .asked_for(pair)
        .at(context.sql_span(back_ends[0]), phrase(one))
        .at(context.sql_span(back_ends[1]), phrase(other));
    Some(finding)
}

fn phrase(resilience: SqlResilience) -> &'static str {
    match resilience {
        SqlResilience::AlwaysOn => "an Always On availability group",
        SqlResilience::Mirror => "database mirroring",
        SqlResilience::None => "no high availability that the document shows",
    }
}
