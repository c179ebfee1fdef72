//! Dependencies on the partner that a pairing adds to services of a pool, other than that of the Registrar.

use super::services::peer;
use super::target::Target;
use crate::action::Action;
use crate::notation::{Notation, PairDependency};
use crate::pairing::Pairing;
use crate::topology::{PoolIndex, ServiceIndex, Topology};

/// The actions on dependencies of a pair, or of a pool without a partner; `actions` are those that add and remove
/// services.
pub(super) fn of_group<'a>(
    topology: &Topology,
    pairing: &Pairing,
    notation: &'a Notation,
    group: &[Target],
    actions: &[Action<'a>],
) -> Vec<Action<'a>> {
    let mut found = Vec::new();
    for target in group {
        for wanted in &notation.dependencies {
            let Some(service) = topology.service_on(target.pool, &wanted.role) else { continue };
            found.extend(of_service(topology, pairing, target, (service, wanted), actions));
        }
    }
    found
}

fn of_service<'a>(
    topology: &Topology,
    pairing: &Pairing,
    target: &Target,
    (service, wanted): (ServiceIndex, &'a PairDependency),
    actions: &[Action<'a>],
) -> Vec<Action<'a>> {
    let pool = target.pool;
    let peer = target.backup.and_then(|partner| peer(topology, actions, partner, &wanted.names));
    let present = present(topology, pairing, target, (service, wanted));
    let names = |at: &usize| &topology[service].depends_on[*at].names.value;
    let kept = present.iter().copied().find(|at| peer.as_ref().is_some_and(|peer| peer.id == *names(at)));
    let moved = kept.or(present.first().copied()).filter(|_| peer.is_some());
    let change = match (peer, kept, moved) {
        (Some(peer), None, Some(dependency)) => Some(Action::MoveDependency { pool, service, dependency, peer }),
        (Some(peer), None, None) => {
            let PairDependency { usage, position, .. } = wanted;
            Some(Action::AddDependency { pool, service, usage, position: *position, peer })
        }
        _ => None,
    };
    let others = present.into_iter().filter(|at| Some(*at) != moved);
    let others = others.map(|dependency| Action::RemoveDependency { pool, service, dependency });
    change.into_iter().chain(others).collect()
}

/// The indices of such dependencies on the new partner and on former ones.
fn present(
    topology: &Topology,
    pairing: &Pairing,
    target: &Target,
    (service, wanted): (ServiceIndex, &PairDependency),
) -> Vec<usize> {
    let former = pairing.backups_of(target.pool).map(|backup| backup.partner);
    let partners: Vec<PoolIndex> = former.chain(target.backup).filter(|&partner| partner != target.pool).collect();
    let served: Vec<ServiceIndex> =
        partners.into_iter().filter_map(|partner| topology.serving(partner, &wanted.names)).collect();
    let dependencies = topology[service].depends_on.iter().enumerate();
    let those = dependencies.filter(|(_, dependency)| {
        dependency.usage.value == wanted.usage && dependency.target.is_some_and(|target| served.contains(&target))
    });
    those.map(|(at, _)| at).collect()
}
