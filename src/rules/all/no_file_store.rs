//! The rule `no-file-store`.

use crate::rules::rule::rule;
use crate::rules::{Finding, RuleContext};
use crate::topology::PoolIndex;

rule! {
    /// # What it checks
    ///
    /// Each pool of a pair depends on a file store that is in the document, by any of its services: documents that were
    /// edited by hand may name it by the Web Services only.
    ///
    /// # Why
    ///
    /// The backup service copies by way of file stores. A pool without one has no place for the copies of its
    /// partner.
    ///
    /// # Example
    ///
    /// The file store of `pool02.contoso.com` was deleted from the topology by hand.
    ///
    /// # How to fix
    ///
    /// Give the pool a file store in Topology Builder, publish, and export the topology again.
    ///
    /// # Source
    ///
    /// "Front End pool disaster recovery": data is exchanged by way of the pools' file stores.
    NO_FILE_STORE = "no-file-store", Support from Topology, "MS-DR"
}

pub(super) fn check(context: &RuleContext<'_>) -> Vec<Finding> {
    let without = |pool: &PoolIndex| context.topology().file_store(*pool).is_none();
    context.paired_pools().into_iter().filter(without).map(|pool| of_pool(context, pool)).collect()
}

fn of_pool(context: &RuleContext<'_>, pool: PoolIndex) -> Finding {
    NO_FILE_STORE
        .finding(
            [context.name(pool)],
            format!("`{}` depends on no file store", context.name(pool)),
            "give the pool a file store: the copies of its partner go there",
        )
        .label_request(context, pool)
        .at(context.pool_span(pool), "no service of this pool names one")
}
