//! Which steps a deployment needs, in the order in which they run. The order of the text is the order of the run:
//! a step that waits for all of an earlier kind stands below them.

mod back_up;
mod before;
mod front_ends;
mod publish;
mod synchronise;
mod undo;
mod unpair;
mod verify;

use std::collections::BTreeSet;

use crate::plan::deployment::{DeployedPool, Deployment, PublishRoute};
use crate::runbook::error::{RunbookError, check_host_names};
use crate::runbook::step::{Runbook, Step, StepAction};
use crate::runbook::view::{Direction, View};
use crate::topology::Fqdn;

/// The steps that implement a plan.
///
/// # Errors
///
/// When the deployment holds what cannot be printed into a script, or what a runbook needs is unknown.
pub fn runbook(deployment: &Deployment) -> Result<Runbook, RunbookError> {
    build(deployment, Direction::Apply)
}

/// The steps that take a plan back: they begin at what is there.
///
/// # Errors
///
/// As [`runbook`].
pub fn undo(deployment: &Deployment) -> Result<Runbook, RunbookError> {
    build(deployment, Direction::Undo)
}

fn build(deployment: &Deployment, direction: Direction) -> Result<Runbook, RunbookError> {
    check(deployment)?;
    let view = View::new(deployment, direction);
    let mut steps = before::steps(&view)?;
    if !deployment.as_requested {
        steps.extend(publish::steps(&view)?);
    }
    steps.extend(front_ends::steps(&view)?);
    steps.extend(synchronise::steps(&view)?);
    steps.extend(unpair::steps(&view)?);
    steps.extend(verify::steps(&view)?);
    if direction == Direction::Undo {
        undo::loosen(&mut steps);
    }
    Ok(Runbook { kind: direction.kind(), page: view.page(), steps })
}

impl View {
    /// A step of this action; `about` is the pool or server that its id names.
    fn step(&self, action: StepAction, about: Option<&Fqdn>, title: &str, facts: (&'static str, u32)) -> Step {
        Step::new(self.page(), action, about, title, facts)
    }

    fn step_of_pool(&self, action: StepAction, pool: &DeployedPool, title: &str, facts: (&'static str, u32)) -> Step {
        Step { pool: Some(pool.fqdn.clone()), ..self.step(action, Some(&pool.fqdn), title, facts) }
    }

    /// A step for one server.
    fn step_of_server(
        &self,
        action: StepAction,
        (pool, server): (&DeployedPool, &Fqdn),
        title: &str,
        facts: (&'static str, u32),
    ) -> Step {
        Step { pool: Some(pool.fqdn.clone()), ..self.step(action, Some(server), title, facts) }
    }

    /// Every server that is set up, of all pools.
    fn servers(&self) -> Vec<&Fqdn> {
        self.deployed().flat_map(|pool| &pool.machines).collect()
    }

    /// The servers that lose the backup service, with their pools. Those that an undo takes it from count even where the
    /// plan calls their pool not set up: the set-up may have followed.
    fn leaving(&self) -> impl Iterator<Item = (&DeployedPool, &Fqdn)> {
        let undo = self.direction == Direction::Undo;
        let pools = self.deployment.pools.iter().filter(move |pool| Self::leaves(pool) && (pool.deployed || undo));
        pools.flat_map(|pool| pool.machines.iter().map(move |server| (pool, server)))
    }

    /// Where the live topology has to stand at the end, in the words of the module.
    fn goal(&self) -> &'static str {
        if self.direction == Direction::Apply { "After" } else { "Before" }
    }
}

/// Users notice nothing of a step.
const NONE: &str = "none";

/// Refuses what no script may hold, before a single line is made.
fn check(deployment: &Deployment) -> Result<(), RunbookError> {
    deployment.pools.iter().try_for_each(check_names)?;
    let known = deployment.pools.iter().map(|pool| &pool.fqdn).collect();
    deployment.pools.iter().try_for_each(|pool| check_pool(&known, pool))?;
    let lacks_hash = deployment.baseline_text_sha256.is_none() || deployment.result_text_sha256.is_none();
    if deployment.publish_route == PublishRoute::Cmdlet && lacks_hash {
        return Err(RunbookError::NoTextHash);
    }
    Ok(())
}

fn check_pool(known: &BTreeSet<&Fqdn>, pool: &DeployedPool) -> Result<(), RunbookError> {
    if pool.program_folder.is_none() {
        return Err(RunbookError::UnknownProduct { pool: pool.fqdn.clone(), version: pool.version });
    }
    if pool.gains_central_management && pool.sql_instance.is_none() {
        return Err(RunbookError::NoSqlInstance { pool: pool.fqdn.clone() });
    }
    let unknown = |partner: &&Fqdn| !known.contains(*partner);
    if let Some(partner) = pool.backup_pool_after.as_ref().filter(unknown) {
        return Err(RunbookError::UnknownPartner { pool: pool.fqdn.clone(), partner: partner.clone() });
    }
    Ok(())
}

fn check_names(pool: &DeployedPool) -> Result<(), RunbookError> {
    let one = |role, name| (role, name);
    let names = [one("pool", &pool.fqdn)].into_iter();
    let names = names.chain(pool.machines.iter().map(|machine| one("Front End", machine)));
    let partners = pool.backup_pool_before.iter().chain(&pool.backup_pool_after);
    let names = names.chain(partners.map(|partner| one("backup pool", partner)));
    let names = names.chain(pool.file_store.iter().map(|store| one("file server", &store.host)));
    check_host_names(names.chain(pool.sql_instance.iter().map(|sql| one("SQL server", &sql.server))))
}
