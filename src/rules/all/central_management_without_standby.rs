//! The rule `central-management-without-standby`.

use crate::rules::prelude::*;

rule! {
    /// # What it checks
    ///
    /// The pool with the active Central Management store has a partner, if there is another Front End pool to pair it
    /// with.
    ///
    /// # Why
    ///
    /// The partner of that pool gets the standby of the store. Without it, the loss of the pool is the loss of the
    /// configuration of the whole deployment, and no other pool can be failed over in an orderly way.
    ///
    /// # Example
    ///
    /// A request un-pairs `pool01.contoso.com`, which hosts the active store.
    ///
    /// # How to fix
    ///
    /// Pair the pool, or move the store to a pool of a pair first.
    ///
    /// # Source
    ///
    /// "Front End pool disaster recovery in Skype for Business Server": when the pool with the Central Management
    /// store is paired, a backup store is set up in its partner.
    CENTRAL_MANAGEMENT_WITHOUT_STANDBY = "central-management-without-standby", Advice from Topology, "MS-DR",
        Document(check)
}

fn check(context: &RuleContext<'_>) -> Vec<Finding> {
    let topology = context.topology();
    let is_active = |&pool: &PoolIndex| topology.central_management(pool) == CentralManagement::Active;
    let hosts: Vec<_> = topology.pool_indices().filter(is_active).collect();
    let [host] = hosts[..] else { return Vec::new() };
    let has_partner = context.pairing.partner_of(host).is_some();
    let could_have = topology.front_end_pools().any(|pool| pool != host && context.can_be_paired(pool));
    if !context.can_be_paired(host) || has_partner || !could_have {
        return Vec::new();
    }
    let name = context.name(host);
    let message =
        format!("`{name}` hosts the active Central Management store and is in no pair: the store has no standby");
    let finding = CENTRAL_MANAGEMENT_WITHOUT_STANDBY.finding([name], message, format!("pair `{name}`"));
    vec![finding.at_some(context.store_span(host), "the active store")]
}
