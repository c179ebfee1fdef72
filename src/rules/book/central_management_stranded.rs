//! The rule `central-management-stranded`.

use crate::asked::AskedUnpair;
use crate::rules::rule::rule;
use crate::rules::{Finding, Scene};
use crate::topology::{CentralManagement, PoolIndex, Role};

rule! {
    /// # What it checks
    ///
    /// A request does not un-pair, by naming it, the pool that hosts the active Central Management store.
    ///
    /// # Why
    ///
    /// The pool that is named is the one that goes: it is to be removed, or rebuilt. Un-pairing takes the standby
    /// store away from its partner, so that the only store would stay on the pool that is about to go.
    ///
    /// # Example
    ///
    /// `--unpair pool01.contoso.com`, where `pool01.contoso.com` hosts the active store and is paired with
    /// `pool02.contoso.com`.
    ///
    /// # How to fix
    ///
    /// If the pool with the store stays, name its partner: both are parted just the same. If it goes, move the active
    /// store to the partner first, and export the topology again.
    ///
    /// # Source
    ///
    /// Inferred from the pages on failing over and failing back Central Management.
    CENTRAL_MANAGEMENT_STRANDED = "central-management-stranded", Integrity from Topology, "failover docs, inferred"
}

fn check(scene: &Scene<'_>) -> Vec<Finding> {
    let unpairs = scene.asked.into_iter().flat_map(|asked| &asked.unpairs);
    unpairs.filter_map(|unpair| of_unpair(scene, unpair)).collect()
}

fn of_unpair(scene: &Scene<'_>, unpair: &AskedUnpair<'_>) -> Option<Finding> {
    let pool = unpair.pool.filter(|&pool| scene.topology().central_management(pool) == CentralManagement::Active)?;
    let partner = scene.name(tied_to(scene, pool)?);
    let name = scene.name(pool);
    let finding = CENTRAL_MANAGEMENT_STRANDED
        .finding(
            format!("`{name}` hosts the active Central Management store and is asked to be un-paired"),
            format!("if `{name}` stays, name `{partner}` instead; if it goes, move the store to `{partner}` first"),
        )
        .at(&unpair.request.pool.origin, "un-paired here");
    let store = scene.topology().service_on(pool, Role::CENTRAL_MANAGEMENT);
    Some(finding.at_some(store.map(|store| scene.service_span(store)), "the active store"))
}

/// The pool that a pool would be parted from; one that has none loses nothing.
fn tied_to(scene: &Scene<'_>, pool: PoolIndex) -> Option<PoolIndex> {
    let named = scene.pairing.backup_pool(pool);
    named.or_else(|| scene.pairing.backups.iter().find(|backup| backup.partner == pool).map(|backup| backup.pool))
}
