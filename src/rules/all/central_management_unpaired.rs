//! The rule `central-management-unpaired`.

use crate::rules::rule::rule;
use crate::rules::{Finding, RuleContext};
use crate::topology::{PoolIndex, Role};

rule! {
    /// # What it checks
    ///
    /// A request that pairs pools does not leave the pool with the active Central Management store unpaired.
    ///
    /// # Why
    ///
    /// Only a pair keeps a standby of the store. Whoever pairs pools for disaster recovery wants to know that the
    /// one with the configuration of all of them is not among these.
    ///
    /// # Example
    ///
    /// `pool03.contoso.com` hosts the active store, and a request pairs `pool01.contoso.com` with
    /// `pool02.contoso.com`.
    ///
    /// # How to fix
    ///
    /// Pair that pool as well, in this request or in the next.
    ///
    /// # Source
    ///
    /// Inferred from "Front End pool disaster recovery in Skype for Business Server".
    CENTRAL_MANAGEMENT_UNPAIRED = "central-management-unpaired", Fact from Topology, "MS-DR, inferred"
}

pub(super) fn check(context: &RuleContext<'_>) -> Vec<Finding> {
    let Some(requested) = context.requested.filter(|requested| !requested.pairs.is_empty()) else {
        return Vec::new();
    };
    let topology = context.topology();
    let unpaired = |pool: &PoolIndex| {
        requested.pairs.iter().all(|pair| pair.side(*pool).is_none()) && context.pairing.backup_of(*pool).is_none()
    };
    let hosts = context.pairing.active_stores.iter().copied().filter(unpaired);
    hosts
        .map(|host| {
            let name = context.name(host);
            let message =
                format!("`{name}` hosts the active Central Management store, and this request leaves it unpaired");
            let store = topology.service_on(host, Role::CENTRAL_MANAGEMENT);
            CENTRAL_MANAGEMENT_UNPAIRED
                .finding([name], message, format!("pair `{name}` as well, so that the store gets a standby"))
                .at_some(store.map(|store| context.service_span(store)), "the active store")
        })
        .collect()
}
