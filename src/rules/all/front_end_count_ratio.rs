//! The rule `front-end-count-ratio`.

use crate::rules::prelude::*;

rule! {
    /// # What it checks
    ///
    /// Neither pool of a pair has more than twice the Front Ends of the other.
    ///
    /// # Why
    ///
    /// After a failover, the smaller pool carries the users of both. Whether it can depends on their number, which no
    /// topology contains; the number of Front Ends is the only hint.
    ///
    /// # Example
    ///
    /// `pool01.contoso.com` has seven Front Ends, and `pool02.contoso.com` three.
    ///
    /// # How to fix
    ///
    /// Make sure that the smaller pool can carry all users. Declare the numbers of users in the request, so that
    /// `capacity-exceeded` checks them.
    ///
    /// # Source
    ///
    /// Inferred from the capacity that the pages on user models require of each pool of a pair.
    FRONT_END_COUNT_RATIO = "front-end-count-ratio", Fact from Topology, "inferred", Pair(check_pair)
}

const MAX_RATIO: usize = 2;

fn check_pair(context: &RuleContext<'_>, pair: &PairContext<'_>) -> Option<Finding> {
    let topology = context.topology();
    let enterprise = pair.pools.iter().all(|&pool| topology.edition(pool) == Some(Edition::Enterprise));
    let [first, second] = pair.pools.map(|pool| topology[pool].machines.len());
    if !enterprise || first.max(second) <= MAX_RATIO * first.min(second) {
        return None;
    }
    let [one, other] = pair.names(context);
    let message = format!("`{one}` has {first} Front Ends, and `{other}` has {second}");
    let help = "make sure that the smaller pool can carry the users of both";
    let finding = FRONT_END_COUNT_RATIO.finding([one, other], message, help).label_pair(pair);
    Some(finding.at_both(context, pair, [first, second].map(|number| format!("{number} Front Ends"))))
}
