//! The rule `already-paired`.

use crate::pairing::Backup;
use crate::request::ResolvedPair;
use crate::rules::rule::rule;
use crate::rules::{Finding, RuleContext};

rule! {
    /// # What it checks
    ///
    /// A pool that is asked to be paired is not paired with another pool yet, neither by naming a backup nor by being
    /// named as one, unless the request says `replace`.
    ///
    /// # Why
    ///
    /// A pool has one backup pool. Pairing it anew takes its present partner's backup away, which must be meant.
    ///
    /// # Example
    ///
    /// `pool01.contoso.com` and `pool02.contoso.com` are a pair, and a request pairs `pool01.contoso.com` with
    /// `pool03.contoso.com`.
    ///
    /// # How to fix
    ///
    /// Choose a pool that is free, or set `replace = true` (`--replace`): the plan then covers all pools, the one that
    /// is left without a backup included.
    ///
    /// # Source
    ///
    /// "Deploy paired Front End pools for disaster recovery", step 4: only pools that are not paired with another can
    /// be chosen.
    ALREADY_PAIRED = "already-paired", Integrity from Topology, "MS-DEPLOY 4"
}

pub(super) fn check(context: &RuleContext<'_>) -> Vec<Finding> {
    let Some(requested) = context.requested else { return Vec::new() };
    let kept = requested.pairs.iter().filter(|pair| !pair.request.replace.value);
    kept.flat_map(|pair| ties(context, pair)).collect()
}

fn ties(context: &RuleContext<'_>, pair: &ResolvedPair<'_>) -> Vec<Finding> {
    let Some(pools) = pair.both() else { return Vec::new() };
    let mut findings: Vec<Finding> = Vec::new();
    for (pool, located) in pools.iter().zip(&pair.request.pools) {
        let tie = context.pairing.ties_of(*pool).into_iter().find(|backup| is_other_tie(backup, pools, *pool));
        findings.extend(tie.map(|backup| {
            let other = backup.other(*pool);
            ALREADY_PAIRED
                .finding(
                    [context.name(*pool), context.name(other)],
                    format!("`{}` is paired with `{}` already", context.name(*pool), context.name(other)),
                    "choose a pool that is free, or say `replace` if the present partner is to be left",
                )
                .at(&located.origin, "asked for here")
                .at(backup.span, "the present pairing")
        }));
    }
    findings
}

/// Whether a backup ties `pool` to a pool that is not of the pair.
fn is_other_tie(backup: &Backup, pair: [crate::topology::PoolIndex; 2], pool: crate::topology::PoolIndex) -> bool {
    let leaves = backup.pool == pool && !pair.contains(&backup.partner);
    let enters = backup.partner == pool && !pair.contains(&backup.pool);
    leaves || enters
}
