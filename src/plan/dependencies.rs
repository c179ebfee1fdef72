//! Dependencies on the partner that a pairing adds to services of a pool.

use super::peers::Peers;
use super::target::Target;
use crate::action::{Action, Peer};
use crate::notation::{BackupRegistrar, DependencyPosition, Notation, PairDependency};
use crate::pairing::Pairing;
use crate::topology::{PoolIndex, Role, ServiceIndex, Topology};

/// The actions on the Registrar's dependency on the partner's Registrar, which names the backup pool.
pub(super) fn of_registrar<'a>(
    topology: &Topology,
    pairing: &Pairing,
    notation: &'a Notation,
    target: &Target,
    registrar: ServiceIndex,
) -> Vec<Action<'a>> {
    let partner = target.backup.and_then(|partner| topology.service_on(partner, Role::REGISTRAR));
    let peer = partner.map(|partner| Peer::present(topology, partner));
    let kept = pairing.backups_of(target.pool).find(|backup| Some(backup.partner) == target.backup);
    let kept = kept.map(|backup| backup.dependency).filter(|_| peer.is_some());
    let present: Vec<usize> = pairing.backups_of(target.pool).map(|backup| backup.dependency).collect();
    let BackupRegistrar { usage, position } = &notation.backup_registrar;
    settled((target.pool, registrar), &present, kept, peer, (usage, *position))
}

/// The actions on dependencies of a pair, or of a pool without a partner; `actions` are those that add and remove
/// services.
pub(super) fn of_group<'a>(
    topology: &Topology,
    pairing: &Pairing,
    notation: &'a Notation,
    group: &[Target],
    actions: &[Action<'a>],
) -> Vec<Action<'a>> {
    let peers = Peers::after(topology, actions);
    let mut found = Vec::new();
    for target in group {
        for wanted in &notation.dependencies {
            let Some(service) = topology.service_on(target.pool, &wanted.role) else { continue };
            found.extend(of_service(topology, pairing, target, (service, wanted), &peers));
        }
    }
    found
}

fn of_service<'a>(
    topology: &Topology,
    pairing: &Pairing,
    target: &Target,
    (service, wanted): (ServiceIndex, &'a PairDependency),
    peers: &Peers<'_>,
) -> Vec<Action<'a>> {
    let peer = target.backup.and_then(|partner| peers.serving(partner, &wanted.names));
    let present = present(topology, pairing, target, (service, wanted));
    let names = |at: &usize| &topology[service].depends_on[*at].names.value;
    let kept = present.iter().copied().find(|at| peer.as_ref().is_some_and(|peer| peer.id == *names(at)));
    settled((target.pool, service), &present, kept, peer, (&wanted.usage, wanted.position))
}

/// The actions that leave one dependency on the peer: the one to keep, otherwise the first existing one, otherwise a new
/// one. All others are removed.
fn settled<'a>(
    (pool, service): (PoolIndex, ServiceIndex),
    present: &[usize],
    kept: Option<usize>,
    peer: Option<Peer>,
    (usage, position): (&'a str, DependencyPosition),
) -> Vec<Action<'a>> {
    let stays = kept.or(present.first().copied()).filter(|_| peer.is_some());
    let change = peer.filter(|_| kept.is_none()).map(|peer| match stays {
        Some(dependency) => Action::MoveDependency { pool, service, dependency, peer },
        None => Action::AddDependency { pool, service, usage, position, peer },
    });
    let others = present.iter().copied().filter(|at| Some(*at) != stays);
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
