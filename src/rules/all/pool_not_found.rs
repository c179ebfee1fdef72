//! The rule `pool-not-found`.

use crate::rules::prelude::*;
use crate::text::{did_you_mean, nearest_few};

rule! {
    /// # What it checks
    ///
    /// Every pool that a request names is a pool of the topology, ignoring case.
    ///
    /// # Why
    ///
    /// A pairing is written on the Registrar of each of the two pools; a missing pool has none.
    ///
    /// # Example
    ///
    /// A request pairs `pool01.contoso.com` with `pool20.contoso.com`, and the topology has `pool01.contoso.com` and
    /// `pool02.contoso.com`.
    ///
    /// # How to fix
    ///
    /// Correct the name, or export the topology again if the pool was added after the export.
    /// `poolpair inspect TOPOLOGY` lists the pools.
    ///
    /// # Source
    ///
    /// "Deploy paired Front End pools for disaster recovery", step 4: the backup pool is chosen from a list of the
    /// topology's pools.
    POOL_NOT_FOUND = "pool-not-found", Integrity from Topology, "MS-DEPLOY 4", Request(check)
}

fn check(context: &RuleContext<'_>, requested: &ResolvedRequest<'_>) -> Vec<Finding> {
    let missing = named(requested).filter(|name| context.topology().pool_named(&name.value).is_none());
    missing.enumerate().map(|(at, name)| not_found(context, name, at < MAX_SUGGESTIONS)).collect()
}

/// The maximum number of names with suggestions: each is compared with every pool.
const MAX_SUGGESTIONS: usize = 100;

fn named<'r>(requested: &'r ResolvedRequest<'r>) -> impl Iterator<Item = &'r Located<Fqdn>> {
    let pairs = requested.pairs.iter().flat_map(|pair| &pair.request.pools);
    let unpairs = requested.unpairs.iter().map(|unpair| &unpair.request.pool);
    pairs.chain(unpairs).chain(requested.request.pools.iter().map(|facts| &facts.fqdn))
}

fn not_found(context: &RuleContext<'_>, name: &Located<Fqdn>, suggest: bool) -> Finding {
    let topology = context.topology();
    let known = topology.front_end_pools().map(|pool| topology.pool_name(pool).as_str());
    let suggestion = if suggest { did_you_mean(&nearest_few(name.value.as_str(), known, 3)) } else { None };
    let help = suggestion.unwrap_or_else(|| "`poolpair inspect` lists the pools of a topology".into());
    POOL_NOT_FOUND
        .finding([&name.value], format!("there is no pool `{}` in this topology", name.value), help)
        .at(&name.origin, "named here")
}
