//! The rule `machine-in-two-pools`.

use std::collections::BTreeMap;

use crate::rules::prelude::*;

rule! {
    /// # What it checks
    ///
    /// A machine with server roles belongs to one pool. Machines of clusters without setup or replication, such as file
    /// servers, SQL Servers and gateways, do not count.
    ///
    /// # Why
    ///
    /// A server is set up for the roles of its pool. A name in two pools is a mistake of manual editing, or a copied
    /// element: publishing such a document fails.
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
    let mut members: BTreeMap<&Fqdn, Vec<(PoolIndex, Span)>> = BTreeMap::new();
    for pool in topology.pool_indices().filter(|&pool| is_set_up(context, pool)) {
        for machine in &topology[pool].machines {
            members.entry(&machine.value).or_default().push((pool, machine.span));
        }
    }
    members.retain(|_, members| members.iter().any(|(pool, _)| *pool != members[0].0));
    members.into_iter().map(|(machine, members)| machine_finding(context, machine, &members)).collect()
}

/// Whether server roles are set up on the machines of a cluster.
fn is_set_up(context: &RuleContext<'_>, pool: PoolIndex) -> bool {
    let element = context.export.document.node(context.topology()[pool].element);
    ["RequiresReplication", "RequiresSetup"]
        .into_iter()
        .any(|name| element.attribute(name).is_some_and(|flag| ["true", "1"].contains(&&*flag.value())))
}

fn machine_finding(context: &RuleContext<'_>, machine: &Fqdn, members: &[(PoolIndex, Span)]) -> Finding {
    let pools: Vec<_> = members.iter().map(|(pool, _)| context.name(*pool)).collect();
    let message = format!("the machine `{machine}` is in {}", listed(&pools));
    let help = "export the topology again, or correct the machines of one of the pools in Topology Builder";
    let finding = MACHINE_IN_TWO_POOLS.finding(pools, message, help).on(machine.as_str());
    finding.at_each(members.iter().map(|(_, span)| (*span, "named here")))
}
