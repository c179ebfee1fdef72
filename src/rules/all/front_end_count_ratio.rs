//! The rule `front-end-count-ratio`.

use crate::rules::rule::rule;
use crate::rules::{Finding, PairContext, RuleContext};
use crate::topology::Edition;

rule! {
    /// # What it checks
    ///
    /// Neither pool of a pair has more than twice the Front Ends of the other.
    ///
    /// # Why
    ///
    /// After a failover the smaller pool carries the users of both. Whether it can depends on how many there are,
    /// which no topology shows; the number of Front Ends is the only hint in it.
    ///
    /// # Example
    ///
    /// `pool01.contoso.com` has seven Front Ends, and `pool02.contoso.com` three.
    ///
    /// # How to fix
    ///
    /// Make sure that the smaller pool can carry all users. Declare the numbers of users in the request, and
    /// `capacity-exceeded` does the sum.
    ///
    /// # Source
    ///
    /// Inferred from the capacity that the pages on user models ask of each pool of a pair.
    FRONT_END_COUNT_RATIO = "front-end-count-ratio", Fact from Topology, "inferred"
}

const MOST: usize = 2;

pub(super) fn check(context: &RuleContext<'_>) -> Vec<Finding> {
    context.pairs().iter().filter_map(|pair| of_pair(context, pair)).collect()
}

fn of_pair(context: &RuleContext<'_>, pair: &PairContext<'_>) -> Option<Finding> {
    let topology = context.topology();
    let enterprise = pair.pools.iter().all(|&pool| topology.edition(pool) == Some(Edition::Enterprise));
    let [first, second] = pair.pools.map(|pool| topology[pool].machines.len());
    if !enterprise || first.max(second) <= MOST * first.min(second) {
        return None;
    }
    let [one, other] = pair.names(context);
    let finding = FRONT_END_COUNT_RATIO
        .finding(
            [one, other],
            format!("`{one}` has {first} Front Ends, and `{other}` has {second}"),
            "make sure that the smaller pool can carry the users of both",
        )
        .asked_for(pair)
        .at(context.pool_span(pair.pools[0]), format!("{first} Front Ends"))
        .at(context.pool_span(pair.pools[1]), format!("{second} Front Ends"));
    Some(finding)
}
