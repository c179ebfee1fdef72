//! The rule `shared-sql-server`.

use crate::rules::prelude::*;

rule! {
    /// # What it checks
    ///
    /// The user databases of the two pools of a pair are on two SQL Servers. `shared-sql-instance` covers a shared
    /// instance.
    ///
    /// # Why
    ///
    /// A pair protects against the loss of one pool. Two instances of one SQL Server are lost together.
    ///
    /// # Example
    ///
    /// The databases of `pool01.contoso.com` are in `sql01.contoso.com\rtc`, those of `pool02.contoso.com` in
    /// `sql01.contoso.com\rtc2`.
    ///
    /// # How to fix
    ///
    /// Move the databases of one pool to its own SQL Server.
    ///
    /// # Source
    ///
    /// "Server requirements for Skype for Business Server 2015", back end databases: two or more pools that share a
    /// SQL back end are not supported.
    SHARED_SQL_SERVER = "shared-sql-server", Support from Topology, "server-requirements.md", Pair(check_pair)
}

fn check_pair(context: &RuleContext<'_>, pair: &PairContext<'_>) -> Option<Finding> {
    let topology = context.topology();
    let [first, second] = pair.pools;
    let instances = [topology.back_end(first)?, topology.back_end(second)?];
    let servers = [topology[instances[0]].pool?, topology[instances[1]].pool?];
    let [server, other] = servers.map(|server| context.name(server));
    if instances[0] == instances[1] || server != other {
        return None;
    }
    let names = pair.names(context);
    let message = format!("`{}` and `{}` have their back ends on one SQL Server, `{server}`", names[0], names[1]);
    let finding = SHARED_SQL_SERVER.finding(names, message, "give each pool its own SQL Server");
    let labelled = finding.label_pair(pair).at(context.sql_span(instances[0]), "the instance of the first pool");
    Some(labelled.at(context.sql_span(instances[1]), "that of the second, on the same server"))
}
