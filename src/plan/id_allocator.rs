//! Ids for new services.

use std::collections::{HashMap, HashSet};

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
    /// Read at the first use, since most changes add no services.
    used: Option<UsedIds<'a>>,
}

/// The ids of a document.
struct UsedIds<'a> {
    ids: HashSet<&'a ServiceId>,
    /// The largest instance in a site, by role or for all roles together.
    largest: HashMap<(&'a SiteId, String), u32>,
}

impl<'a> IdAllocator<'a> {
    pub(crate) fn new(export: &'a Export, numbers: InstanceNumbers, given: &'a GivenIds) -> Self {
        Self { export, numbers, given, used: None }
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
        let used = self.used.get_or_insert_with(|| UsedIds::of(topology, self.numbers));
        let site = match &topology[pool].id.value {
            ClusterId::Numbered { site, .. } => site,
            ClusterId::Unique(id) => return used.unused_guid(id, role),
        };
        let last = used.largest.entry((site, self.numbers.counted(role).to_owned())).or_default();
        loop {
            // After the largest possible number, numbers begin again.
            *last = last.checked_add(1).unwrap_or(1);
            let id = ServiceId::Numbered { site: site.clone(), role: Role(role.into()), instance: *last };
            if !used.ids.contains(&id) {
                return id;
            }
        }
    }
}

impl InstanceNumbers {
    /// What instances are counted by within a site: the role, or nothing.
    fn counted(self, role: &str) -> &str {
        match self {
            Self::ByRole => role,
            Self::BySite => "",
        }
    }
}

impl<'a> UsedIds<'a> {
    fn of(topology: &'a Topology, numbers: InstanceNumbers) -> Self {
        let ids = topology.services.iter().map(|service| &service.id.value);
        let mut largest: HashMap<_, u32> = HashMap::new();
        for id in ids.clone() {
            if let ServiceId::Numbered { site, role, instance } = id {
                let last = largest.entry((site, numbers.counted(&role.0).to_owned())).or_default();
                *last = (*last).max(*instance);
            }
        }
        Self { ids: ids.collect(), largest }
    }

    fn unused_guid(&self, pool: &str, role: &str) -> ServiceId {
        let mut name = format!("poolpair:{pool}:{role}");
        loop {
            let id = ServiceId::Unique(guid(&name).into());
            if !self.ids.contains(&id) {
                return id;
            }
            name.push('+');
        }
    }
}

fn guid(name: &str) -> String {
    let hash = sha256(name.as_bytes());
    let part = |from: usize, to: usize| hash.get(from..to).unwrap_or_default();
    // Version 8 and variant 10 of RFC 9562: a GUID by a custom rule.
    format!("{}-{}-8{}-8{}-{}", part(0, 8), part(8, 12), part(12, 15), part(15, 18), part(18, 30))
}
