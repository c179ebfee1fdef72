//! Ids for new services.

use std::collections::HashMap;

use crate::Export;
use crate::notation::InstanceNumbers;
use crate::source::sha256;
use crate::topology::{ClusterId, PoolIndex, Role, ServiceId, SiteId, Topology};

/// Ids that are fixed in advance, by pool and role.
pub(crate) type GivenIds = HashMap<(PoolIndex, String), ServiceId>;

/// Allocates ids that the document does not use.
pub(crate) struct IdAllocator<'a> {
    export: &'a Export,
    numbers: InstanceNumbers,
    given: &'a GivenIds,
    last: HashMap<(SiteId, String), u32>,
}

impl<'a> IdAllocator<'a> {
    pub(crate) fn new(export: &'a Export, numbers: InstanceNumbers, given: &'a GivenIds) -> Self {
        Self { export, numbers, given, last: HashMap::new() }
    }

    /// The next id for a service of `role` on `pool`.
    ///
    /// Published: one more than the largest instance, since instances are not contiguous. Topology Builder: a GUID
    /// that depends on nothing but the pool and the role, so that artifacts repeat.
    pub(crate) fn next(&mut self, pool: PoolIndex, role: &str) -> ServiceId {
        if let Some(given) = self.given.get(&(pool, role.to_owned())) {
            return given.clone();
        }
        let topology = &self.export.topology;
        let site = match &topology[pool].id.value {
            ClusterId::Numbered { site, .. } => site.clone(),
            ClusterId::Unique(id) => return ServiceId::Unique(unused_guid(topology, id, role).into()),
        };
        let counted = match self.numbers {
            InstanceNumbers::ByRole => role,
            InstanceNumbers::BySite => "",
        };
        let last = self
            .last
            .entry((site.clone(), counted.to_owned()))
            .or_insert_with(|| largest_instance(topology, &site, counted));
        loop {
            // After the largest possible number, numbers begin again.
            *last = last.checked_add(1).unwrap_or(1);
            let id = ServiceId::Numbered { site: site.clone(), role: Role(role.into()), instance: *last };
            if !is_used(topology, &id) {
                return id;
            }
        }
    }
}

/// The largest instance of a role in a site, or of any role if `of_role` is empty.
fn largest_instance(topology: &Topology, in_site: &SiteId, of_role: &str) -> u32 {
    let instance = |id: &ServiceId| match id {
        ServiceId::Numbered { site, role, instance } => {
            (site == in_site && (of_role.is_empty() || role.is(of_role))).then_some(*instance)
        }
        ServiceId::Unique(_) => None,
    };
    topology.services.iter().filter_map(|service| instance(&service.id.value)).max().unwrap_or(0)
}

fn is_used(topology: &Topology, id: &ServiceId) -> bool {
    topology.services.iter().any(|service| service.id.value == *id)
}

fn unused_guid(topology: &Topology, pool: &str, role: &str) -> String {
    let mut name = format!("poolpair:{pool}:{role}");
    while is_used(topology, &ServiceId::Unique(guid(&name).into())) {
        name.push('+');
    }
    guid(&name)
}

fn guid(name: &str) -> String {
    let hash = sha256(name.as_bytes());
    let part = |from: usize, to: usize| hash.get(from..to).unwrap_or_default();
    // Version 8 and variant 10 of RFC 9562: a GUID by a custom rule.
    format!("{}-{}-8{}-8{}-{}", part(0, 8), part(8, 12), part(12, 15), part(15, 18), part(18, 30))
}
