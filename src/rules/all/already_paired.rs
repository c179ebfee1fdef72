//! The rule `already-paired`.

use crate::rules::prelude::*;

rule! {
    /// # What it checks
    ///
    /// A pool to be paired is not already paired with another pool, neither by naming a backup nor by being named as
    /// one, unless the request sets `replace`.
    ///
    /// # Why
    ///
    /// A pool has one backup pool. Pairing it again removes the backup of its current partner, which must be intended.
    ///
    /// # Example
    ///
    /// `pool01.contoso.com` and `pool02.contoso.com` are a pair, and a request pairs `pool01.contoso.com` with
    /// `pool03.contoso.com`.
    ///
    /// # How to fix
    ///
    /// Choose an unpaired pool, or set `replace = true` (`--replace`): the plan then covers all affected pools,
    /// including the one that is left without a backup.
    ///
    /// # Source
    ///
    /// "Deploy paired Front End pools for disaster recovery", step 4: only pools that are not paired with another can
    /// be chosen.
    ALREADY_PAIRED = "already-paired", Integrity from Topology, "MS-DEPLOY 4", Request(check)
}

fn check(context: &RuleContext<'_>, requested: &ResolvedRequest<'_>) -> Vec<Finding> {
    let keeping = requested.pairs.iter().filter(|pair| !pair.request.replace.value);
    let pools = keeping.filter_map(|pair| Some((pair.both()?, &pair.request.pools)));
    let named = pools.flat_map(|(pools, names)| [(pools, &names[0]), ([pools[1], pools[0]], &names[1])]);
    named.filter_map(|(pools, name)| check_pool(context, pools, name)).collect()
}

/// Finds another partner of a pool than the requested one.
fn check_pool(context: &RuleContext<'_>, [pool, partner]: [PoolIndex; 2], name: &Located<Fqdn>) -> Option<Finding> {
    let others = context.pairing.ties_of(pool);
    let tie = others.into_iter().find(|tie| ![pool, partner].contains(&tie.other(pool)))?;
    let names = [context.name(pool), context.name(tie.other(pool))];
    let message = format!("`{}` is already paired with `{}`", names[0], names[1]);
    let help = "choose an unpaired pool, or set `replace` to leave the current partner";
    let finding = ALREADY_PAIRED.finding(names, message, help).at(&name.origin, "requested here");
    Some(finding.at(tie.span, "the current pairing"))
}
