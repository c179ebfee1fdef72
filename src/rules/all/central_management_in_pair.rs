//! The rule `central-management-in-pair`.

use crate::rules::rule::rule;
use crate::rules::{PairContext, Finding, RuleContext};
use crate::topology::{CentralManagement, PoolIndex, Role};

rule! {
    /// # What it checks
    ///
    /// Tells a pair of which one pool hosts the active Central Management store.
    ///
    /// # Why
    ///
    /// The pairing gives the partner a standby store, and the backup service keeps it up to date. Its database must be
    /// there before the topology is published, or the partner has a store without one.
    ///
    /// # Example
    ///
    /// `pool01.contoso.com` hosts the active store and is paired with `pool02.contoso.com`.
    ///
    /// # How to fix
    ///
    /// Nothing is wrong: the runbook installs the database on the partner's back end, and un-pairing has to keep the
    /// active store where it is.
    ///
    /// # Source
    ///
    /// "Front End pool disaster recovery in Skype for Business Server", on the Central Management store.
    CENTRAL_MANAGEMENT_IN_PAIR = "central-management-in-pair", Fact from Topology, "MS-DR"
}

fn check(context: &RuleContext<'_>) -> Vec<Finding> {
    context.pairs().iter().filter_map(|pair| of_pair(context, pair)).collect()
}

fn of_pair(context: &RuleContext<'_>, pair: &PairContext<'_>) -> Option<Finding> {
    let [first, second] = pair.pools;
    let is_active = |pool| context.topology().central_management(pool) == CentralManagement::Active;
    let (host, partner) = match (is_active(first), is_active(second)) {
        (true, false) => (first, second),
        (false, true) => (second, first),
        // Two active stores are the business of `central-management-ambiguous`.
        (true, true) | (false, false) => return None,
    };
    let (host_name, partner_name) = (context.name(host), context.name(partner));
    let finding = CENTRAL_MANAGEMENT_IN_PAIR.finding([host_name, partner_name], 
        format!("`{host_name}` hosts the active Central Management store, its partner `{partner_name}` the standby"),
        format!("the standby needs its database on the back end of `{partner_name}` before the topology is published"),
    );
    let finding = finding.at_some(pair.named_at(host, context), "the pool with the active store");
    Some(match store_span(context, host) {
        Some(span) => finding.at(span, "the active store"),
        None => finding,
    })
}

fn store_span(context: &RuleContext<'_>, pool: PoolIndex) -> Option<crate::source::Span> {
    let service = context.topology().service_on(pool, Role::CENTRAL_MANAGEMENT)?;
    Some(context.service_span(service))
}
