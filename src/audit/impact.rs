//! What becomes of whom if a pool fails.

use std::collections::HashMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::Export;
use crate::pairing::{Pairing, VoiceSettings};
use crate::topology::{CentralManagement, Fqdn, PoolIndex, PoolKind, Role, ServiceVersion, Topology};

/// What becomes of whom if a pool fails.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Impact {
    /// What becomes of its users.
    pub users: UserImpact,
    /// How long a failover takes and how much it loses, by the vendor's targets; null where there is none.
    pub recovery: Option<RecoveryTarget>,
    /// How Voice fails over; null where nothing is written.
    pub voice: Option<VoiceSettings>,
    /// What becomes of Central Management.
    pub central_management: StoreImpact,
    /// The Edge pools whose next hop it is.
    pub edge_pools: Vec<Fqdn>,
    /// The survivable branches that depend on it.
    pub branches: Vec<Fqdn>,
    /// The trusted application pools whose next hop it is.
    pub trusted_applications: Vec<Fqdn>,
    /// The stand-alone Mediation pools whose next hop it is.
    pub mediation_pools: Vec<Fqdn>,
    /// The PSTN gateways that depend on its Mediation Server.
    pub gateways: Vec<Fqdn>,
    /// Whether gateways depend on the Mediation Server of its partner, too.
    pub partner_has_gateways: bool,
    /// What the pool has, and no pairing copies.
    pub not_backed_up: Vec<NotBackedUp>,
}

/// What becomes of the users of a pool that fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum UserImpact {
    /// An administrator fails the pool over to its partner.
    FailOver,
    /// The backup registrar serves calls; the pool cannot be failed over.
    ResiliencyOnly,
    /// They stay signed out until the pool is back.
    SignedOut,
}

/// The vendor's targets for a pool failover, in minutes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct RecoveryTarget {
    /// From the start of the failover until the users can sign in.
    pub time_minutes: u32,
    /// The changes of so many minutes may be lost.
    pub point_minutes: u32,
}

/// What becomes of Central Management if a pool fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum StoreImpact {
    /// Nothing.
    None,
    /// The active store is there, and the partner has the standby: it is failed over before the pool is.
    FailOver,
    /// The active store is there, and the partner has no standby: nothing can be changed until it is restored.
    Lost,
    /// The standby is there: the active store has none meanwhile.
    StandbyLost,
}

/// What no pairing copies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum NotBackedUp {
    /// What users store: the pool has no partner that it is copied to.
    UserData,
    /// Response Groups, before 2019.
    ResponseGroups,
    /// The settings of Call Park.
    CallPark,
    /// Announcements and unassigned numbers.
    Announcements,
    /// The archiving database.
    Archiving,
    /// The monitoring database.
    Monitoring,
    /// Location information, which goes with Central Management.
    LocationInformation,
}

impl Impact {
    pub(super) fn read(export: &Export, pairing: &Pairing, gateways: &Gateways, pool: PoolIndex) -> Self {
        let topology = &export.topology;
        let names = |other: PoolIndex| pairing.backups_of(other).map(|backup| backup.partner);
        let partner = names(pool).find(|&other| other != pool && names(other).any(|back| back == pool));
        let users = match partner {
            Some(_) => UserImpact::FailOver,
            None if names(pool).any(|other| other != pool) => UserImpact::ResiliencyOnly,
            None => UserImpact::SignedOut,
        };
        let dependents = |kind: PoolKind| {
            let pools = pairing.dependents(topology, pool, kind).map(|dependent| dependent.pool);
            pools.map(|other| topology.pool_name(other).clone()).collect()
        };
        Self {
            users,
            recovery: partner.and_then(|partner| RecoveryTarget::read(topology, [pool, partner])),
            voice: pairing.voice_settings(pool),
            central_management: StoreImpact::read(topology, pool, partner),
            edge_pools: dependents(PoolKind::Edge),
            branches: dependents(PoolKind::SurvivableBranch),
            trusted_applications: dependents(PoolKind::TrustedApplication),
            mediation_pools: dependents(PoolKind::Mediation),
            gateways: gateways.of(pool).to_vec(),
            partner_has_gateways: partner.is_some_and(|partner| !gateways.of(partner).is_empty()),
            not_backed_up: not_backed_up(export, pool, partner),
        }
    }
}

impl RecoveryTarget {
    /// Source: "Front End pool disaster recovery", of 2013 and of 2015. The older of the two pools sets the pace.
    fn read(topology: &Topology, pools: [PoolIndex; 2]) -> Option<Self> {
        let versions = pools.into_iter().filter_map(|pool| Some(topology.version(pool)?.value));
        match versions.min()? {
            ServiceVersion::LYNC_2013 => Some(Self { time_minutes: 30, point_minutes: 30 }),
            ServiceVersion::SFB_2015 | ServiceVersion::SFB_2019 => Some(Self { time_minutes: 20, point_minutes: 5 }),
            _ => None,
        }
    }
}

impl StoreImpact {
    fn read(topology: &Topology, pool: PoolIndex, partner: Option<PoolIndex>) -> Self {
        let has_standby = |pool: PoolIndex| topology.central_management(pool) == CentralManagement::Standby;
        match topology.central_management(pool) {
            CentralManagement::None => Self::None,
            CentralManagement::Standby => Self::StandbyLost,
            CentralManagement::Active if partner.is_some_and(has_standby) => Self::FailOver,
            CentralManagement::Active => Self::Lost,
        }
    }
}

fn not_backed_up(export: &Export, pool: PoolIndex, partner: Option<PoolIndex>) -> Vec<NotBackedUp> {
    let topology = &export.topology;
    let is_before_2019 = topology.version(pool).is_none_or(|version| version.value < ServiceVersion::SFB_2019);
    let runs = |owner| export.application(pool, owner).is_some();
    [
        (NotBackedUp::UserData, partner.is_none()),
        (NotBackedUp::ResponseGroups, is_before_2019 && runs("urn:application:RGS")),
        (NotBackedUp::CallPark, runs("urn:application:Cps")),
        (NotBackedUp::Announcements, topology.service_on(pool, Role::APPLICATION_SERVER).is_some()),
        (NotBackedUp::Archiving, topology.used_by(pool, Role::ARCHIVING_STORE).is_some()),
        (NotBackedUp::Monitoring, topology.used_by(pool, Role::MONITORING_STORE).is_some()),
        (NotBackedUp::LocationInformation, topology.central_management(pool) == CentralManagement::Active),
    ]
    .into_iter()
    .filter_map(|(what, is_there)| is_there.then_some(what))
    .collect()
}

/// The PSTN gateways by the pool of the Mediation Server that they depend on.
pub(super) struct Gateways(HashMap<PoolIndex, Vec<Fqdn>>);

impl Gateways {
    pub(super) fn read(topology: &Topology) -> Self {
        let mut by_pool: HashMap<_, Vec<_>> = HashMap::new();
        for gateway in topology.service_indices().filter(|&service| topology[service].role.is(Role::GATEWAY)) {
            let mediation = topology.dependency_of(gateway, Role::MEDIATION);
            let pools = (mediation.and_then(|service| topology.pool_of(service)), topology.pool_of(gateway));
            if let (Some(pool), Some(host)) = pools {
                by_pool.entry(pool).or_default().push(topology.pool_name(host).clone());
            }
        }
        Self(by_pool)
    }

    fn of(&self, pool: PoolIndex) -> &[Fqdn] {
        self.0.get(&pool).map_or(&[], Vec::as_slice)
    }
}
