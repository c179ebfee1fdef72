//! The impact of a pool's failure.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::Export;
use crate::failover::{Dependents, VendorTarget, dependents};
use crate::pairing::{Pairing, VoiceSettings};
use crate::topology::{CentralManagement, Fqdn, PoolIndex, PoolKind, Role, ServiceVersion, Topology};

/// The impact of a pool's failure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Impact {
    /// The impact on its users.
    pub users: UserImpact,
    /// Duration and data loss of a failover by the vendor's targets; null if there is no failover.
    pub recovery: Option<RecoveryTarget>,
    /// The voice failover settings; null if there are none.
    pub voice: Option<VoiceSettings>,
    /// The impact on Central Management.
    pub central_management: StoreImpact,
    /// The Edge pools whose next hop it is.
    pub edge_pools: Vec<Fqdn>,
    /// The survivable branches that depend on it.
    pub branches: Vec<Fqdn>,
    /// Other parts that point to it.
    #[serde(flatten)]
    pub dependents: Dependents,
    /// Data and settings of the pool that no pairing copies.
    pub not_backed_up: Vec<NotBackedUp>,
}

/// The impact on the users of a pool that fails.
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
    /// The minutes whose changes may be lost.
    pub point_minutes: u32,
}

/// The impact of a pool's failure on Central Management.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum StoreImpact {
    /// Nothing.
    None,
    /// The pool has the active store and its partner the standby: the store is failed over before the pool.
    FailOver,
    /// The pool has the active store and its partner has no standby: nothing can be changed until it is restored.
    Lost,
    /// The pool has the standby: until it is back, the active store has none.
    StandbyLost,
}

/// Data and settings that no pairing copies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum NotBackedUp {
    /// User data: the pool has no partner that it is copied to.
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
    pub(super) fn read(export: &Export, pairing: &Pairing, pool: PoolIndex) -> Self {
        let topology = &export.topology;
        let partner = pairing.partner_of(pool);
        let users = match partner {
            Some(_) => UserImpact::FailOver,
            None if pairing.backups_of(pool).any(|backup| backup.partner != pool) => UserImpact::ResiliencyOnly,
            None => UserImpact::SignedOut,
        };
        Self {
            users,
            recovery: partner.and_then(|partner| RecoveryTarget::read(topology, [pool, partner])),
            voice: pairing.voice_settings(pool),
            central_management: StoreImpact::read(topology, pool, partner),
            edge_pools: dependents(topology, pairing, pool, PoolKind::Edge),
            branches: dependents(topology, pairing, pool, PoolKind::SurvivableBranch),
            dependents: Dependents::read(topology, pairing, pool, partner),
            not_backed_up: not_backed_up(export, pool, partner),
        }
    }
}

impl RecoveryTarget {
    fn read(topology: &Topology, pools: [PoolIndex; 2]) -> Option<Self> {
        let oldest = pools.into_iter().filter_map(|pool| Some(topology.version(pool)?.value)).min()?;
        let known = [ServiceVersion::LYNC_2013, ServiceVersion::SFB_2015, ServiceVersion::SFB_2019];
        let target = known.contains(&oldest).then(|| VendorTarget::of(oldest))?;
        Some(Self { time_minutes: *target.time.end(), point_minutes: target.point })
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
