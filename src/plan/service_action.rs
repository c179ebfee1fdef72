//! Services that a pairing adds, keeps up or takes away.

use super::action::Action;
use super::id_allocator::IdAllocator;
use super::target::Target;
use crate::Export;
use crate::diff::Subject;
use crate::notation::{AddedService, Condition, InstalledOn, Notation, Relation, ServicesOrder};
use crate::pairing::Pairing;
use crate::topology::{CentralManagement, Dependency, Host, PoolIndex, ServiceId, ServiceIndex, Topology};

/// A pool gains a service.
#[derive(Clone, Debug)]
pub(super) struct AddServiceAction<'a> {
    pub(super) pool: PoolIndex,
    pub(super) partner: PoolIndex,
    pub(super) notation: &'a AddedService,
    pub(super) id: ServiceId,
}

/// A service that is there, or will be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Peer {
    pub(super) id: ServiceId,
    pub(super) role: String,
    /// The pool that it is installed on.
    pub(super) pool: Option<PoolIndex>,
}

/// What has to be done to the services of a pair, or of a pool that stays alone.
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

/// Whether a service that a pairing added has no use any more.
fn is_spare(topology: &Topology, service: &AddedService, pool: PoolIndex, backup: Option<PoolIndex>) -> bool {
    let active = |pool: PoolIndex| topology.central_management(pool) == CentralManagement::Active;
    match service.condition {
        Condition::Always => backup.is_none(),
        // The active store is never a part of a pairing.
        Condition::BesideActiveCentralManagement => !active(pool) && !backup.is_some_and(active),
    }
}

/// Services that stay, and depended on one of the partner that is left.
fn moved_peers<'a>(
    topology: &Topology,
    pairing: &Pairing,
    notation: &Notation,
    group: &[Target],
    actions: &[Action<'a>],
) -> Vec<Action<'a>> {
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
                let peer = peer(topology, actions, partner, &wanted.role).filter(|peer| peer.id != found.names.value);
                moved.extend(peer.map(|peer| Action::MovePeer {
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

/// The service of a role that serves a pool: one that an action adds, or one that is there.
pub(super) fn peer(topology: &Topology, actions: &[Action<'_>], pool: PoolIndex, role: &str) -> Option<Peer> {
    let added = actions.iter().find_map(|action| match action {
        Action::AddService(add) if add.pool == pool && add.notation.role == role => Some(add.as_peer(topology)),
        _ => None,
    });
    let goes = |found: ServiceIndex| {
        actions.iter().any(|action| matches!(action, Action::RemoveService { service, .. } if *service == found))
    };
    let present = || topology.serving(pool, role).filter(|&found| !goes(found));
    added.or_else(|| Some(Peer::present(topology, present()?)))
}

impl AddServiceAction<'_> {
    /// The service that will be there.
    pub(super) fn as_peer(&self, topology: &Topology) -> Peer {
        let pool = topology.home_of(self.pool, self.notation);
        Peer { id: self.id.clone(), role: self.notation.role.clone(), pool: Some(pool) }
    }
}

impl Peer {
    fn present(topology: &Topology, service: ServiceIndex) -> Self {
        let id = topology[service].id.value.clone();
        Self { id, role: topology[service].role.to_string(), pool: topology.pool_of(service) }
    }

    /// What [`compare`](crate::diff::compare) calls it.
    pub(super) fn subject(&self, topology: &Topology) -> Subject {
        let pool = self.pool.map(|pool| topology.pool_name(pool).to_string());
        Subject::Service { role: self.role.clone(), pool: pool.unwrap_or_default(), id: self.id.to_string() }
    }
}

impl Topology {
    /// Where an added service belongs: on the pool, or in the database of its users.
    pub(crate) fn host_for(&self, pool: PoolIndex, service: &AddedService) -> Option<Host> {
        match service.installed_on {
            InstalledOn::Pool => Some(Host::Pool(pool)),
            InstalledOn::BackEnd => self.back_end(pool).map(Host::Sql),
        }
    }

    /// The pool that an added service is installed on: the pool itself, or that of its back end.
    fn home_of(&self, pool: PoolIndex, service: &AddedService) -> PoolIndex {
        match self.host_for(pool, service) {
            Some(Host::Sql(sql)) => self[sql].pool.unwrap_or(pool),
            _ => pool,
        }
    }

    /// The service of an added service's role that is there already.
    pub(crate) fn added_on(&self, pool: PoolIndex, service: &AddedService) -> Option<ServiceIndex> {
        let host = self.host_for(pool, service);
        let home = self.home_of(pool, service);
        let mut there = self[home].services.iter().copied();
        let found = there.find(|&found| self[found].role.is(&service.role) && self[found].host == host);
        found.or_else(|| self.service_on(pool, &service.role))
    }

    /// The service of a role that serves a pool: on it, or what its User Services or Registrar depend on, or in its
    /// back end.
    pub(crate) fn serving(&self, pool: PoolIndex, role: &str) -> Option<ServiceIndex> {
        use crate::topology::Role;
        let through = |own: &str| self.service_on(pool, own).and_then(|own| self.dependency_of(own, role));
        let indirect = || through(Role::USER_SERVICES).or_else(|| through(Role::REGISTRAR));
        let on_back_end = || {
            let sql = self.back_end(pool)?;
            let mut there = self[self[sql].pool?].services.iter().copied();
            there.find(|&service| self[service].host == Some(Host::Sql(sql)) && self[service].role.is(role))
        };
        self.service_on(pool, role).or_else(indirect).or_else(on_back_end)
    }
}
