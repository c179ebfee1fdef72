//! A deployment seen in one direction: applying the plan, or undoing it.

use crate::plan::deployment::{CentralManagement, DeployedPool, Deployment, PublishRoute};
use crate::runbook::step::RunbookKind;
use crate::topology::Fqdn;

/// The Microsoft page whose numbers the steps carry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum VendorPage {
    /// *Deploy paired Front End pools for disaster recovery*.
    Deploy,
    /// *Front End pool ABC failover procedure in Lync Server 2013*, for a change of partner.
    Abc,
    /// None: no page describes an un-pairing as a whole, so that all steps have letters.
    None,
}

/// The deployment that the steps are built for. For an undo everything that the plan changes is turned around, so
/// that the same steps take the plan back; the hashes keep their meaning, before and after the plan.
pub(super) struct View {
    /// The plan is undone.
    pub(super) is_undo: bool,
    pub(super) deployment: Deployment,
    /// The page that describes the change.
    pub(super) page: VendorPage,
}

impl View {
    pub(super) fn new(deployment: &Deployment, kind: RunbookKind) -> Self {
        let is_undo = kind == RunbookKind::Undo;
        let pools = deployment.pools.iter().map(|pool| match deployment.as_requested {
            _ if is_undo => reversed(pool),
            true => newly_paired(pool),
            false => pool.clone(),
        });
        let deployment = Deployment { pools: pools.collect(), ..deployment.clone() };
        Self { is_undo, page: page(&deployment.pools), deployment }
    }

    /// The pools whose servers are set up, in the order of the request.
    pub(super) fn deployed(&self) -> impl Iterator<Item = &DeployedPool> {
        self.deployment.pools.iter().filter(|pool| pool.deployed)
    }

    /// The pools of pairs that still have to be set up; pools without a partner are not set up here. An undo sets up
    /// nothing.
    pub(super) fn undeployed(&self) -> impl Iterator<Item = &DeployedPool> {
        let paired = self.deployment.pools.iter().filter(|pool| pool.backup_pool_after.is_some());
        paired.filter(|pool| !self.is_undo && !pool.deployed)
    }

    /// The pools that the change gives a partner, or components, to synchronise with; the new partner first. Where
    /// neither pool of a pair is set up yet, the procedure ends with the set-up.
    pub(super) fn linked(&self) -> Vec<&DeployedPool> {
        let live = |pool: &&DeployedPool| pool.deployed || self.partner(pool).is_some_and(|partner| partner.deployed);
        let linked = |pool: &&DeployedPool| Self::joins(pool) || Self::installs(pool);
        let mut pools: Vec<_> = self.deployment.pools.iter().filter(live).filter(linked).collect();
        pools.sort_by_key(|pool| Self::parts(pool));
        pools
    }

    /// The partner of a pool after the change.
    pub(super) fn partner(&self, pool: &DeployedPool) -> Option<&DeployedPool> {
        self.pool(pool.backup_pool_after.as_ref()?)
    }

    /// Whether the pool holds its partner's data after the change, but not before.
    pub(super) fn joins(pool: &DeployedPool) -> bool {
        pool.backup_pool_after.is_some() && pool.backup_pool_after != pool.backup_pool_before
    }

    /// Whether the pool has a former partner that it loses.
    pub(super) fn parts(pool: &DeployedPool) -> bool {
        pool.backup_pool_before.is_some() && pool.backup_pool_after != pool.backup_pool_before
    }

    /// Whether the change installs components on the pool's servers. A pool that changes its partner has the
    /// backup service already and only restarts it; a part in Central Management is installed or removed.
    pub(super) fn installs(pool: &DeployedPool) -> bool {
        let first_partner = Self::joins(pool) && pool.backup_pool_before.is_none();
        let central_management = pool.gains_central_management || pool.loses_central_management;
        first_partner || (pool.backup_pool_after.is_some() && central_management)
    }

    /// Whether the pool leaves one partner for another.
    pub(super) fn changes(pool: &DeployedPool) -> bool {
        Self::joins(pool) && Self::parts(pool)
    }

    /// Whether the script publishes; otherwise Topology Builder does.
    pub(super) fn by_cmdlet(&self) -> bool {
        self.deployment.publish_route == PublishRoute::Cmdlet
    }

    /// The pool of this name.
    pub(super) fn pool(&self, fqdn: &Fqdn) -> Option<&DeployedPool> {
        self.deployment.pools.iter().find(|pool| pool.fqdn == *fqdn)
    }
}

fn page(pools: &[DeployedPool]) -> VendorPage {
    if pools.iter().any(View::changes) {
        return VendorPage::Abc;
    }
    if pools.iter().any(|pool| pool.backup_pool_after.is_some()) { VendorPage::Deploy } else { VendorPage::None }
}

/// A pair that is already in the document counts as new, since nothing shows what was done on its servers.
fn newly_paired(pool: &DeployedPool) -> DeployedPool {
    let standby = pool.central_management == CentralManagement::Standby;
    DeployedPool {
        backup_pool_before: None,
        gains_central_management: standby || pool.gains_central_management,
        ..pool.clone()
    }
}

fn reversed(pool: &DeployedPool) -> DeployedPool {
    DeployedPool {
        central_management: pool.central_management_after(),
        gains_central_management: pool.loses_central_management,
        loses_central_management: pool.gains_central_management,
        backup_pool_before: pool.backup_pool_after.clone(),
        backup_pool_after: pool.backup_pool_before.clone(),
        voice_before: pool.voice_after,
        voice_after: pool.voice_before,
        ..pool.clone()
    }
}
