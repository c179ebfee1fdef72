//! A pair in a document, as the example for a new one.

use std::collections::HashSet;

use super::strip::{Parts, without};
use super::{Learned, learn};
use crate::Export;
use crate::notation::{ExampleOrigin, LearnedFrom, Notation};
use crate::pairing::{OTHER_SETTINGS, Pairing};
use crate::source::Options;
use crate::topology::{CentralManagement, Fqdn, PoolIndex, Role, ServiceIndex, Topology};
use crate::xml::NodeId;

/// A notation that was learned from a pair in a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Example {
    /// The notation.
    pub notation: Notation,
    /// The pair, in the order of the document.
    pub pools: [Fqdn; 2],
}

/// Learns from the first complete pair of a document; `None` if there is none. `origin` is the user's statement of who
/// wrote the pair.
///
/// The parts that look like the pair's are removed, and what is learned from the difference must reproduce the document.
/// A service counts as the pair's if its role is unusual, no unpaired pool has it, and it serves the backup: by its
/// name, by a dependency on the partner, or by serving such a service. Others are left alone, since un-pairing would
/// remove them.
///
/// A pair without added services is written in its two Registrars alone. All other pools are then cut out of both
/// documents, so that the cost of learning depends on the pair and not on the deployment.
pub fn example_in(export: &Export, origin: ExampleOrigin, reading: &Options) -> Option<Example> {
    let pairing = Pairing::read(&export.document, &export.topology, &Notation::built_in());
    pairing.pairs().find_map(|pools| {
        // An unpaired pool may have the same settings left over from a former pair, or as a default.
        [true, false].into_iter().find_map(|ignore_common| {
            let learned = FoundPair { export, pairing: &pairing, pools }.learn(ignore_common, reading)?;
            let documents = vec![export.source().sha256()];
            let notation = learned.notation.with_evidence(LearnedFrom { documents, origin, may_be_preview: false });
            Some(Example { notation, pools: learned.pools })
        })
    })
}

/// Roles that pools have without being paired.
const USUAL_ROLES: [&str; 22] = [
    "ApplicationServer",
    "ApplicationStore",
    "ArchivingServer",
    "ArchivingStore",
    "CentralMgmt",
    "CentralMgmtStore",
    "ConfServices",
    "EdgeServer",
    "ExternalServer",
    "FileStore",
    "ManagementServices",
    "MediationServer",
    "MonitoringServer",
    "MonitoringStore",
    "PersistentChatService",
    "PersistentChatStore",
    "PstnGateway",
    "Registrar",
    "UserServices",
    "UserStore",
    "WacService",
    "WebServices",
];

/// The role that has a dependency, its usage, and the role that it names.
type DependencyKey<'a> = (&'a str, &'a str, &'a str);

/// A pair in a document.
struct FoundPair<'a> {
    export: &'a Export,
    pairing: &'a Pairing,
    pools: [PoolIndex; 2],
}

impl FoundPair<'_> {
    /// Learns the parts of the pair; with `ignore_common`, without settings that unpaired pools also have.
    fn learn(&self, ignore_common: bool, reading: &Options) -> Option<Learned> {
        let (mut parts, services) = (self.parts(ignore_common)?, self.services());
        if services.is_empty() {
            let others = self.others();
            parts.elements.extend(&others.elements);
            let [before, after] = [parts, others].map(|parts| without(self.export, &parts, reading));
            return learn(&before?, &after?, ExampleOrigin::Other, reading).ok();
        }
        parts.elements.extend(services.into_iter().map(|service| self.export.topology[service].element));
        learn(&without(self.export, &parts, reading)?, self.export, ExampleOrigin::Other, reading).ok()
    }

    /// The parts of the pair in the two Registrars.
    fn parts(&self, ignore_common: bool) -> Option<Parts> {
        let topology = &self.export.topology;
        let mut parts = Parts::default();
        for (pool, partner) in self.both_ways() {
            let backup = self.pairing.backups_of(pool).find(|backup| backup.partner == partner)?;
            parts.elements.push(topology[backup.registrar].depends_on[backup.dependency].element);
            let element = topology[backup.registrar].role_element?;
            let settings = self.settings(backup.registrar, ignore_common);
            parts.attributes.extend(settings.into_iter().map(|name| (element, name)));
        }
        let [one, other] = self.both_ways().map(|(pool, partner)| self.dependencies(pool, partner));
        let is_mutual = |(key, _): &(DependencyKey<'_>, NodeId), others: &[(DependencyKey<'_>, NodeId)]| {
            others.iter().any(|(other, _)| other == key)
        };
        let mutual = one.iter().filter(|found| is_mutual(found, &other));
        let mutual = mutual.chain(other.iter().filter(|found| is_mutual(found, &one)));
        parts.elements.extend(mutual.map(|(_, element)| *element));
        Some(parts)
    }

    /// The dependencies of a pool's services on its partner, except that of the Registrar on the partner's Registrar.
    fn dependencies(&self, pool: PoolIndex, partner: PoolIndex) -> Vec<(DependencyKey<'_>, NodeId)> {
        let topology = &self.export.topology;
        let usual =
            topology[pool].services.iter().filter(|&&service| USUAL_ROLES.contains(&&*topology[service].role.0));
        let all = usual.flat_map(|&service| {
            topology[service].depends_on.iter().filter_map(move |dependency| {
                let target = dependency.target.filter(|&target| topology.pool_of(target) == Some(partner))?;
                let (role, names) = (topology[service].role.0.as_str(), topology[target].role.0.as_str());
                let is_backup = role == Role::REGISTRAR && names == Role::REGISTRAR;
                (!is_backup).then(|| ((role, dependency.usage.value.as_str(), names), dependency.element))
            })
        });
        all.collect()
    }

    /// All other pools, and what is installed on them.
    fn others(&self) -> Parts {
        let topology = &self.export.topology;
        let is_own = |pool: Option<PoolIndex>| pool.is_some_and(|pool| self.pools.contains(&pool));
        let pools = topology.pool_indices().filter(|&pool| !is_own(Some(pool)));
        let services = topology.service_indices().filter(|&service| !is_own(topology.pool_of(service)));
        let pools = pools.map(|pool| topology[pool].element);
        Parts {
            elements: pools.chain(services.map(|service| topology[service].element)).collect(),
            attributes: Vec::new(),
        }
    }

    fn both_ways(&self) -> [(PoolIndex, PoolIndex); 2] {
        let [one, other] = self.pools;
        [(one, other), (other, one)]
    }

    fn unpaired(&self) -> impl Iterator<Item = PoolIndex> {
        let alone = |pool: &PoolIndex| self.pairing.backup_of(*pool).is_none();
        self.export.topology.front_end_pools().filter(alone)
    }

    fn settings(&self, registrar: ServiceIndex, ignore_common: bool) -> Vec<String> {
        let topology = &self.export.topology;
        let others: Vec<_> = self.unpaired().filter_map(|pool| topology.service_on(pool, Role::REGISTRAR)).collect();
        let is_common =
            |name: &str, value: &str| others.iter().any(|&other| topology.setting(other, name) == Some(value));
        let settings = topology[registrar].settings.iter();
        let own = settings.filter(|setting| {
            let spared = ignore_common && is_common(&setting.name, &setting.value.value);
            !(spared || OTHER_SETTINGS.contains(&setting.name.as_str()))
        });
        own.map(|setting| setting.name.to_string()).collect()
    }

    fn services(&self) -> Vec<ServiceIndex> {
        let topology = &self.export.topology;
        let [one, other] = self.pools.map(|pool| self.unusual(pool));
        let roles = |services: &[ServiceIndex]| -> HashSet<String> {
            services.iter().map(|&service| topology[service].role.to_string()).collect()
        };
        let common: HashSet<String> = roles(&one).intersection(&roles(&other)).cloned().collect();
        let of_common = |service: &ServiceIndex| common.contains(&topology[*service].role.to_string());
        let candidates: Vec<_> = one.into_iter().chain(other).filter(of_common).collect();
        let mut found = self.closure(&candidates);
        for (pool, partner) in self.both_ways() {
            if topology.central_management(partner) == CentralManagement::Active
                && topology.central_management(pool) == CentralManagement::Standby
            {
                found.extend(standby(topology, pool));
            }
        }
        found
    }

    /// The services for a pool with unusual roles that no unpaired pool has.
    fn unusual(&self, pool: PoolIndex) -> Vec<ServiceIndex> {
        let topology = &self.export.topology;
        let is_unusual = |service: &ServiceIndex| {
            let role = topology[*service].role.0.as_str();
            !USUAL_ROLES.contains(&role) && self.unpaired().all(|pool| topology.service_on(pool, role).is_none())
        };
        topology.services_for(pool).filter(is_unusual).collect()
    }

    /// The candidates that serve the backup, and those that they depend on.
    fn closure(&self, candidates: &[ServiceIndex]) -> Vec<ServiceIndex> {
        let topology = &self.export.topology;
        let targets = |service: ServiceIndex| topology[service].depends_on.iter().filter_map(|one| one.target);
        let crosses = |service: ServiceIndex| {
            let home = topology.pool_of(service);
            let partner = self.pools.iter().copied().filter(|&pool| Some(pool) != home);
            let partners: Vec<_> = partner.map(Some).collect();
            targets(service).any(|target| partners.contains(&topology.pool_of(target)))
        };
        let is_for_backup = |service: &ServiceIndex| {
            topology[*service].role.0.to_ascii_lowercase().contains("backup") || crosses(*service)
        };
        let mut found: Vec<_> = candidates.iter().copied().filter(is_for_backup).collect();
        let mut at = 0;
        while let Some(&service) = found.get(at) {
            for target in targets(service) {
                if candidates.contains(&target) && !found.contains(&target) {
                    found.push(target);
                }
            }
            at += 1;
        }
        found
    }
}

/// The standby of Central Management on a pool, and its database.
fn standby(topology: &Topology, pool: PoolIndex) -> Vec<ServiceIndex> {
    let Some(service) = topology.service_on(pool, Role::CENTRAL_MANAGEMENT) else { return Vec::new() };
    std::iter::once(service).chain(topology.dependency_of(service, Role::CENTRAL_MANAGEMENT_STORE)).collect()
}
