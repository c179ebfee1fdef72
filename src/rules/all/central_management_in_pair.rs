//! The rule `central-management-in-pair`.

use crate::rules::prelude::*;

rule! {
    /// # What it checks
    ///
    /// Which pool of a pair hosts the active Central Management store, and whether its partner has, gets or loses the
    /// standby.
    ///
    /// # Why
    ///
    /// The pairing gives the partner a standby store, which the backup service keeps up to date. Un-pairing removes the
    /// standby.
    ///
    /// # Example
    ///
    /// `pool01.contoso.com` hosts the active store and is paired with `pool02.contoso.com`.
    ///
    /// # How to fix
    ///
    /// Nothing to fix: the runbook has the steps for the database of the standby, and un-pairing keeps the active store
    /// where it is.
    ///
    /// # Source
    ///
    /// "Front End pool disaster recovery in Skype for Business Server", on the Central Management store.
    CENTRAL_MANAGEMENT_IN_PAIR = "central-management-in-pair", Fact from Topology, "MS-DR", All(check)
}

fn check(context: &RuleContext<'_>) -> Vec<Finding> {
    let unpaired = context.requested.into_iter().flat_map(|requested| &requested.unpairs);
    let leaving = unpaired.filter_map(|unpair| {
        let pools = [unpair.pool?, context.pairing.partner_of(unpair.pool?)?];
        Some(check_pools(context, pools, true)?.at(&unpair.request.pool.origin, "requested here"))
    });
    let pairs = context.pairs();
    let paired = pairs.iter().filter_map(|pair| Some(check_pools(context, pair.pools, false)?.label_pair(pair)));
    leaving.chain(paired).collect()
}

fn check_pools(context: &RuleContext<'_>, pools: [PoolIndex; 2], is_leaving: bool) -> Option<Finding> {
    let role = |pool| context.topology().central_management(pool);
    let [first, second] = pools;
    let (host, partner) = match (role(first) == CentralManagement::Active, role(second) == CentralManagement::Active) {
        (true, false) => (first, second),
        (false, true) => (second, first),
        // `central-management-ambiguous` covers two active stores.
        (true, true) | (false, false) => return None,
    };
    let (name, other) = (context.name(host), context.name(partner));
    let is_requested = context.requested.is_some();
    let (of_partner, help) = match (is_leaving, role(partner)) {
        (true, _) => ("loses the standby", "the active store stays where it is; pair its pool again to have a standby"),
        (false, CentralManagement::Standby) => {
            ("hosts the standby", "un-pairing has to keep the active store where it is")
        }
        (false, _) if is_requested => {
            ("gets the standby", "the runbook says when the database of the standby is created")
        }
        (false, _) => {
            ("has no standby in this document", "export the topology again, or let Topology Builder make the pair")
        }
    };
    let message = format!("`{name}` hosts the active Central Management store; its partner `{other}` {of_partner}");
    let finding = CENTRAL_MANAGEMENT_IN_PAIR.finding([name, other], message, help);
    Some(finding.at_some(context.store_span(host), "the active store"))
}
