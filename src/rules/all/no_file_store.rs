//! The rule `no-file-store`.

use crate::rules::prelude::*;

rule! {
    /// # What it checks
    ///
    /// At least one service of each pool of a pair depends on a file store in the document; in documents edited by hand
    /// it may be only the Web Services.
    ///
    /// # Why
    ///
    /// The backup service copies through file stores. A pool without one has no place for the copies of its partner.
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
    /// "Front End pool disaster recovery": data is exchanged through the pools' file stores.
    NO_FILE_STORE = "no-file-store", Support from Topology, "MS-DR", Pool(check_pool)
}

fn check_pool(context: &RuleContext<'_>, pool: PoolIndex) -> Option<Finding> {
    let name = context.name(pool);
    let message = format!("`{name}` depends on no file store");
    let help = "give the pool a file store: the copies of its partner go there";
    let finding = NO_FILE_STORE.finding([name], message, help).label_request(context, pool);
    let is_without = context.topology().file_store(pool).is_none();
    is_without.then(|| finding.at(context.pool_span(pool), "no service of this pool names one"))
}
