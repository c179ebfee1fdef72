//! The rule `sql-mirroring-2019`.

use crate::rules::rule::rule;
use crate::rules::{Finding, RuleContext};
use crate::topology::{PoolIndex, ServiceVersion, SqlResilience};

rule! {
    /// # What it checks
    ///
    /// The Back End of a pool of Skype for Business Server 2019 that is paired does not use database mirroring.
    ///
    /// # Why
    ///
    /// Skype for Business Server 2019 supports Always On availability groups and failover clusters only. A mirror is
    /// not tested with it, and scripts that update databases fail on one.
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
    /// No public export shows how a mirror is written: an attribute whose name contains `Mirror` is taken for one.
    SQL_MIRRORING_2019 = "sql-mirroring-2019", Advice from Topology, "back-end-server.md"
}

pub(super) fn check(context: &RuleContext<'_>) -> Vec<Finding> {
    context.paired_pools().into_iter().filter_map(|pool| of_pool(context, pool)).collect()
}

fn of_pool(context: &RuleContext<'_>, pool: PoolIndex) -> Option<Finding> {
    let topology = context.topology();
    let version = topology.version(pool).filter(|version| version.value >= ServiceVersion::SFB_2019)?;
    let sql = topology.back_end(pool).filter(|&sql| topology[sql].resilience == SqlResilience::Mirror)?;
    let finding = SQL_MIRRORING_2019
        .finding(
            [context.name(pool)],
            format!(
                "the Back End of `{}` uses database mirroring, which {} does not support",
                context.name(pool),
                version.value
            ),
            "move the databases to an Always On availability group",
        )
        .label_request(context, pool)
        .at(context.sql_span(sql), "mirrored")
        .at(version.span, version.value.product());
    Some(finding)
}
