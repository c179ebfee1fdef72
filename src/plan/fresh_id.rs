//! Ids for new services.

use std::collections::HashMap;

use crate::Export;
use crate::source::sha256;
use crate::topology::{ClusterId, PoolIndex, Role, ServiceId, Topology};

/// Hands out ids that the document does not use.
pub(super) struct FreshIds<'a> {
    export: &'a Export,
    last: HashMap<(String, String), u32>,
}

impl<'a> FreshIds<'a> {
    pub(super) fn new(export: &'a Export) -> Self {
        Self { export, last: HashMap::new() }
    }

    /// The next id for a service of `role` on `pool`.
    ///
    /// Published: one more than the largest instance of that site and role, since instances are not contiguous.
    /// Topology Builder: a GUID that depends on nothing but the pool and the role, so that artifacts repeat.
    pub(super) fn next(&mut self, pool: PoolIndex, role: &str) -> ServiceId {
        let topology = &self.export.topology;
        let site = match &topology[pool].id.value {
            ClusterId::Numbered { site, .. } => site.clone(),
            ClusterId::Unique(id) => return ServiceId::Unique(guid(id, role)),
        };
        let last = self
            .last
            .entry((site.0.clone(), role.to_owned()))
            .or_insert_with(|| largest_instance(topology, &site.0, role));
        *last = last.saturating_add(1);
        ServiceId::Numbered { site, role: Role(role.to_owned()), instance: *last }
    }
}

fn largest_instance(topology: &Topology, in_site: &str, of_role: &str) -> u32 {
    let instance = |id: &ServiceId| match id {
        ServiceId::Numbered { site, role, instance } if site.0 == in_site && role.is(of_role) => Some(*instance),
        _ => None,
    };
    topology.services.iter().filter_map(|service| instance(&service.id.value)).max().unwrap_or(0)
}

fn guid(pool: &str, role: &str) -> String {
    let hash = sha256(format!("poolpair:{pool}:{role}").as_bytes());
    let part = |from: usize, to: usize| hash.get(from..to).unwrap_or_default();
    // Version 8 and variant 10 of RFC 9562: a GUID made by a rule of one's own.
    format!("{}-{}-8{}-8{}-{}", part(0, 8), part(8, 12), part(12, 15), part(15, 18), part(18, 30))
}
