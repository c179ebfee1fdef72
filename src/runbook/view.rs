//! A deployment seen in one direction: towards the plan, or back from it.

use crate::runbook::deployment::{CentralManagement, DeployedPool, Deployment};
use crate::runbook::step::Kind;
use crate::topology::Fqdn;

/// The deployment that the steps are built for. For an undo everything that the plan changes is turned around,
/// so that the same phases take the plan back.
pub(super) struct View {
    pub(super) kind: Kind,
    pub(super) deployment: Deployment,
}

impl View {
    pub(super) fn new(deployment: &Deployment, kind: Kind) -> Self {
        let deployment = match kind {
            Kind::Apply => deployment.clone(),
            Kind::Undo => reversed(deployment),
        };
        Self { kind, deployment }
    }

    /// The pools whose servers are set up, in the order of the request.
    pub(super) fn deployed(&self) -> impl Iterator<Item = &DeployedPool> {
        self.deployment.pools.iter().filter(|pool| pool.deployed)
    }

    /// The pools that still have to be set up. Taking a plan back sets up nothing.
    pub(super) fn undeployed(&self) -> impl Iterator<Item = &DeployedPool> {
        let apply = self.kind == Kind::Apply;
        self.deployment.pools.iter().filter(move |pool| apply && !pool.deployed)
    }

    /// The pools whose servers are set up when the last phases run. Where neither pool of a pair is set up yet,
    /// the procedure ends with the set-up.
    pub(super) fn live(&self) -> impl Iterator<Item = &DeployedPool> {
        let apply = self.kind == Kind::Apply;
        self.deployment.pools.iter().filter(move |pool| pool.deployed || (apply && self.partner_is_deployed(pool)))
    }

    /// The live pools that the change gives a partner, or components, to synchronise with.
    pub(super) fn linked(&self) -> impl Iterator<Item = &DeployedPool> {
        self.live().filter(|pool| Self::joins(pool) || Self::installs(pool))
    }

    fn partner_is_deployed(&self, pool: &DeployedPool) -> bool {
        let partner = pool.backup_pool_after.as_ref().and_then(|partner| self.pool(partner));
        partner.is_some_and(|partner| partner.deployed)
    }

    /// Whether the pool has its partner's data to keep after the change, and had not before.
    pub(super) fn joins(pool: &DeployedPool) -> bool {
        pool.backup_pool_after.is_some() && pool.backup_pool_after != pool.backup_pool_before
    }

    /// Whether the pool has a former partner that it loses.
    pub(super) fn parts(pool: &DeployedPool) -> bool {
        pool.backup_pool_before.is_some() && pool.backup_pool_after != pool.backup_pool_before
    }

    /// Whether the pool is left without a partner.
    pub(super) fn leaves(pool: &DeployedPool) -> bool {
        Self::parts(pool) && pool.backup_pool_after.is_none()
    }

    /// Whether the change installs components on the pool's servers. A pool that changes its partner has the
    /// backup service already and only restarts it; a part in Central Management is installed or removed.
    pub(super) fn installs(pool: &DeployedPool) -> bool {
        let first_partner = Self::joins(pool) && pool.backup_pool_before.is_none();
        let central_management = pool.gains_central_management || pool.loses_central_management;
        first_partner || (pool.backup_pool_after.is_some() && central_management)
    }

    /// The pool's part in Central Management after the change.
    pub(super) fn central_management_after(pool: &DeployedPool) -> CentralManagement {
        match pool.central_management {
            _ if pool.gains_central_management => CentralManagement::Standby,
            _ if pool.loses_central_management => CentralManagement::None,
            part => part,
        }
    }

    /// The pool of this name.
    pub(super) fn pool(&self, fqdn: &Fqdn) -> Option<&DeployedPool> {
        self.deployment.pools.iter().find(|pool| pool.fqdn == *fqdn)
    }
}

fn reversed(deployment: &Deployment) -> Deployment {
    let pools = deployment.pools.iter().map(reversed_pool).collect();
    Deployment {
        pools,
        baseline_text_sha256: deployment.result_text_sha256.clone(),
        result_text_sha256: deployment.baseline_text_sha256.clone(),
        ..deployment.clone()
    }
}

fn reversed_pool(pool: &DeployedPool) -> DeployedPool {
    DeployedPool {
        central_management: View::central_management_after(pool),
        gains_central_management: pool.loses_central_management,
        loses_central_management: pool.gains_central_management,
        backup_pool_before: pool.backup_pool_after.clone(),
        backup_pool_after: pool.backup_pool_before.clone(),
        voice_before: pool.voice_after,
        voice_after: pool.voice_before,
        ..pool.clone()
    }
}
