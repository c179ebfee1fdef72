//! Services that a pairing adds, keeps or removes.

use super::id_allocator::IdAllocator;
use super::peers::Peers;
use super::target::Target;
use crate::Export;
use crate::action::{Action, AddServiceAction};
use crate::notation::{AddedService, Condition, Notation, Relation, ServicesOrder};
use crate::pairing::Pairing;
use crate::topology::{CentralManagement, Dependency, PoolIndex, Topology};

/// The actions on services of a pair, or of a pool without a partner.
pub(super) fn of_group<'a>(
    export: &Export,
    pairing: &Pairing,
    notation: &'a Notation,
    group: &[Target],
    ids: &mut IdAllocator<'_>,
) -> Vec<Action<'a>> {
    let topology = &export.topology;
    let mut actions = Vec::new();
    for (target, service) in in_order(notation, group) {
        let present = topology.added_on(target.pool, service);
        match (present, target.backup) {
            (None, Some(partner)) if is_needed(topology, service, partner) => {
                let id = ids.next(target.pool, &service.role);
                let action = AddServiceAction { pool: target.pool, partner, notation: service, id };
                actions.push(Action::AddService(action));
            }
            (Some(present), backup) if is_spare(topology, service, target.pool, backup) => {
                actions.push(Action::RemoveService { pool: target.pool, service: present });
            }
            _ => {}
        }
    }
    let moved = moved_peers(topology, pairing, notation, group, &actions);
    actions.extend(moved);
    actions
}

/// Every service of every pool, in the order in which new ones are written.
fn in_order<'a>(notation: &'a Notation, group: &[Target]) -> Vec<(Target, &'a AddedService)> {
    let mut pools = group.to_vec();
    pools.sort_by_key(|target| target.pool);
    let services = &notation.services;
    match notation.placement.services_order {
        ServicesOrder::ByPool => {
            pools.iter().flat_map(|target| services.iter().map(|service| (*target, service))).collect()
        }
        ServicesOrder::ByService => {
            services.iter().flat_map(|service| pools.iter().map(move |target| (*target, service))).collect()
        }
    }
}

fn is_needed(topology: &Topology, service: &AddedService, partner: PoolIndex) -> bool {
    match service.condition {
        Condition::Always => true,
        Condition::BesideActiveCentralManagement => topology.central_management(partner) == CentralManagement::Active,
    }
}

/// Whether a service that a pairing added is no longer needed.
fn is_spare(topology: &Topology, service: &AddedService, pool: PoolIndex, backup: Option<PoolIndex>) -> bool {
    let active = |pool: PoolIndex| topology.central_management(pool) == CentralManagement::Active;
    match service.condition {
        Condition::Always => backup.is_none(),
        // The active store is never part of a pairing.
        Condition::BesideActiveCentralManagement => !active(pool) && !backup.is_some_and(active),
    }
}

/// Services that stay but depended on a service of a former partner.
fn moved_peers<'a>(
    topology: &Topology,
    pairing: &Pairing,
    notation: &Notation,
    group: &[Target],
    actions: &[Action<'a>],
) -> Vec<Action<'a>> {
    let peers = Peers::after(topology, actions);
    let mut moved = Vec::new();
    for target in group {
        let (Some(partner), Some(former)) = (target.backup, pairing.backup_pool(target.pool)) else { continue };
        if partner == former {
            continue;
        }
        for service in &notation.services {
            let Some(present) = topology.added_on(target.pool, service) else { continue };
            if is_spare(topology, service, target.pool, target.backup) {
                continue;
            }
            let mut taken = Vec::new();
            let with_partner = service.dependencies.iter().filter(|wanted| wanted.relation == Relation::Partner);
            for wanted in with_partner {
                let old = topology.serving(former, &wanted.role);
                let of_former = |(at, dependency): (usize, &Dependency)| {
                    let same = dependency.usage.value == wanted.usage && dependency.target == old;
                    old.is_some() && same && !taken.contains(&at)
                };
                let found = topology[present].depends_on.iter().enumerate().rev().find(|&one| of_former(one));
                let Some((dependency, found)) = found else { continue };
                taken.push(dependency);
                let peer = peers.serving(partner, &wanted.role).filter(|peer| peer.id != found.names.value);
                moved.extend(peer.map(|peer| Action::MoveDependency {
                    pool: target.pool,
                    service: present,
                    dependency,
                    peer,
                }));
            }
        }
    }
    moved
}
