//! A service to be added, and services before and after they exist.

use crate::diff::Subject;
use crate::notation::AddedService;
use crate::topology::{PoolIndex, ServiceId, ServiceIndex, Topology};

/// A pool gains a service.
#[derive(Clone, Debug)]
pub(crate) struct AddServiceAction<'a> {
    pub(crate) pool: PoolIndex,
    pub(crate) partner: PoolIndex,
    pub(crate) notation: &'a AddedService,
    pub(crate) id: ServiceId,
}

/// A service that exists or will be added.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Peer {
    pub(crate) id: ServiceId,
    pub(crate) role: String,
    /// The pool that it is installed on.
    pub(crate) pool: Option<PoolIndex>,
}

impl AddServiceAction<'_> {
    /// The service that will be added.
    pub(crate) fn as_peer(&self, topology: &Topology) -> Peer {
        let pool = topology.home_of(self.pool, self.notation);
        Peer { id: self.id.clone(), role: self.notation.role.clone(), pool: Some(pool) }
    }
}

impl Peer {
    /// An existing service.
    pub(crate) fn present(topology: &Topology, service: ServiceIndex) -> Self {
        let id = topology[service].id.value.clone();
        Self { id, role: topology[service].role.to_string(), pool: topology.pool_of(service) }
    }

    /// Its subject in the differences of [`compare`](crate::diff::compare).
    pub(crate) fn subject(&self, topology: &Topology) -> Subject {
        let pool = self.pool.map(|pool| topology.pool_name(pool).to_string());
        Subject::Service { role: self.role.clone(), pool, id: self.id.to_string() }
    }
}
