//! The next hop of Edge pools: a failover is refused while the pool is the next hop of one.

use super::store::REPLICAS;
use super::{FailoverCase, LONGEST_WAIT};
use crate::failover::EdgePool;
use crate::runbook::commands::{name, replicas};
use crate::runbook::quote::quote;
use crate::runbook::step::{BY_SERVER_ADMIN, Script, Step, StepKind};
use crate::topology::Fqdn;

const NEXT_HOP: StepKind = StepKind {
    number: "3",
    name: "next-hop",
    heading: "Change the next hop of the Edge pools (FO: before its step 1; here after the store, to which it is written)",
    expected: "the Edge pool forwards to the new pool",
    on_failure: "in Topology Builder, look at the next hop of the Edge pool",
    rollback: "the former next hop, by the same command",
    ..BY_SERVER_ADMIN
};
const EDGE_REPLICAS: StepKind =
    StepKind { number: "3a", heading: "Wait until the Edge Servers know their next hop", ..REPLICAS };

/// The next hop becomes the partner.
pub(super) fn over(case: &FailoverCase<'_>) -> Vec<Step> {
    steps(case, [NEXT_HOP, EDGE_REPLICAS], &case.partner().fqdn, |edge| edge.in_site_of_partner)
}

/// The next hop becomes the pool again.
pub(super) fn back(case: &FailoverCase<'_>) -> Vec<Step> {
    let change = StepKind { number: "8", heading: "Restore the next hop of the Edge pools", ..NEXT_HOP };
    let wait = StepKind { number: "8a", ..EDGE_REPLICAS };
    steps(case, [change, wait], &case.pool().fqdn, |edge| edge.in_site_of_pool)
}

fn steps(
    case: &FailoverCase<'_>,
    [change, wait]: [StepKind; 2],
    hop: &Fqdn,
    is_in_its_site: impl Fn(&EdgePool) -> bool,
) -> Vec<Step> {
    let edges = &case.failover.edges;
    let hand_on = |edge: &EdgePool| {
        let title = format!("Make {hop} the next hop of {}", edge.fqdn);
        Step::new(change, Some(&edge.fqdn), &title, next_hop(edge, hop, is_in_its_site(edge)))
    };
    let mut steps: Vec<_> = edges.iter().map(hand_on).collect();
    let servers: Vec<_> = edges.iter().flat_map(|edge| &edge.machines).collect();
    if !servers.is_empty() {
        // Users do not have to wait for an Edge Server that is down.
        let script = Script {
            until: vec![replicas(servers)],
            wait_minutes: Some(LONGEST_WAIT),
            go_on: "the Edge Servers that are named, and what comes from outside through them".to_owned(),
            ..Script::default()
        };
        steps.push(Step::new(wait, None, "Wait until the Edge Servers are up to date", script));
    }
    steps
}

/// Topology Builder cannot select a pool of another site. If the cmdlet does not show the next hop, the record of this
/// run has to be enough.
fn next_hop(edge: &EdgePool, hop: &Fqdn, is_in_its_site: bool) -> Script {
    let (pool, registrar) = (name(&edge.fqdn), quote(&format!("Registrar:{hop}")));
    let ask = format!("Get-CsService -EdgeServer -PoolFqdn {pool}");
    let clicks = [
        "In Topology Builder, download the current topology".to_owned(),
        format!("Edge pools, {}: Edit Properties, Next hop pool: {hop}", edge.fqdn),
        "Action, Topology, Publish".to_owned(),
    ];
    let identity = quote(&format!("EdgeServer:{}", edge.fqdn));
    let (by_hand, run) = match is_in_its_site {
        true => {
            (clicks.to_vec(), "Assert-Yes 'Has Topology Builder published the next hop without an error?'".to_owned())
        }
        false => (Vec::new(), format!("Set-CsEdgeServer -Identity {identity} -Registrar {registrar}")),
    };
    Script {
        needs_record: true,
        done: vec![format!("Test-Registrar -Of {pool} -Expected @{{ Registrar = {registrar} }} -By {{ {ask} }}")],
        by_hand,
        run: vec![run],
        wait_minutes: Some(2),
        ..Script::default()
    }
}
