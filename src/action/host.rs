//! Hosts of the services that a pairing adds.

use crate::notation::{AddedService, InstalledOn};
use crate::topology::{Host, PoolIndex, Role, ServiceIndex, Topology};

impl Topology {
    /// Where an added service is installed: on the pool, or in the database of its users.
    pub(crate) fn host_for(&self, pool: PoolIndex, service: &AddedService) -> Option<Host> {
        match service.installed_on {
            InstalledOn::Pool => Some(Host::Pool(pool)),
            InstalledOn::BackEnd => self.back_end(pool).map(Host::Sql),
        }
    }

    /// The pool that an added service is installed on: the pool itself, or that of its back end.
    pub(super) fn home_of(&self, pool: PoolIndex, service: &AddedService) -> PoolIndex {
        match self.host_for(pool, service) {
            Some(Host::Sql(sql)) => self[sql].pool.unwrap_or(pool),
            _ => pool,
        }
    }

    /// The existing service of an added service's role.
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
