//! The rule `sql-mirroring-2019`.

use crate::rules::prelude::*;
use crate::topology::SqlResilience;

rule! {
    /// # What it checks
    ///
    /// The Back End of a paired pool of Skype for Business Server 2019 does not use database mirroring.
    ///
    /// # Why
    ///
    /// Skype for Business Server 2019 supports only Always On availability groups and failover clusters. Mirroring is
    /// not tested with it, and scripts that update databases fail on a mirror.
    ///
    /// # Example
    ///
    /// `pool01.contoso.com` was moved to Skype for Business Server 2019 and kept its mirrored Back End.
    ///
    /// # How to fix
    ///
    /// Move the databases to an availability group before pairing the pool.
    ///
    /// # Source
    ///
    /// The page on high availability of the Back End (`back-end-server.md`) for 2019 no longer lists mirroring.
    ///
    /// No public export contains a mirror: an attribute whose name contains `Mirror` is assumed to be one.
    SQL_MIRRORING_2019 = "sql-mirroring-2019", Advice from Topology, "back-end-server.md", Pool(check_pool)
}

fn check_pool(context: &RuleContext<'_>, pool: PoolIndex) -> Option<Finding> {
    let (topology, name) = (context.topology(), context.name(pool));
    let version = topology.version(pool).filter(|version| version.value >= ServiceVersion::SFB_2019)?;
    let sql = topology.back_end(pool).filter(|&sql| topology[sql].resilience == SqlResilience::Mirror)?;
    let product = version.value;
    let message = format!("the Back End of `{name}` uses database mirroring, which {product} does not support");
    let help = "move the databases to an Always On availability group";
    let finding = SQL_MIRRORING_2019.finding([name], message, help).label_request(context, pool);
    Some(finding.at(context.sql_span(sql), "mirrored").at(version.span, product.product()))
}
