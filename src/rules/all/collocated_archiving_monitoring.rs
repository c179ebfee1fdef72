//! The rule `collocated-archiving-monitoring`.

use crate::rules::prelude::*;
use crate::topology::Host;

rule! {
    /// # What it checks
    ///
    /// The archiving and monitoring stores that a paired pool uses are not on its own Back End.
    ///
    /// # Why
    ///
    /// The backup service does not replicate them. Stores on the Back End of the pool are lost with it, and calls are
    /// not recorded while the pool is failed over.
    ///
    /// # Example
    ///
    /// The monitoring store of `pool01.contoso.com` is in the SQL Server instance of its user database.
    ///
    /// # How to fix
    ///
    /// Put archiving and monitoring databases on a separate SQL Server with its own backup.
    ///
    /// # Source
    ///
    /// The prerequisites for backup and restoring advise against archiving and monitoring databases on the Back End
    /// of a Front End pool.
    COLLOCATED_ARCHIVING_MONITORING = "collocated-archiving-monitoring", Advice from Topology, "backup prerequisites",
        Pool(check_pool)
}

fn check_pool(context: &RuleContext<'_>, pool: PoolIndex) -> Option<Finding> {
    let stores = [("archiving", Role::ARCHIVING_STORE), ("monitoring", Role::MONITORING_STORE)];
    let stores: Vec<_> =
        stores.iter().filter_map(|(name, role)| Some((*name, collocated(context, pool, role)?))).collect();
    let names: Vec<_> = stores.iter().map(|(name, _)| *name).collect();
    let (noun, verb) = if names.len() > 1 { ("stores", "are") } else { ("store", "is") };
    if names.is_empty() {
        return None;
    }
    let finding = COLLOCATED_ARCHIVING_MONITORING.finding(
        [context.name(pool)],
        format!(
            "the {} {noun} of `{}` {verb} on its own Back End, and not replicated",
            list(&names),
            context.name(pool)
        ),
        "keep archiving and monitoring databases on a separate SQL Server with its own backup",
    );
    Some(stores.iter().fold(finding.label_request(context, pool), |finding, (name, store)| {
        finding.at(context.service_span(*store), *name)
    }))
}

/// The store of this role that the pool uses, if it is on the SQL Server of its user database.
fn collocated(context: &RuleContext<'_>, pool: PoolIndex, role: &str) -> Option<ServiceIndex> {
    let topology = context.topology();
    let store = topology.used_by(pool, role)?;
    let Host::Sql(sql) = topology[store].host? else { return None };
    let back_end = topology[topology.back_end(pool)?].pool?;
    (topology[sql].pool == Some(back_end)).then_some(store)
}
