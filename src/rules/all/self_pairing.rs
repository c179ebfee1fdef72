//! The rule `self-pairing`.

use crate::rules::finding::REQUEST;
use crate::rules::prelude::*;

rule! {
    /// # What it checks
    ///
    /// The two pools of a pair are different pools, in a request and in the topology.
    ///
    /// # Why
    ///
    /// A pool that is its own backup has none: what takes the pool down takes its backup down.
    ///
    /// # Example
    ///
    /// A request names `pool01.contoso.com` twice, once in upper case.
    ///
    /// # How to fix
    ///
    /// Name two pools. `poolpair partners TOPOLOGY --pool FQDN` lists those that can be paired with one.
    ///
    /// # Source
    ///
    /// Follows from the one-to-one relation of "Front End pool disaster recovery".
    SELF_PAIRING = "self-pairing", Integrity from Topology, "MS-DR", All(check)
}

fn check(context: &RuleContext<'_>) -> Vec<Finding> {
    match context.requested {
        Some(requested) => {
            let pairs = requested.pairs.iter().map(|pair| &pair.request.pools);
            let same = pairs.filter(|[first, second]| first.value == second.value);
            let finding = |[first, second]: &[Located<_>; 2]| {
                pool_finding(&first.value)
                    .on(REQUEST)
                    .at(&second.origin, "the second time")
                    .at(&first.origin, "the first time")
            };
            same.map(finding).collect()
        }
        None => {
            let backups = context.pairing.backups.iter().filter(|backup| backup.pool == backup.partner);
            backups.map(|backup| pool_finding(context.name(backup.pool)).at(backup.span, "its own backup")).collect()
        }
    }
}

fn pool_finding(pool: &Fqdn) -> Finding {
    SELF_PAIRING.finding([pool], format!("`{pool}` cannot back itself up"), "name two different pools")
}
