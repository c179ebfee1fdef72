//! The rule `not-one-to-one`.

use std::collections::{BTreeMap, BTreeSet};

use crate::request::{Located, ResolvedRequest};
use crate::pairing::Backup;
use crate::rules::rule::rule;
use crate::rules::words::listed;
use crate::rules::{Finding, RuleContext};
use crate::topology::{Fqdn, PoolIndex};

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
    /// Decide on one partner for each pool, and part the others with `[[unpair]]`, or pair them anew with `replace =
    /// true`. A relation that only lacks its way back is told by `asymmetric-backup-registrar`.
    ///
    /// # Source
    ///
    /// "Front End pool disaster recovery": every pool is paired with exactly one other, and the two back each other
    /// up. Topology Builder does not prohibit anything else.
    NOT_ONE_TO_ONE = "not-one-to-one", Integrity from Topology, "MS-DR"
}

fn check(context: &RuleContext<'_>) -> Vec<Finding> {
    match context.requested {
        Some(requested) => asked_twice(requested),
        None => context.topology().pool_indices().filter_map(|pool| tied_twice(context, pool)).collect(),
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
    let finding = NOT_ONE_TO_ONE.finding([pool], 
        format!("the request says more than once what becomes of `{pool}`"),
        "keep one `[[pair]]` or `[[unpair]]` for each pool",
    );
    let finding = finding.on("request");
    finding.at_each(places.iter().map(|place| (&place.origin, "named here")))
}

fn tied_twice(context: &RuleContext<'_>, pool: PoolIndex) -> Option<Finding> {
    let mut ties = context.pairing.ties_of(pool);
    ties.retain(|tie| tie.pool != tie.partner);
    let other = |tie: &&Backup| if tie.pool == pool { tie.partner } else { tie.pool };
    let others: BTreeSet<PoolIndex> = ties.iter().map(other).collect();
    if others.len() < 2 {
        return None;
    }
    let names: Vec<_> = others.into_iter().map(|other| context.name(other)).collect();
    let finding = NOT_ONE_TO_ONE.finding(names.iter().copied().chain([context.name(pool)]), 
        format!("`{}` is tied to {}, where pools back each other up one to one", context.name(pool), listed(&names)),
        "decide on one partner, and part the others from it",
    );
    let names = |tie: &Backup| format!("`{}` names `{}`", context.name(tie.pool), context.name(tie.partner));
    Some(finding.at_each(ties.into_iter().map(|tie| (tie.span, names(tie)))))
}
