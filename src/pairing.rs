//! Pairs and their voice failover settings: a topology read through a notation.

use std::fmt;

use foldhash::{HashMap, HashMapExt};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

use crate::interval::Interval;
use crate::notation::{IntervalAttribute, Notation};
use crate::source::{Span, Spanned};
use crate::topology::{CentralManagement, Fqdn, PoolIndex, PoolKind, Role, ServiceIndex, ServiceVersion, Topology};
use crate::xml::NodeId;

/// The pairing view of a topology.
#[derive(Clone, Debug)]
pub struct Pairing {
    /// Backup registrars of Front End pools, in document order.
    pub backups: Vec<Backup>,
    /// Indices into `backups` in the order of the named pools.
    by_partner: Vec<usize>,
    /// Backup registrars of branches and of Lync Server 2010 pools, which are not pairings.
    pub branch_backups: Vec<Backup>,
    voice: HashMap<PoolIndex, Voice>,
    /// By the pool that they depend on.
    dependents: HashMap<PoolIndex, Vec<Dependent>>,
    /// The PSTN gateways that depend on a pool's Mediation role, in document order.
    trunks: HashMap<PoolIndex, Vec<ServiceIndex>>,
    /// The Front End pools that host an active Central Management store.
    pub active_stores: Vec<PoolIndex>,
}

/// An Edge, trusted application or stand-alone Mediation pool or a survivable branch that depends on another pool.
#[derive(Clone, Debug)]
pub struct Dependent {
    /// The pool that depends.
    pub pool: PoolIndex,
    /// The first such `Dependency` element.
    pub element: NodeId,
}

/// A pool whose Registrar names that of another pool as its backup.
#[derive(Clone, Debug)]
pub struct Backup {
    /// The pool that names a backup.
    pub pool: PoolIndex,
    /// The named pool.
    pub partner: PoolIndex,
    /// The Registrar that holds the dependency.
    pub registrar: ServiceIndex,
    /// The index of that dependency.
    pub dependency: usize,
    /// The dependency's usage, whatever it is.
    pub usage: Spanned<SmolStr>,
    /// The `Dependency` element.
    pub span: Span,
}

/// The voice failover settings of a pool, as far as they are written.
#[derive(Clone, Debug, Default)]
pub struct Voice {
    /// Automatic failover and failback.
    pub automatic: Option<ReadSetting<bool>>,
    /// The failure detection interval.
    pub failure_detection: Option<ReadSetting<Interval>>,
    /// The failback interval.
    pub failback: Option<ReadSetting<Interval>>,
}

/// A setting as the document writes it.
#[derive(Clone, Debug)]
pub struct ReadSetting<T> {
    /// The value, if the notation can read it.
    pub value: Option<T>,
    /// The text; the span is that of the whole attribute.
    pub written: Spanned<SmolStr>,
}

/// Automatic failover and failback for Voice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct VoiceSettings {
    /// Whether it is on.
    pub automatic: bool,
    /// The failure detection interval, in seconds.
    pub failure_detection_seconds: Option<u64>,
    /// The failback interval, in seconds.
    pub failback_seconds: Option<u64>,
}

impl fmt::Display for VoiceSettings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let seconds = |interval: Option<u64>| interval.map_or_else(|| "-".to_owned(), |number| format!("{number} s"));
        let switch = if self.automatic { "automatic" } else { "off" };
        write!(f, "{switch}, {} / {}", seconds(self.failure_detection_seconds), seconds(self.failback_seconds))
    }
}

/// Attributes of a Registrar's role element in real exports that are unrelated to pairing.
pub(crate) const OTHER_SETTINGS: [&str; 2] = ["IsDirector", "IsPoolEnabledForSAOnEdge"];

impl Pairing {
    /// Reads the pairings of a topology.
    ///
    /// Any dependency of a Front End pool's Registrar on another Registrar counts, whatever its usage; the
    /// notation is needed for the settings only.
    pub fn read(document: &crate::xml::Document, topology: &Topology, notation: &Notation) -> Self {
        let active = |pool: &PoolIndex| {
            topology.kind(*pool) == PoolKind::FrontEnd
                && topology.central_management(*pool) == CentralManagement::Active
        };
        let active_stores = topology.pool_indices().filter(active);
        let mut pairing = Self {
            backups: Vec::new(),
            by_partner: Vec::new(),
            branch_backups: Vec::new(),
            voice: HashMap::new(),
            dependents: dependents(topology),
            trunks: trunks(topology),
            active_stores: active_stores.collect(),
        };
        for pool in topology.pool_indices() {
            let Some(registrar) = topology.service_on(pool, Role::REGISTRAR) else { continue };
            let can_pair = topology.kind(pool) == PoolKind::FrontEnd
                && topology[registrar].version.value > ServiceVersion::LYNC_2010;
            for backup in backups_of(document, topology, pool, registrar) {
                if can_pair { pairing.backups.push(backup) } else { pairing.branch_backups.push(backup) }
            }
            if topology.kind(pool) == PoolKind::FrontEnd {
                pairing.voice.insert(pool, Voice::read(topology, registrar, notation));
            }
        }
        pairing.by_partner = (0..pairing.backups.len()).collect();
        pairing.by_partner.sort_by_key(|&at| pairing.backups[at].partner);
        pairing
    }

    /// The backups in which a pool is named, in document order.
    pub fn naming(&self, partner: PoolIndex) -> impl Iterator<Item = &Backup> {
        let start = self.by_partner.partition_point(|&at| self.backups[at].partner < partner);
        let named = self.by_partner.iter().skip(start).map(|&at| &self.backups[at]);
        named.take_while(move |backup| backup.partner == partner)
    }

    /// The backups that a pool names; normally one.
    pub fn backups_of(&self, pool: PoolIndex) -> impl Iterator<Item = &Backup> {
        // They are read pool by pool, so that those of one pool are contiguous.
        let start = self.backups.partition_point(|backup| backup.pool < pool);
        self.backups.iter().skip(start).take_while(move |backup| backup.pool == pool)
    }

    /// The first backup that a pool names.
    pub fn backup_of(&self, pool: PoolIndex) -> Option<&Backup> {
        self.backups_of(pool).next()
    }

    /// The pool that a pool names as its backup.
    pub fn backup_pool(&self, pool: PoolIndex) -> Option<PoolIndex> {
        self.backup_of(pool).map(|backup| backup.partner)
    }

    /// Whether a pool names another one as its backup.
    pub fn names(&self, pool: PoolIndex, partner: PoolIndex) -> bool {
        self.backups_of(pool).any(|backup| backup.partner == partner)
    }

    /// The first other pool that a pool names, and that names it.
    pub fn partner_of(&self, pool: PoolIndex) -> Option<PoolIndex> {
        let mut named = self.backups_of(pool).map(|backup| backup.partner);
        named.find(|&other| other != pool && self.names(other, pool))
    }

    /// The backups that a pool names or is named in, in document order.
    pub fn ties_of(&self, pool: PoolIndex) -> Vec<&Backup> {
        let mut ties: Vec<_> = self.backups_of(pool).chain(self.naming(pool)).collect();
        ties.sort_by_key(|tie| (tie.pool, tie.dependency));
        ties.dedup_by_key(|tie| (tie.pool, tie.dependency));
        ties
    }

    /// The backups that a branch or a pool of Lync Server 2010 names.
    pub fn branch_backups_of(&self, pool: PoolIndex) -> impl Iterator<Item = &Backup> {
        let start = self.branch_backups.partition_point(|backup| backup.pool < pool);
        self.branch_backups.iter().skip(start).take_while(move |backup| backup.pool == pool)
    }

    /// The pools of a kind that depend on a pool, in document order: Edge, trusted application and Mediation pools, and
    /// survivable branches.
    pub fn dependents(&self, topology: &Topology, pool: PoolIndex, kind: PoolKind) -> impl Iterator<Item = &Dependent> {
        let all = self.dependents.get(&pool).map_or(&[][..], Vec::as_slice);
        all.iter().filter(move |dependent| topology.kind(dependent.pool) == kind)
    }

    /// The PSTN gateways that depend on the Mediation role of a pool, in document order.
    pub fn trunks_of(&self, pool: PoolIndex) -> &[ServiceIndex] {
        self.trunks.get(&pool).map_or(&[], Vec::as_slice)
    }

    /// The names of these gateways.
    pub fn gateways_of<'a>(&'a self, topology: &'a Topology, pool: PoolIndex) -> impl Iterator<Item = &'a Fqdn> {
        let hosts = self.trunks_of(pool).iter().filter_map(|&gateway| topology.pool_of(gateway));
        hosts.map(|host| topology.pool_name(host))
    }

    /// Every pair whose pools name each other, once.
    pub fn pairs(&self) -> impl Iterator<Item = [PoolIndex; 2]> {
        let forward = self.backups.iter().filter(|backup| backup.pool < backup.partner);
        let pairs = forward.filter(|backup| self.names(backup.partner, backup.pool));
        pairs.map(|backup| [backup.pool, backup.partner])
    }

    /// The voice failover settings of a Front End pool.
    pub fn voice(&self, pool: PoolIndex) -> Option<&Voice> {
        self.voice.get(&pool)
    }

    /// The voice failover settings of a pool as plain values; `None` if there are none.
    pub fn voice_settings(&self, pool: PoolIndex) -> Option<VoiceSettings> {
        let voice = self.voice(pool)?;
        let nothing = voice.automatic.is_none() && voice.failure_detection.is_none() && voice.failback.is_none();
        (!nothing).then(|| VoiceSettings {
            automatic: voice.automatic.as_ref().and_then(|setting| setting.value).unwrap_or(false),
            failure_detection_seconds: seconds(voice.failure_detection.as_ref()),
            failback_seconds: seconds(voice.failback.as_ref()),
        })
    }
}

/// Removes duplicates: a service may depend on several services of a pool.
fn dependents(topology: &Topology) -> HashMap<PoolIndex, Vec<Dependent>> {
    let mut dependents: HashMap<PoolIndex, Vec<Dependent>> = HashMap::new();
    for pool in topology.pool_indices() {
        let (role, targets): (_, &[&str]) = match topology.kind(pool) {
            PoolKind::Edge => (Role::EDGE, &[Role::REGISTRAR]),
            PoolKind::TrustedApplication => (Role::TRUSTED_APPLICATION, &[Role::REGISTRAR]),
            PoolKind::SurvivableBranch => (Role::REGISTRAR, &[Role::REGISTRAR, Role::USER_SERVICES]),
            PoolKind::Mediation => (Role::MEDIATION, &[Role::REGISTRAR]),
            _ => continue,
        };
        let service = topology.service_on(pool, role);
        for dependency in service.into_iter().flat_map(|service| &topology[service].depends_on) {
            let target = dependency.target.filter(|&target| targets.iter().any(|role| topology[target].role.is(role)));
            let Some(home) = target.and_then(|target| topology.pool_of(target)) else { continue };
            let of_home = dependents.entry(home).or_default();
            if of_home.last().is_none_or(|last| last.pool != pool) {
                of_home.push(Dependent { pool, element: dependency.element });
            }
        }
    }
    dependents
}

fn trunks(topology: &Topology) -> HashMap<PoolIndex, Vec<ServiceIndex>> {
    let mut trunks: HashMap<_, Vec<_>> = HashMap::new();
    for gateway in topology.service_indices().filter(|&service| topology[service].role.is(Role::GATEWAY)) {
        let mediation = topology.dependency_of(gateway, Role::MEDIATION);
        if let Some(pool) = mediation.and_then(|service| topology.pool_of(service)) {
            trunks.entry(pool).or_default().push(gateway);
        }
    }
    trunks
}

fn seconds(setting: Option<&ReadSetting<Interval>>) -> Option<u64> {
    setting.and_then(|setting| setting.value).map(Interval::seconds)
}

fn backups_of(
    document: &crate::xml::Document,
    topology: &Topology,
    pool: PoolIndex,
    registrar: ServiceIndex,
) -> Vec<Backup> {
    let mut backups = Vec::new();
    for (at, dependency) in topology[registrar].depends_on.iter().enumerate() {
        let Some(target) = dependency.target.filter(|&target| topology[target].role.is(Role::REGISTRAR)) else {
            continue;
        };
        let Some(partner) = topology.pool_of(target) else { continue };
        backups.push(Backup {
            pool,
            partner,
            registrar,
            dependency: at,
            usage: dependency.usage.clone(),
            span: document.node(dependency.element).span(),
        });
    }
    backups
}

impl Backup {
    /// The other of the two pools.
    pub fn other(&self, pool: PoolIndex) -> PoolIndex {
        if self.pool == pool { self.partner } else { self.pool }
    }
}

impl<T: PartialEq> ReadSetting<T> {
    /// Whether it is this text, or one of the same value.
    pub(crate) fn says(&self, (text, value): (&str, Option<T>)) -> bool {
        self.written.value == text || value.is_some() && self.value == value
    }
}

impl Voice {
    fn read(topology: &Topology, registrar: ServiceIndex, notation: &Notation) -> Self {
        let written = |name: &str| {
            let settings = &topology[registrar].settings;
            settings.iter().find(|setting| setting.name == name).map(|setting| setting.value.clone())
        };
        let interval = |notation: &IntervalAttribute| {
            written(&notation.attribute).map(|written| ReadSetting { value: notation.read(&written.value), written })
        };
        Self {
            automatic: written(&notation.automatic_failover.attribute)
                .map(|written| ReadSetting { value: notation.automatic_failover.form.read(&written.value), written }),
            failure_detection: interval(&notation.failure_detection),
            failback: interval(&notation.failback),
        }
    }
}
