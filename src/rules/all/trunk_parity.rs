//! The rule `trunk-parity`.

use crate::rules::prelude::*;

rule! {
    /// # What it checks
    ///
    /// PSTN gateways depend on the Mediation role of both pools of a pair, or of neither.
    ///
    /// # Why
    ///
    /// Calls of users who fail over use the trunks of the surviving pool, or routes to other trunks. No topology shows
    /// which ones these are.
    ///
    /// # Example
    ///
    /// `gw01.contoso.com` depends on the Mediation role of `pool01.contoso.com`, and no gateway on that of
    /// `pool02.contoso.com`.
    ///
    /// # How to fix
    ///
    /// Add a trunk to the other pool, or make sure that voice routes use another one while the pool is down.
    ///
    /// # Source
    ///
    /// Inferred.
    TRUNK_PARITY = "trunk-parity", Fact from Topology, "inferred", Side(check_side)
}

fn check_side(context: &RuleContext<'_>, pair: &PairContext<'_>, [with, without]: [PoolIndex; 2]) -> Option<Finding> {
    let last_trunk = |pool| context.pairing.trunks_of(pool).last().copied();
    let gateway = last_trunk(with).filter(|_| last_trunk(without).is_none())?;
    let (name, other) = (context.name(with), context.name(without));
    let message = format!("PSTN gateways depend on `{name}` only: which trunk do calls take from `{other}`?");
    let help = "add a trunk to the other pool, or make sure that voice routes use another one while the pool is down";
    let finding = TRUNK_PARITY.finding([name, other], message, help).label_pair(pair);
    Some(finding.at(context.service_span(gateway), "a gateway").at(context.pool_span(without), "no gateway"))
}
