//! The rule `archiving-on-partner`.

use crate::rules::prelude::*;

rule! {
    /// # What it checks
    ///
    /// The archiving and monitoring stores of a pool are not on the back end of its partner.
    ///
    /// # Why
    ///
    /// When the partner fails, its users come to this pool, and their archiving and monitoring data would have to go
    /// to the very server that was lost. Where archiving is critical, users cannot even sign in.
    ///
    /// # Example
    ///
    /// The archiving store of `pool01.contoso.com` is on `sql02.contoso.com`, the back end of `pool02.contoso.com`, its
    /// partner.
    ///
    /// # How to fix
    ///
    /// Keep these databases on a separate SQL Server.
    ///
    /// # Source
    ///
    /// Inferred from the prerequisites of the backup service: these stores are not replicated.
    ARCHIVING_ON_PARTNER = "archiving-on-partner", Advice from Topology, "backup prerequisites, inferred", All(check)
}

fn check(context: &RuleContext<'_>) -> Vec<Finding> {
    let stores = [("archiving", Role::ARCHIVING_STORE), ("monitoring", Role::MONITORING_STORE)];
    let of_side = |(pair, pools): &_| stores.map(|store| check_store(context, (pair, *pools), store));
    context.sides().iter().flat_map(of_side).flatten().collect()
}

fn check_store(
    context: &RuleContext<'_>,
    (pair, [pool, partner]): (&PairContext<'_>, [PoolIndex; 2]),
    (what, role): (&str, &str),
) -> Option<Finding> {
    let topology = context.topology();
    let store = topology.used_by(pool, role)?;
    if topology.pool_of(store)? != topology[topology.back_end(partner)?].pool? {
        return None;
    }
    let (name, other) = (context.name(pool), context.name(partner));
    let message = format!("the {what} store of `{name}` is on the back end of its partner `{other}`");
    let finding = ARCHIVING_ON_PARTNER.finding([name, other], message, "move it to a separate SQL Server");
    Some(finding.on(format!("{what} of {name}")).label_pair(pair).at(context.service_span(store), "this store"))
}
