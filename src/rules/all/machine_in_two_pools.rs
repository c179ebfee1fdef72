//! The rule `machine-in-two-pools`.

use std::collections::BTreeMap;

use crate::rules::prelude::*;

rule! {
    /// # What it checks
    ///
    /// A machine that runs server roles belongs to one pool. Machines of clusters on which nothing is set up and to
    /// which nothing is replicated, such as file servers, SQL Servers and gateways, do not count.
    ///
    /// # Why
    ///
    /// A server is set up for the roles of the pool that it belongs to. A name in two pools is a slip of an edit by
    /// hand, or a copied element: publishing such a document fails.
    ///
    /// # Example
    ///
    /// `fe01.contoso.com` is a Front End of `pool01.contoso.com` and of `pool02.contoso.com`.
    ///
    /// # How to fix
    ///
    /// Export the topology again, or correct the machines of one pool in Topology Builder.
    ///
    /// # Source
    ///
    /// Inferred: no page says what publishing does with such a document.
    MACHINE_IN_TWO_POOLS = "machine-in-two-pools", Integrity from Topology, "inferred", All(check)
}

fn check(context: &RuleContext<'_>) -> Vec<Finding> {
    let topology = context.topology();
    let mut homes: BTreeMap<&Fqdn, Vec<(PoolIndex, Span)>> = BTreeMap::new();
    for pool in topology.pool_indices().filter(|&pool| is_set_up(context, pool)) {
        for machine in &topology[pool].machines {
            homes.entry(&machine.value).or_default().push((pool, machine.span));
        }
    }
    homes.retain(|_, homes| homes.iter().any(|(pool, _)| *pool != homes[0].0));
    homes.into_iter().map(|(machine, homes)| of_machine(context, machine, &homes)).collect()
}

/// Whether server roles are set up on the machines of a cluster.
fn is_set_up(context: &RuleContext<'_>, pool: PoolIndex) -> bool {
    let element = context.export.document.node(context.topology()[pool].element);
    ["RequiresReplication", "RequiresSetup"]
        .into_iter()
        .any(|name| element.attribute(name).is_some_and(|flag| ["true", "1"].contains(&&*flag.value())))
}

fn of_machine(context: &RuleContext<'_>, machine: &Fqdn, homes: &[(PoolIndex, Span)]) -> Finding {
    let pools: Vec<_> = homes.iter().map(|(pool, _)| context.name(*pool)).collect();
    let message = format!("the machine `{machine}` is in {}", listed(&pools));
    let help = "export the topology again, or correct the machines of one of the pools in Topology Builder";
    let finding = MACHINE_IN_TWO_POOLS.finding(pools, message, help).on(machine.as_str());
    finding.at_each(homes.iter().map(|(_, span)| (*span, "named here")))
}
