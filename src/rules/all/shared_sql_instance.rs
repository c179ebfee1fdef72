//! The rule `shared-sql-instance`.

use crate::rules::prelude::*;

rule! {
    /// # What it checks
    ///
    /// The pools of a pair have their user databases in two SQL Server instances.
    ///
    /// # Why
    ///
    /// One instance holds the databases of one pool: their names are fixed. Two pools with the same instance are an
    /// error in the document, and as a pair they would lose both pools with one database.
    ///
    /// # Example
    ///
    /// `pool01.contoso.com` and `pool02.contoso.com` both depend on the user store in `sql01.contoso.com\rtc`.
    ///
    /// # How to fix
    ///
    /// Give one of the pools an instance on another SQL Server, and export the topology again.
    ///
    /// # Source
    ///
    /// Inferred from the fixed names of a pool's databases; the page of server requirements for Skype for Business
    /// Server 2015 says that back ends are not shared (see `shared-sql-server`).
    SHARED_SQL_INSTANCE = "shared-sql-instance", Integrity from Topology, "inferred", Pair(check_pair)
}

fn check_pair(context: &RuleContext<'_>, pair: &PairContext<'_>) -> Option<Finding> {
    let topology = context.topology();
    let [first, second] = pair.pools;
    let shared = topology.back_end(first).filter(|&sql| topology.back_end(second) == Some(sql))?;
    let names = pair.names(context);
    let instance = topology.sql_name(first).unwrap_or_default();
    let message =
        format!("`{}` and `{}` keep their users in one SQL Server instance, `{instance}`", names[0], names[1]);
    let finding = SHARED_SQL_INSTANCE.finding(names, message, "give each pool an instance on its own SQL Server");
    Some(finding.label_pair(pair).at(context.sql_span(shared), "the instance of both"))
}
