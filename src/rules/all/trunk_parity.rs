//! The rule `trunk-parity`.

use crate::rules::rule::rule;
use crate::rules::{Finding, PairContext, RuleContext};
use crate::topology::PoolIndex;

rule! {
    /// # What it checks
    ///
    /// PSTN gateways depend on the Mediation role of both pools of a pair, or of neither.
    ///
    /// # Why
    ///
    /// Calls of users who fail over leave by the trunks of the surviving pool, or by routes to other trunks. Which ones
    /// these are, no topology says.
    ///
    /// # Example
    ///
    /// `gw01.contoso.com` depends on the Mediation role of `pool01.contoso.com`, and no gateway on that of
    /// `pool02.contoso.com`.
    ///
    /// # How to fix
    ///
    /// Add a trunk to the other pool, or make sure that voice routes reach another one while the pool is down.
    ///
    /// # Source
    ///
    /// Inferred.
    TRUNK_PARITY = "trunk-parity", Fact from Topology, "inferred"
}

pub(super) fn check(context: &RuleContext<'_>) -> Vec<Finding> {
    context.pairs().iter().filter_map(|pair| of_pair(context, pair)).collect()
}

fn of_pair(context: &RuleContext<'_>, pair: &PairContext<'_>) -> Option<Finding> {
    let of = |pool: PoolIndex| context.pairing.trunks_of(pool).last().copied();
    let [first, second] = pair.pools;
    let (with, without, gateway) = match (of(first), of(second)) {
        (Some(gateway), None) => (first, second, gateway),
        (None, Some(gateway)) => (second, first, gateway),
        _ => return None,
    };
    let (name, other) = (context.name(with), context.name(without));
    let message = format!("PSTN gateways depend on `{name}` only: which trunk do calls take from `{other}`?");
    let help = "add a trunk to the other pool, or make sure that voice routes reach one while the pool is down";
    let finding = TRUNK_PARITY.finding([name, other], message, help).asked_for(pair);
    Some(finding.at(context.service_span(gateway), "a gateway of the one").at(context.pool_span(without), "no gateway"))
}
