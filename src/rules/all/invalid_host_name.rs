//! The rule `invalid-host-name`.

use crate::rules::prelude::*;
use crate::source::Spanned;
use crate::topology::Pool;

rule! {
    /// # What it checks
    ///
    /// All names of pools, servers and machines are valid host names: labels of letters, digits, hyphens and
    /// underscores, at most 63 characters each and 253 in all. One label is enough.
    ///
    /// # Why
    ///
    /// A document with such a name cannot be published. The common case is a template of a topology whose placeholders
    /// are not filled in. In addition, names are written into a script that runs with the rights of a domain
    /// administrator, where they are also quoted.
    ///
    /// # Example
    ///
    /// `Fqdn="$SkypeFQDN"`, or a Front End that is called `fe 01.contoso.com`.
    ///
    /// # How to fix
    ///
    /// Fill in the placeholders of a template. Otherwise correct the name in Topology Builder, and export the topology
    /// again.
    ///
    /// # Source
    ///
    /// RFC 1123, section 2.1; Windows also allows underscores.
    INVALID_HOST_NAME = "invalid-host-name", Integrity from Topology, "RFC 1123", All(check)
}

fn check(context: &RuleContext<'_>) -> Vec<Finding> {
    let pools = &context.topology().pools;
    let names = pools.iter().flat_map(|pool| std::iter::once((what(pool), &pool.fqdn)).chain(machines(pool)));
    names.filter(|(_, name)| !name.value.is_host_name()).map(|(what, name)| name_finding(what, name)).collect()
}

fn what(pool: &Pool) -> &'static str {
    if pool.kind == PoolKind::Other { "a cluster" } else { pool.kind.phrase() }
}

/// The machines of a pool, except one with the name of the pool itself.
fn machines(pool: &Pool) -> impl Iterator<Item = (&'static str, &Spanned<Fqdn>)> {
    let others = pool.machines.iter().filter(|machine| machine.value != pool.fqdn.value);
    others.map(|machine| ("a machine", machine))
}

fn name_finding(what: &str, name: &Spanned<Fqdn>) -> Finding {
    let help = match name.value.as_str().contains('$') {
        true => "fill in the placeholders: this is a template of a topology",
        false => "correct the name in Topology Builder, and export the topology again",
    };
    let message = format!("{what} has the name `{}`, which is not a valid host name", name.value);
    INVALID_HOST_NAME.finding([&name.value], message, help).on(what).at(name.span, "not a host name")
}
