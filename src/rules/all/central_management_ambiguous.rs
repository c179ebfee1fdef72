//! The rule `central-management-ambiguous`.

use crate::rules::prelude::*;
use crate::topology::{Dialect, Topology};

rule! {
    /// # What it checks
    ///
    /// Exactly one Central Management store of the document is active. A Topology Builder file without any Central
    /// Management service was never published, and is not reported.
    ///
    /// # Why
    ///
    /// Servers get their configuration from the active store. After an interrupted failover, a topology may show two
    /// active stores or none, and a published change may never arrive.
    ///
    /// # Example
    ///
    /// The Central Management services of `pool01.contoso.com` and `pool02.contoso.com` both have `IsActive="true"`.
    ///
    /// # How to fix
    ///
    /// Find the store in use with `Get-CsManagementConnection` on a Front End, complete the failover, and export the
    /// topology again.
    ///
    /// # Source
    ///
    /// Reports from the field.
    CENTRAL_MANAGEMENT_AMBIGUOUS = "central-management-ambiguous", Advice from Topology, "field reports",
        Document(check)
}

fn check(context: &RuleContext<'_>) -> Vec<Finding> {
    let topology = context.topology();
    let services: Vec<_> = services_of_role(topology).collect();
    let active: Vec<_> = services.iter().copied().filter(|&service| topology.flag(service, "IsActive")).collect();
    match active.as_slice() {
        [_] => Vec::new(),
        [] if topology.dialect == Dialect::TopologyBuilder && services.is_empty() => Vec::new(),
        [] if services.is_empty() => vec![CENTRAL_MANAGEMENT_AMBIGUOUS.finding(
            [],
            "no Central Management store is active: this topology has none",
            "is this the whole topology? `Get-CsManagementConnection` names the store in use",
        )],
        [] => {
            let message = "no Central Management store is active: all are on standby";
            vec![pointing_at(context, &services, "not active", message.to_owned())]
        }
        several => {
            let message = format!("{} Central Management stores are active", several.len());
            vec![pointing_at(context, several, "active", message)]
        }
    }
}

fn services_of_role(topology: &Topology) -> impl Iterator<Item = ServiceIndex> + '_ {
    topology.service_indices().filter(|&service| topology[service].role.is(Role::CENTRAL_MANAGEMENT))
}

fn pointing_at(context: &RuleContext<'_>, services: &[ServiceIndex], label: &str, message: String) -> Finding {
    let help = "find the store in use with `Get-CsManagementConnection`, and complete the failover first";
    let hosts =
        services.iter().filter_map(|&service| context.topology().pool_of(service)).map(|pool| context.name(pool));
    let finding = CENTRAL_MANAGEMENT_AMBIGUOUS.finding(hosts, message, help);
    services.iter().fold(finding, |finding, &service| {
        let pool = context.topology().pool_of(service).map(|pool| context.name(pool).as_str());
        finding.at(context.service_span(service), format!("{label}, on `{}`", pool.unwrap_or("no pool")))
    })
}
