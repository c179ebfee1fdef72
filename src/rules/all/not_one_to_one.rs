//! The rule `not-one-to-one`.

use std::collections::BTreeMap;

use crate::rules::finding::REQUEST;
use crate::rules::prelude::*;
use crate::rules::ties::{TiedPools, ties};

rule! {
    /// # What it checks
    ///
    /// No pool is tied to two others: it names one backup pool at most, one pool at most names it, and both are the
    /// same pool. A request says of no pool twice what it shall be.
    ///
    /// # Why
    ///
    /// Front End pools back each other up one to one. A pool with two partners would have to hold the users of both,
    /// the copies of one of them are never fetched, and after a failover nobody can tell whose users were lost.
    /// Survivable branches are no pairs and do not count.
    ///
    /// # Example
    ///
    /// `pool01.contoso.com` and `pool02.contoso.com` are a pair, and `pool03.contoso.com` names `pool01.contoso.com`
    /// as its backup, too.
    ///
    /// # How to fix
    ///
    /// Decide on one partner for each pool, and un-pair the others with `[[unpair]]`, or pair them anew with `replace =
    /// true`. Two pools of which only one names the other are reported by `asymmetric-backup-registrar`.
    ///
    /// # Source
    ///
    /// "Front End pool disaster recovery": every pool is paired with exactly one other, and the two back each other
    /// up. Topology Builder does not prohibit anything else. All pools that are tied to each other are one finding.
    NOT_ONE_TO_ONE = "not-one-to-one", Integrity from Topology, "MS-DR", All(check)
}

fn check(context: &RuleContext<'_>) -> Vec<Finding> {
    match context.requested {
        Some(requested) => asked_twice(requested),
        None => {
            let many = ties(context.pairing).into_iter().filter(|tie| tie.pools.len() > 2);
            many.map(|tie| of_tie(context, tie)).collect()
        }
    }
}

/// What the request says more than once.
fn asked_twice(requested: &ResolvedRequest<'_>) -> Vec<Finding> {
    let mut named: BTreeMap<&Fqdn, Vec<&Located<Fqdn>>> = BTreeMap::new();
    for pair in &requested.pairs {
        let [first, second] = &pair.request.pools;
        named.entry(&first.value).or_default().push(first);
        // A pool that is to be paired with itself is another rule's business.
        if first.value != second.value {
            named.entry(&second.value).or_default().push(second);
        }
    }
    for unpair in &requested.unpairs {
        named.entry(&unpair.request.pool.value).or_default().push(&unpair.request.pool);
    }
    named.retain(|_, places| places.len() > 1);
    named.into_iter().map(|(pool, places)| said_twice(pool, &places)).collect()
}

fn said_twice(pool: &Fqdn, places: &[&Located<Fqdn>]) -> Finding {
    let finding = NOT_ONE_TO_ONE.finding(
        [pool],
        format!("the request says more than once what becomes of `{pool}`"),
        "keep one `[[pair]]` or `[[unpair]]` for each pool",
    );
    let finding = finding.on(REQUEST);
    places.iter().fold(finding, |finding, place| finding.at(&place.origin, "named here"))
}

fn of_tie(context: &RuleContext<'_>, tie: TiedPools<'_>) -> Finding {
    let pools: Vec<_> = tie.pools.iter().map(|&pool| context.name(pool)).collect();
    let finding = NOT_ONE_TO_ONE.finding(
        pools.iter().copied(),
        format!("{} are tied to each other, where pools back each other up one to one", listed(&pools)),
        "decide on one partner for each of them, and un-pair the others",
    );
    let names = |backup: &Backup| format!("`{}` names `{}`", context.name(backup.pool), context.name(backup.partner));
    finding.at_each(tie.backups.into_iter().map(|backup| (backup.span, names(backup))))
}
