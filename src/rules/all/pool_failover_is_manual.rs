//! The rule `pool-failover-is-manual`.

use crate::rules::prelude::*;

rule! {
    /// # What it checks
    ///
    /// Nothing can be wrong here: every pair gets a note that only calls fail over automatically.
    ///
    /// # Why
    ///
    /// "Automatic failover" in Topology Builder covers Voice. Presence, conferences and contacts are restored only when
    /// an administrator fails the pool over, and return only when one fails it back. Anyone who expects more of the
    /// switch finds out during an outage.
    ///
    /// # Example
    ///
    /// Any pair, in a topology or in a request.
    ///
    /// # How to fix
    ///
    /// Keep the commands of pool failover and failback ready, and make sure that somebody is allowed to run them.
    ///
    /// # Source
    ///
    /// "Deploy paired Front End pools for disaster recovery", the note below the steps.
    POOL_FAILOVER_IS_MANUAL = "pool-failover-is-manual", Fact from Topology, "MS-DEPLOY note", Pair(check_pair)
}

fn check_pair(context: &RuleContext<'_>, pair: &PairContext<'_>) -> Option<Finding> {
    let [one, other] = pair.names(context);
    let message = format!("between `{one}` and `{other}` only calls fail over automatically; the pools never do");
    let help = "pool failover and failback are always started by an administrator";
    let finding = POOL_FAILOVER_IS_MANUAL.finding([one, other], message, help);
    let place = |pool| pair.named_at(pool, context);
    Some(pair.pools.into_iter().fold(finding, |finding, pool| finding.at_some(place(pool), "one of the pair")))
}
