//! The rule `central-management-stranded`.

use std::collections::BTreeSet;

use crate::rules::prelude::*;

rule! {
    /// # What it checks
    ///
    /// A request does not un-pair two pools, or replace a partner, if one of them hosts the active Central Management
    /// store and is declared as not deployed, that is, about to be removed or already gone.
    ///
    /// # Why
    ///
    /// Un-pairing removes the standby store from the partner. The only store would be on a pool that does not exist,
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
    CENTRAL_MANAGEMENT_STRANDED = "central-management-stranded", Integrity from Declared, "failover docs, inferred",
        Request(check)
}

fn check(context: &RuleContext<'_>, requested: &ResolvedRequest<'_>) -> Vec<Finding> {
    let mut seen = BTreeSet::new();
    let ends = leaving(requested).into_iter().flat_map(|(pool, new, named)| {
        let ties = context.pairing.ties_of(pool).into_iter().filter(move |tie| Some(tie.other(pool)) != new);
        ties.flat_map(move |tie| [(tie.pool, tie.partner, named), (tie.partner, tie.pool, named)])
    });
    let stranded = ends.filter(|&(pool, ..)| is_stranded(context, pool) && seen.insert(pool));
    stranded.map(|(pool, partner, named)| pool_finding(context, pool, partner, named)).collect()
}

/// The pools that leave their partners, each with its new partner and its position in the request.
fn leaving<'r>(requested: &ResolvedRequest<'r>) -> Vec<(PoolIndex, Option<PoolIndex>, &'r Located<Fqdn>)> {
    let unpaired = requested.unpairs.iter().filter_map(|unpair| Some((unpair.pool?, None, &unpair.request.pool)));
    let replacing = requested.pairs.iter().filter(|pair| pair.request.replace.value);
    let replaced = replacing.flat_map(|pair| {
        [0, 1].map(|at| Some((pair.pools[at]?, pair.pools[1 - at], &pair.request.pools[at]))).into_iter().flatten()
    });
    unpaired.chain(replaced).collect()
}

fn pool_finding(context: &RuleContext<'_>, pool: PoolIndex, partner: PoolIndex, named: &Located<Fqdn>) -> Finding {
    let (name, partner) = (context.name(pool), context.name(partner));
    let finding = CENTRAL_MANAGEMENT_STRANDED
        .finding(
            [name, partner],
            format!("`{name}` hosts the active Central Management store and is declared as not deployed"),
            format!("move the active store to `{partner}` first, and export the topology again"),
        )
        .at(&named.origin, "the pairing is removed here");
    finding.at_some(context.store_span(pool), "the active store")
}

fn is_stranded(context: &RuleContext<'_>, pool: PoolIndex) -> bool {
    let is_active = context.topology().central_management(pool) == CentralManagement::Active;
    let deployed = context.facts(pool).and_then(|facts| facts.deployed.as_ref());
    is_active && deployed.is_some_and(|deployed| !deployed.value)
}
