//! From a deployment to the ordered steps.

use crate::runbook::deployment::{DeployedPool, Deployment, PublishRoute};
use crate::runbook::error::RunbookError;
use crate::runbook::phase::{self, Draft, Order};
use crate::runbook::quote::one_line;
use crate::runbook::step::{Kind, Phase, Runbook, Step, StepId};
use crate::runbook::view::View;
use crate::topology::Fqdn;

/// The steps that make the plan real.
///
/// # Errors
/// When a name, a version or a part of the plan makes a safe script impossible; see [`RunbookError`].
pub fn runbook(deployment: &Deployment) -> Result<Runbook, RunbookError> {
    build(deployment, Kind::Apply)
}

/// The steps that take the plan back: the same phases over the deployment turned around, publishing the saved topology.
///
/// # Errors
/// As for [`runbook`].
pub fn undo(deployment: &Deployment) -> Result<Runbook, RunbookError> {
    build(deployment, Kind::Undo)
}

fn build(deployment: &Deployment, kind: Kind) -> Result<Runbook, RunbookError> {
    check(deployment)?;
    let view = View::new(deployment, kind);
    let mut runbook = Runbook { kind, steps: Vec::new() };
    let mut gate = Vec::new();
    for (phase, order, drafts) in phase::IN_ORDER {
        gate = append(&mut runbook, phase, order, gate, drafts(&view)?);
    }
    Ok(runbook)
}

/// Adds a phase behind `gate`, the steps that all of it needs, and returns the gate of the next phase.
fn append(runbook: &mut Runbook, phase: Phase, order: Order, gate: Vec<StepId>, drafts: Vec<Draft>) -> Vec<StepId> {
    let mut ids: Vec<StepId> = Vec::new();
    for draft in drafts {
        let needs = match (order, ids.last()) {
            (Order::OneByOne, Some(previous)) => vec![previous.clone()],
            _ => gate.clone(),
        };
        let step = draft.into_step(runbook.kind, phase, needs);
        ids.push(step.id.clone());
        runbook.steps.push(step);
    }
    match order {
        _ if ids.is_empty() => gate,
        Order::OneByOne => ids.split_off(ids.len() - 1),
        Order::AnyOrder => ids,
    }
}

/// Refuses what no script may hold, before a single line is made.
fn check(deployment: &Deployment) -> Result<(), RunbookError> {
    deployment.pools.iter().try_for_each(check_names)?;
    deployment.pools.iter().try_for_each(|pool| check_pool(deployment, pool))?;
    let lacks_hash = deployment.baseline_text_sha256.is_none() || deployment.result_text_sha256.is_none();
    if deployment.publish_route == PublishRoute::Cmdlet && lacks_hash {
        return Err(RunbookError::NoTextHash);
    }
    Ok(())
}

fn check_pool(deployment: &Deployment, pool: &DeployedPool) -> Result<(), RunbookError> {
    if pool.version.program_folder().is_none() {
        return Err(RunbookError::UnknownProduct { pool: pool.fqdn.clone(), version: pool.version });
    }
    if pool.gains_central_management && pool.sql_instance.is_none() {
        return Err(RunbookError::NoSqlInstance { pool: pool.fqdn.clone() });
    }
    let unknown = |partner: &&Fqdn| !deployment.pools.iter().any(|other| other.fqdn == **partner);
    if let Some(partner) = pool.backup_pool_after.as_ref().filter(unknown) {
        return Err(RunbookError::UnknownPartner { pool: pool.fqdn.clone(), partner: partner.clone() });
    }
    Ok(())
}

fn check_names(pool: &DeployedPool) -> Result<(), RunbookError> {
    let named = |role: &'static str, name: &Fqdn| match name.is_host_name() {
        true => Ok(()),
        false => Err(RunbookError::NotAHostName { role, name: name.clone() }),
    };
    named("pool", &pool.fqdn)?;
    for machine in &pool.machines {
        named("Front End", machine)?;
    }
    for partner in pool.backup_pool_before.iter().chain(&pool.backup_pool_after) {
        named("backup pool", partner)?;
    }
    if let Some(store) = &pool.file_store {
        named("file server", &store.host)?;
    }
    if let Some(instance) = &pool.sql_instance {
        named("SQL server", &instance.server)?;
    }
    Ok(())
}

impl Draft {
    fn into_step(self, kind: Kind, phase: Phase, needs: Vec<StepId>) -> Step {
        let Self { task, about, pool, machine, wording, commands } = self;
        let target = about.as_deref().unwrap_or_default();
        let id = match target {
            "" => phase.name().to_owned(),
            about => format!("{}:{about}", phase.name()),
        };
        let back = match kind {
            Kind::Apply => "undo.ps1",
            Kind::Undo => "runbook.ps1 again, with another state file",
        };
        let say = |template: &str| one_line(&template.replace("{}", target).replace("{back}", back));
        Step {
            id: StepId(id),
            phase,
            task,
            title: say(wording.title),
            pool,
            machine,
            needs,
            documented: say(wording.documented),
            who: say(wording.who),
            minutes: wording.minutes,
            precondition: say(wording.precondition),
            already_done: say(wording.already_done),
            action: say(wording.action),
            commands,
            verification: say(wording.verification),
            on_failure: say(wording.on_failure),
            repeatable: wording.repeatable,
            rollback: say(wording.rollback),
        }
    }
}
