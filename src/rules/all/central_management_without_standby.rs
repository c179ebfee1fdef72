//! The rule `central-management-without-standby`.

use crate::rules::rule::rule;
use crate::rules::{Finding, RuleContext};
use crate::topology::{CentralManagement, PoolIndex, PoolKind, Role, ServiceVersion};

rule! {
    /// # What it checks
    ///
    /// The pool with the active Central Management store has a paired partner, where there is another Front End pool
    /// to pair it with.
    ///
    /// # Why
    ///
    /// The partner of that pool gets the standby of the store. Without it, the loss of the pool takes the
    /// configuration of the whole deployment with it, and no other pool can be failed over in an orderly way.
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
    CENTRAL_MANAGEMENT_WITHOUT_STANDBY = "central-management-without-standby", Advice from Topology, "MS-DR"
}

pub(super) fn check(context: &RuleContext<'_>) -> Vec<Finding> {
    if context.requested.is_some() {
        return Vec::new();
    }
    let topology = context.topology();
    let mut hosts =
        topology.pool_indices().filter(|&pool| topology.central_management(pool) == CentralManagement::Active);
    match (hosts.next(), hosts.next()) {
        (Some(host), None) if can_be_paired(context, host) => of_host(context, host).into_iter().collect(),
        _ => Vec::new(),
    }
}

fn of_host(context: &RuleContext<'_>, host: PoolIndex) -> Option<Finding> {
    let has_partner = context.pairing.partner_of(host).is_some();
    let could_have = context.topology().front_end_pools().any(|pool| pool != host && can_be_paired(context, pool));
    if has_partner || !could_have {
        return None;
    }
    let name = context.name(host);
    let message =
        format!("`{name}` hosts the active Central Management store and is in no pair: the store has no standby");
    let finding = CENTRAL_MANAGEMENT_WITHOUT_STANDBY.finding([name], message, format!("pair `{name}`"));
    let service = context.topology().service_on(host, Role::CENTRAL_MANAGEMENT);
    Some(finding.at_some(service.map(|service| context.service_span(service)), "the active store"))
}

fn can_be_paired(context: &RuleContext<'_>, pool: PoolIndex) -> bool {
    let topology = context.topology();
    let version = topology.version(pool).map(|version| version.value);
    topology.kind(pool) == PoolKind::FrontEnd && version > Some(ServiceVersion::LYNC_2010)
}
