//! The rule `central-management-unpaired`.

use crate::rules::prelude::*;

rule! {
    /// # What it checks
    ///
    /// A request that pairs pools does not leave the pool with the active Central Management store unpaired.
    ///
    /// # Why
    ///
    /// Only a pair keeps a standby of the store. When pools are paired for disaster recovery, the pool with the
    /// configuration of the whole deployment should be among them.
    ///
    /// # Example
    ///
    /// `pool03.contoso.com` hosts the active store, and a request pairs `pool01.contoso.com` with
    /// `pool02.contoso.com`.
    ///
    /// # How to fix
    ///
    /// Pair that pool as well, in this request or the next one.
    ///
    /// # Source
    ///
    /// Inferred from "Front End pool disaster recovery in Skype for Business Server".
    CENTRAL_MANAGEMENT_UNPAIRED = "central-management-unpaired", Fact from Topology, "MS-DR, inferred", Request(check)
}

fn check(context: &RuleContext<'_>, requested: &ResolvedRequest<'_>) -> Vec<Finding> {
    let is_left = |&pool: &PoolIndex| {
        requested.pairs.iter().all(|pair| pair.side(pool).is_none()) && context.pairing.backup_of(pool).is_none()
    };
    let hosts = context.pairing.active_stores.iter().copied().filter(is_left);
    let hosts = hosts.filter(|_| !requested.pairs.is_empty());
    hosts.map(|host| host_finding(context, host)).collect()
}

fn host_finding(context: &RuleContext<'_>, host: PoolIndex) -> Finding {
    let name = context.name(host);
    let message = format!("`{name}` hosts the active Central Management store, and this request leaves it unpaired");
    let help = format!("pair `{name}` as well, so that the store gets a standby");
    CENTRAL_MANAGEMENT_UNPAIRED.finding([name], message, help).at_some(context.store_span(host), "the active store")
}
