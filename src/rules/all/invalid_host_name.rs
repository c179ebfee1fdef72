//! The rule `invalid-host-name`.

use crate::rules::rule::rule;
use crate::rules::{Finding, RuleContext};
use crate::source::Spanned;
use crate::topology::{Fqdn, PoolIndex};

rule! {
    /// # What it checks
    ///
    /// The names that a runbook is made of are valid host names: those of the pools that take part, of their Front
    /// Ends, of their file servers and of their SQL Servers. Labels of letters, digits, hyphens and underscores, at
    /// most 63 long and 253 in all.
    ///
    /// # Why
    ///
    /// These names are printed into a script that runs with the rights of a domain administrator. Every name is
    /// quoted there as well; that a name with a quote or a space in it is refused is the second lock on the door.
    ///
    /// # Example
    ///
    /// A Front End of `pool01.contoso.com` is called `fe 01.contoso.com`.
    ///
    /// # How to fix
    ///
    /// Correct the name in Topology Builder, publish, and export the topology again.
    ///
    /// # Source
    ///
    /// RFC 1123, section 2.1; Windows allows underscores besides.
    INVALID_HOST_NAME = "invalid-host-name", Integrity from Topology, "RFC 1123"
}

fn check(context: &RuleContext<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut seen = Vec::new();
    for pool in context.touched() {
        for (what, name) in printed(context, pool) {
            // A Standard Edition server is named for its pool, and holds its own files and databases.
            if name.value.is_host_name() || seen.contains(&name.span) {
                continue;
            }
            seen.push(name.span);
            findings.push(of_name(&what, name).label_request(context, pool));
        }
    }
    findings
}

fn of_name(what: &str, name: &Spanned<Fqdn>) -> Finding {
    INVALID_HOST_NAME
        .finding([], 
            format!("{what} has the name `{}`, which is no valid host name", name.value),
            "correct the name in Topology Builder: it would be printed into a script",
        )
        .on(name.value.as_str())
        .at(name.span, "no host name")
}

/// The names that a runbook prints for a pool.
fn printed<'a>(context: &RuleContext<'a>, pool: PoolIndex) -> Vec<(String, &'a Spanned<Fqdn>)> {
    let topology = context.topology();
    let of = context.name(pool);
    let name = |pool: PoolIndex| &topology[pool].fqdn;
    let file_server = topology.file_store(pool).and_then(|store| topology.pool_of(store)).map(name);
    let sql_server = topology.back_end(pool).and_then(|sql| topology[sql].pool).map(name);
    let machines = topology[pool].machines.iter().map(|machine| (format!("a Front End of `{of}`"), machine));
    std::iter::once(("a pool".to_owned(), name(pool)))
        .chain(machines)
        .chain(file_server.map(|server| (format!("the file server of `{of}`"), server)))
        .chain(sql_server.map(|server| (format!("the SQL Server of `{of}`"), server)))
        .collect()
}
