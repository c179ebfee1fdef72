//! The rule `not-one-to-one`.

use std::collections::BTreeMap;

use crate::rules::finding::REQUEST;
use crate::rules::groups::{PoolGroup, groups};
use crate::rules::prelude::*;

rule! {
    /// # What it checks
    ///
    /// No pool has a backup relation with two others: it names at most one backup pool, at most one pool names it, and
    /// both are the same pool. A request does not name a pool twice.
    ///
    /// # Why
    ///
    /// Front End pools back each other up one to one. A pool with two partners would have to carry the users of both,
    /// the copies of one of them are never fetched, and after a failover it is unclear whose users were lost.
    /// Survivable branches are not pairs and do not count.
    ///
    /// # Example
    ///
    /// `pool01.contoso.com` and `pool02.contoso.com` are a pair, and `pool03.contoso.com` also names
    /// `pool01.contoso.com` as its backup.
    ///
    /// # How to fix
    ///
    /// Decide on one partner for each pool, and un-pair the others with `[[unpair]]`, or pair them again with `replace
    /// = true`. Two pools of which only one names the other are reported by `asymmetric-backup-registrar`.
    ///
    /// # Source
    ///
    /// "Front End pool disaster recovery": every pool is paired with exactly one other, and the two back each other up.
    /// Topology Builder does not prohibit anything else. All pools that are connected by backups are one finding.
    NOT_ONE_TO_ONE = "not-one-to-one", Integrity from Topology, "MS-DR", All(check)
}

fn check(context: &RuleContext<'_>) -> Vec<Finding> {
    match context.requested {
        Some(requested) => named_twice(requested),
        None => {
            let large = groups(context.pairing).into_iter().filter(|group| group.pools.len() > 2);
            large.map(|group| group_finding(context, group)).collect()
        }
    }
}

/// Pools that the request names more than once.
fn named_twice(requested: &ResolvedRequest<'_>) -> Vec<Finding> {
    let mut named: BTreeMap<&Fqdn, Vec<&Located<Fqdn>>> = BTreeMap::new();
    for pair in &requested.pairs {
        let [first, second] = &pair.request.pools;
        named.entry(&first.value).or_default().push(first);
        // `self-pairing` covers a pool paired with itself.
        if first.value != second.value {
            named.entry(&second.value).or_default().push(second);
        }
    }
    for unpair in &requested.unpairs {
        named.entry(&unpair.request.pool.value).or_default().push(&unpair.request.pool);
    }
    named.retain(|_, names| names.len() > 1);
    named.into_iter().map(|(pool, names)| request_finding(pool, &names)).collect()
}

fn request_finding(pool: &Fqdn, names: &[&Located<Fqdn>]) -> Finding {
    let finding = NOT_ONE_TO_ONE.finding(
        [pool],
        format!("the request names `{pool}` more than once"),
        "keep one `[[pair]]` or `[[unpair]]` for each pool",
    );
    let finding = finding.on(REQUEST);
    names.iter().fold(finding, |finding, place| finding.at(&place.origin, "named here"))
}

fn group_finding(context: &RuleContext<'_>, group: PoolGroup<'_>) -> Finding {
    let pools: Vec<_> = group.pools.iter().map(|&pool| context.name(pool)).collect();
    let finding = NOT_ONE_TO_ONE.finding(
        pools.iter().copied(),
        format!("{} have backup relations with each other, but pools back each other up one to one", listed(&pools)),
        "decide on one partner for each of them, and un-pair the others",
    );
    let names = |backup: &Backup| format!("`{}` names `{}`", context.name(backup.pool), context.name(backup.partner));
    finding.at_each(group.backups.into_iter().map(|backup| (backup.span, names(backup))))
}
