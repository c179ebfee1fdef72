//! The rule `role-parity`.

use crate::rules::prelude::*;

rule! {
    /// # What it checks
    ///
    /// Both pools of a pair offer the same: Mediation, Conferencing, Call Park and Response Group on the pool, and
    /// Office Web Apps for its conferences.
    ///
    /// # Why
    ///
    /// Users who fail over use what the surviving pool has. A role that only their own pool has is unavailable to them
    /// during the failover.
    ///
    /// # Example
    ///
    /// `pool01.contoso.com` has a collocated Mediation Server, and `pool02.contoso.com` has none.
    ///
    /// # How to fix
    ///
    /// Add the role to the other pool, or make sure that its users can do without. If a stand-alone Mediation pool
    /// serves both, no collocated one is needed; allow the rule in the request and write down why.
    ///
    /// # Source
    ///
    /// Inferred; the page on disaster recovery of Call Park requires the application in both pools.
    ROLE_PARITY = "role-parity", Advice from Topology, "inferred, call-park disaster recovery", Side(check_side)
}

fn check_side(context: &RuleContext<'_>, pair: &PairContext<'_>, [pool, partner]: [PoolIndex; 2]) -> Option<Finding> {
    let offered = offers(context, partner);
    let mut missing = offers(context, pool);
    missing.retain(|(name, _)| offered.iter().all(|(other, _)| other != name));
    let names: Vec<_> = missing.iter().map(|(name, _)| *name).collect();
    if names.is_empty() {
        return None;
    }
    let (name, other) = (context.name(pool), context.name(partner));
    let message = format!("`{name}` has {}, and `{other}` does not", list(&names));
    let help = "add what is missing, or make sure that users who fail over can do without";
    let finding = ROLE_PARITY.finding([name, other], message, help).on(name.as_str()).label_pair(pair);
    let finding = missing.into_iter().fold(finding, |finding, (name, span)| finding.at(span, name));
    Some(finding.at(context.pool_span(partner), "missing here"))
}

/// The services that a pool offers its users, with their positions in the document.
fn offers(context: &RuleContext<'_>, pool: PoolIndex) -> Vec<(&'static str, Span)> {
    let topology = context.topology();
    let role = |role| topology.service_on(pool, role);
    let conferencing = role(Role::CONFERENCING);
    let office = topology.used_by(pool, Role::OFFICE_WEB_APPS);
    let application = |owner| context.export.application(pool, owner);
    let service = |service: Option<ServiceIndex>| service.map(|service| context.service_span(service));
    let offers = [
        ("Mediation", service(role(Role::MEDIATION))),
        ("Conferencing", service(conferencing)),
        ("Call Park", application("urn:application:Cps")),
        ("Response Group", application("urn:application:RGS")),
        ("Office Web Apps", service(office)),
    ];
    offers.into_iter().filter_map(|(name, span)| Some((name, span?))).collect()
}
