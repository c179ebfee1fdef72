//! The rule `central-management-stranded`.

use crate::request::ResolvedUnpair;
use crate::rules::rule::rule;
use crate::rules::{Finding, RuleContext};
use crate::topology::{CentralManagement, PoolIndex, Role};

rule! {
    /// # What it checks
    ///
    /// A request does not part two pools of which one hosts the active Central Management store and is declared as not
    /// deployed, which is to say that it is going or gone.
    ///
    /// # Why
    ///
    /// Un-pairing takes the standby store away from the partner. The only store would stay on a pool that is not there,
    /// and nothing could be published any more.
    ///
    /// # Example
    ///
    /// A request un-pairs `pool01.contoso.com`, which hosts the active store, and declares `deployed = false` for it.
    ///
    /// # How to fix
    ///
    /// Move the active store to the partner first, and export the topology again.
    ///
    /// # Source
    ///
    /// Inferred from the pages on failing over and failing back Central Management.
    CENTRAL_MANAGEMENT_STRANDED = "central-management-stranded", Integrity from Declared, "failover docs, inferred"
}

fn check(context: &RuleContext<'_>) -> Vec<Finding> {
    let unpairs = context.requested.into_iter().flat_map(|requested| &requested.unpairs);
    unpairs.flat_map(|unpair| of_unpair(context, unpair)).collect()
}

fn of_unpair(context: &RuleContext<'_>, unpair: &ResolvedUnpair<'_>) -> Option<Finding> {
    let named = unpair.pool?;
    let partner = tied_to(context, named)?;
    let (pool, partner) =
        [(named, partner), (partner, named)].into_iter().find(|(pool, _)| is_stranded(context, *pool))?;
    let (name, partner) = (context.name(pool), context.name(partner));
    let finding = CENTRAL_MANAGEMENT_STRANDED
        .finding(
            [name, partner],
            format!("`{name}` hosts the active Central Management store and is declared as not deployed"),
            format!("move the active store to `{partner}` first, and export the topology again"),
        )
        .at(&unpair.request.pool.origin, "un-paired here");
    let store = context.topology().service_on(pool, Role::CENTRAL_MANAGEMENT);
    Some(finding.at_some(store.map(|store| context.service_span(store)), "the active store"))
}

fn is_stranded(context: &RuleContext<'_>, pool: PoolIndex) -> bool {
    let is_active = context.topology().central_management(pool) == CentralManagement::Active;
    let deployed = context.facts(pool).and_then(|facts| facts.deployed.as_ref());
    is_active && deployed.is_some_and(|deployed| !deployed.value)
}

/// The pool that a pool would be un-paired from; one that has none loses nothing.
fn tied_to(context: &RuleContext<'_>, pool: PoolIndex) -> Option<PoolIndex> {
    let named = context.pairing.backup_pool(pool);
    named.or_else(|| context.pairing.naming(pool).next().map(|backup| backup.pool))
}
