//! Edge pools hand on to a pool that is up: a failover is refused while the pool is the next hop of one.

use super::case::{FailoverCase, LONGEST_WAIT, NONE};
use crate::failover::EdgePool;
use crate::runbook::commands::{name, names};
use crate::runbook::error::{RunbookError, Steps};
use crate::runbook::quote::quote;
use crate::runbook::step::{Script, Step, StepAction};
use crate::topology::Fqdn;

/// The next hop becomes the partner.
pub(super) fn over(case: &FailoverCase<'_>) -> Steps {
    let hop = &case.partner().fqdn;
    steps(case, [StepAction::NextHop, StepAction::EdgeReplicas], hop, |edge| edge.in_site_of_partner)
}

/// The next hop becomes the pool again.
pub(super) fn back(case: &FailoverCase<'_>) -> Steps {
    let hop = &case.pool().fqdn;
    steps(case, [StepAction::NextHopBack, StepAction::EdgeReplicasBack], hop, |edge| edge.in_site_of_pool)
}

fn steps(
    case: &FailoverCase<'_>,
    [change, wait]: [StepAction; 2],
    hop: &Fqdn,
    is_in_its_site: impl Fn(&EdgePool) -> bool,
) -> Steps {
    let edges = &case.failover.edges;
    let mut steps = Vec::new();
    for edge in edges {
        let title = format!("Make {hop} the next hop of {}", edge.fqdn);
        let step = case.step(change, Some(&edge.fqdn), &title, (NONE, 5));
        steps.push(step.with(if is_in_its_site(edge) { by_hand(edge, hop)? } else { by_cmdlet(edge, hop)? }));
    }
    let servers = names(edges.iter().flat_map(|edge| &edge.machines))?;
    if !servers.is_empty() {
        steps.push(replicas(case, wait, &servers));
    }
    Ok(steps)
}

fn is_next_hop(edge: &EdgePool, hop: &Fqdn) -> Result<String, RunbookError> {
    let (edge, registrar) = (name(&edge.fqdn)?, quote(&format!("Registrar:{hop}"))?);
    let ask = format!("Get-CsService -EdgeServer -PoolFqdn {edge}");
    Ok(format!("Test-Registrar -Of {edge} -Expected @{{ Registrar = {registrar} }} -By {{ {ask} }}"))
}

/// To a pool of another site there is no way in Topology Builder. Where the cmdlet does not show the next hop, the record
/// of this run has to be enough.
fn by_cmdlet(edge: &EdgePool, hop: &Fqdn) -> Result<Script, RunbookError> {
    let (identity, registrar) = (quote(&format!("EdgeServer:{}", edge.fqdn))?, quote(&format!("Registrar:{hop}"))?);
    Ok(Script {
        needs_record: true,
        done: vec![is_next_hop(edge, hop)?],
        run: vec![format!("Set-CsEdgeServer -Identity {identity} -Registrar {registrar}")],
        wait_minutes: Some(2),
        ..Script::default()
    })
}

fn by_hand(edge: &EdgePool, hop: &Fqdn) -> Result<Script, RunbookError> {
    let clicks = [
        "In Topology Builder, download the current topology".to_owned(),
        format!("Edge pools, {}: Edit Properties, Next hop pool: {hop}", edge.fqdn),
        "Action, Topology, Publish".to_owned(),
    ];
    Ok(Script {
        needs_record: true,
        done: vec![is_next_hop(edge, hop)?],
        by_hand: clicks.to_vec(),
        run: vec!["Assert-Yes 'Has Topology Builder published the next hop without an error?'".to_owned()],
        wait_minutes: Some(2),
        ..Script::default()
    })
}

/// An Edge Server that is down is no reason to let users wait.
fn replicas(case: &FailoverCase<'_>, wait: StepAction, servers: &str) -> Step {
    let script = Script {
        until: vec![format!("Test-Replica -On {servers} -By $Replicas")],
        wait_minutes: Some(LONGEST_WAIT),
        go_on: "the Edge Servers that are named, and what comes from outside through them".to_owned(),
        ..Script::default()
    };
    case.step(wait, None, "Wait until the Edge Servers are up to date", (NONE, 10)).with(script)
}
