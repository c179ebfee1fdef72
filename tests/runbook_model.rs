//! The steps run against a simulated deployment that refuses what a real one would suffer from, with a failure at
//! every step and a resume after it.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod runbook_support;

use std::collections::{BTreeMap, BTreeSet};

use poolpair::runbook::deployment::{CumulativeUpdate, DeployedPool, Deployment, PublishRoute};
use poolpair::runbook::{self, Kind, Runbook, Step, StepId, Task};
use poolpair::topology::Fqdn;
use runbook_support::situations;

/// What a runbook can change, by host name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct World {
    backed_up: BTreeSet<String>,
    standby_databases: BTreeSet<String>,
    published: bool,
    enabled: bool,
    set_up: BTreeSet<String>,
    replicated: BTreeSet<String>,
    bootstrapped: BTreeSet<String>,
    updated: BTreeSet<String>,
    services: BTreeMap<String, Service>,
    synchronised: BTreeSet<String>,
    cleaned: BTreeSet<String>,
    verified: BTreeSet<String>,
}

/// The backup service of a Front End.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Service {
    Stopped,
    RunningFor(String),
}

/// Where a step is interrupted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Failure {
    /// Before it has changed anything.
    Before,
    /// When all is changed, and the state file is not written yet.
    Unrecorded,
}

/// The plan as the steps see it: turned around for an undo.
struct Model {
    pools: Vec<DeployedPool>,
    kind: Kind,
    runbook: Runbook,
    by_cmdlet: bool,
}

impl Model {
    fn new(deployment: &Deployment, kind: Kind) -> Self {
        let mut pools = deployment.pools.clone();
        let runbook = match kind {
            Kind::Apply => runbook::runbook(deployment).unwrap(),
            Kind::Undo => runbook::undo(deployment).unwrap(),
        };
        if kind == Kind::Undo {
            for pool in &mut pools {
                std::mem::swap(&mut pool.backup_pool_before, &mut pool.backup_pool_after);
                std::mem::swap(&mut pool.gains_central_management, &mut pool.loses_central_management);
            }
        }
        Self { pools, kind, runbook, by_cmdlet: deployment.publish_route == PublishRoute::Cmdlet }
    }

    fn start(&self) -> World {
        let mut world = World::default();
        for pool in self.pools.iter().filter(|pool| pool.deployed) {
            world.set_up.insert(pool.fqdn.folded());
            for (machine, partner) in pool.machines.iter().zip(pool.backup_pool_before.iter().cycle()) {
                world.services.insert(machine.folded(), Service::RunningFor(partner.folded()));
            }
        }
        world
    }

    fn pool(&self, step: &Step) -> &DeployedPool {
        self.pools.iter().find(|pool| Some(&pool.fqdn) == step.pool.as_ref()).unwrap()
    }

    fn tasks(&self, task: Task) -> impl Iterator<Item = &Step> {
        self.runbook.steps.iter().filter(move |step| step.task == task)
    }

    /// Carries a step out, and refuses it where the real deployment would break.
    fn run(&self, world: &mut World, step: &Step) {
        let id = &step.id;
        match step.task {
            Task::BackUp | Task::BackUpPool => {
                assert!(!world.published || world.backed_up.contains(&id.0), "{id}: what is saved is changed already");
                world.backed_up.insert(id.0.clone());
            }
            Task::InstallCentralManagement => {
                assert!(!world.published, "{id}: the topology names a database that is not there");
                world.standby_databases.insert(self.pool(step).fqdn.folded());
            }
            Task::Publish | Task::PublishByHand => self.publish(world, step),
            Task::EnableTopology => {
                assert!(world.published, "{id}: nothing to enable");
                world.enabled = true;
            }
            Task::Replicate => {
                assert!(world.published && world.enabled, "{id}: the old topology is replicated");
                world.replicated.extend(self.pool(step).machines.iter().map(Fqdn::folded));
            }
            Task::Deploy => self.deploy(world, step),
            Task::Bootstrap | Task::BootstrapRemoval => self.bootstrap(world, step),
            Task::ApplyUpdate => self.update(world, step),
            Task::StartBackupService | Task::RestartBackupService => {
                self.start_service(world, step);
            }
            Task::Synchronise => self.synchronise(world, step),
            Task::AwaitSteadyState => {
                let partner = self.pool(step).backup_pool_after.as_ref().unwrap();
                assert!(world.synchronised.contains(&partner.folded()), "{id}: only one direction was pushed");
                assert!(
                    world.synchronised.contains(&self.pool(step).fqdn.folded()),
                    "{id}: only one direction was pushed"
                );
            }
            Task::RemoveBackupData => {
                assert!(world.published, "{id}: the former partner is still the partner");
                world.cleaned.insert(self.pool(step).fqdn.folded());
            }
            Task::VerifyPool | Task::Verify => {
                world.verified.insert(id.0.clone());
            }
            Task::Confirm | Task::CheckRights | Task::CheckDrift | Task::PreCheck | Task::RestoreSimpleUrls => {}
        }
    }

    fn publish(&self, world: &mut World, step: &Step) {
        for saved in self.tasks(Task::BackUp).chain(self.tasks(Task::BackUpPool)) {
            assert!(world.backed_up.contains(&saved.id.0), "{}: {} is missing", step.id, saved.id);
        }
        for pool in self.pools.iter().filter(|pool| pool.gains_central_management && pool.deployed) {
            assert!(
                world.standby_databases.contains(&pool.fqdn.folded()),
                "{}: no database for {}",
                step.id,
                pool.fqdn
            );
        }
        world.published = true;
        // Topology Builder enables what it publishes.
        world.enabled |= !self.by_cmdlet;
    }

    fn deploy(&self, world: &mut World, step: &Step) {
        assert!(world.published, "{}: set up from the old topology", step.id);
        let pool = self.pool(step);
        for machine in &pool.machines {
            world.replicated.insert(machine.folded());
            world.bootstrapped.insert(machine.folded());
            world.updated.insert(machine.folded());
            world.services.entry(machine.folded()).or_insert(Service::Stopped);
        }
        world.set_up.insert(pool.fqdn.folded());
    }

    fn bootstrap(&self, world: &mut World, step: &Step) {
        let machine = step.machine.as_ref().unwrap().folded();
        assert!(world.replicated.contains(&machine), "{}: set up from the old topology", step.id);
        let update_began = self
            .tasks(Task::ApplyUpdate)
            .any(|update| world.updated.contains(&update.machine.as_ref().unwrap().folded()));
        let again = world.bootstrapped.contains(&machine);
        assert!(again || !update_began, "{}: an update was applied before", step.id);
        match step.task {
            Task::Bootstrap => {
                world.services.entry(machine.clone()).or_insert(Service::Stopped);
            }
            _ => {
                world.services.remove(&machine);
            }
        }
        world.bootstrapped.insert(machine);
    }

    fn update(&self, world: &mut World, step: &Step) {
        for other in self.tasks(Task::Bootstrap).chain(self.tasks(Task::BootstrapRemoval)) {
            let machine = other.machine.as_ref().unwrap().folded();
            assert!(world.bootstrapped.contains(&machine), "{}: before {}", step.id, other.id);
        }
        world.updated.insert(step.machine.as_ref().unwrap().folded());
    }

    fn start_service(&self, world: &mut World, step: &Step) {
        let machine = step.machine.as_ref().unwrap().folded();
        let pool = self.pool(step);
        let installed_now = self.tasks(Task::Bootstrap).any(|other| other.machine == step.machine);
        if installed_now && pool.cumulative_update != CumulativeUpdate::None {
            assert!(world.updated.contains(&machine), "{}: an un-patched backup service crashes", step.id);
        }
        let partner = pool.backup_pool_after.as_ref().unwrap().folded();
        let service = world.services.get_mut(&machine);
        assert!(service.is_some(), "{}: there is no service", step.id);
        let service = service.unwrap();
        let runs_for_another = matches!(service, Service::RunningFor(other) if *other != partner);
        if step.task == Task::RestartBackupService || !runs_for_another {
            *service = Service::RunningFor(partner);
        }
    }

    fn synchronise(&self, world: &mut World, step: &Step) {
        let pool = self.pool(step);
        let partner = self.pools.iter().find(|other| Some(&other.fqdn) == pool.backup_pool_after.as_ref()).unwrap();
        for (side, other) in [(pool, partner), (partner, pool)] {
            for machine in &side.machines {
                let service = world.services.get(&machine.folded());
                assert_eq!(service, Some(&Service::RunningFor(other.fqdn.folded())), "{}: {machine}", step.id);
            }
        }
        world.synchronised.insert(pool.fqdn.folded());
    }

    /// Runs the steps as the engine does: what is recorded is skipped. Interrupts the step `fail`, once.
    fn session(&self, world: &mut World, done: &mut BTreeSet<StepId>, fail: Option<(&StepId, Failure)>) {
        for step in &self.runbook.steps {
            if done.contains(&step.id) {
                continue;
            }
            assert!(step.needs.iter().all(|need| done.contains(need)), "{} is not ready", step.id);
            let failure = fail.filter(|(id, _)| **id == step.id).map(|(_, failure)| failure);
            if failure == Some(Failure::Before) {
                return;
            }
            self.run(world, step);
            if failure == Some(Failure::Unrecorded) {
                return;
            }
            done.insert(step.id.clone());
        }
    }

    fn finish(&self) -> World {
        let mut world = self.start();
        self.session(&mut world, &mut BTreeSet::new(), None);
        world
    }
}

fn models() -> impl Iterator<Item = (String, Model)> {
    situations::all().into_iter().flat_map(|(name, deployment)| {
        [Kind::Apply, Kind::Undo].map(|kind| (format!("{name} {kind:?}"), Model::new(&deployment, kind)))
    })
}

#[test]
fn any_failure_and_a_resume_end_in_the_same_state() {
    for (name, model) in models() {
        let expected = model.finish();
        for step in &model.runbook.steps {
            for failure in [Failure::Before, Failure::Unrecorded] {
                let (mut world, mut done) = (model.start(), BTreeSet::new());
                model.session(&mut world, &mut done, Some((&step.id, failure)));
                model.session(&mut world, &mut done, None);
                assert_eq!(world, expected, "{name}: {failure:?} at {}", step.id);
            }
        }
    }
}

/// The end of every runbook is the planned deployment: each live Front End has a backup service for its partner, or
/// none.
#[test]
fn the_end_is_what_was_planned() {
    for (name, model) in models() {
        let world = model.finish();
        assert!(world.published && world.enabled, "{name}");
        for pool in &model.pools {
            let partner = model.pools.iter().find(|other| Some(&other.fqdn) == pool.backup_pool_after.as_ref());
            let live = world.set_up.contains(&pool.fqdn.folded());
            let untouched = !pool.deployed && !partner.is_some_and(|partner| partner.deployed);
            if !live || untouched {
                continue;
            }
            let expected = partner.map(|partner| Service::RunningFor(partner.fqdn.folded()));
            for machine in &pool.machines {
                let other_side_is_unknown = model.kind == Kind::Undo && model.pools.iter().any(|pool| !pool.deployed);
                if !other_side_is_unknown {
                    assert_eq!(world.services.get(&machine.folded()), expected.as_ref(), "{name}: {machine}");
                }
            }
        }
    }
}

/// One server at a time, never both pools at once: no step can begin before the one before it on any server is done.
#[test]
fn steps_on_servers_wait_for_each_other() {
    for (name, model) in models() {
        let on_servers = [
            Task::Bootstrap,
            Task::BootstrapRemoval,
            Task::ApplyUpdate,
            Task::StartBackupService,
            Task::RestartBackupService,
        ];
        let steps: Vec<&Step> = model.runbook.steps.iter().filter(|step| on_servers.contains(&step.task)).collect();
        for pair in steps.windows(2) {
            assert_eq!(pair[1].needs, [pair[0].id.clone()], "{name}");
        }
    }
}

/// The model itself refuses a wrong order: a check that cannot fail proves nothing.
#[test]
fn the_model_refuses_a_wrong_order() {
    let swaps = [
        (Task::ApplyUpdate, Task::Bootstrap),
        (Task::StartBackupService, Task::ApplyUpdate),
        (Task::Synchronise, Task::StartBackupService),
        (Task::AwaitSteadyState, Task::Synchronise),
        (Task::Bootstrap, Task::Replicate),
        (Task::Replicate, Task::EnableTopology),
        (Task::Publish, Task::InstallCentralManagement),
        (Task::Publish, Task::BackUpPool),
    ];
    for (early, late) in swaps {
        let model = Model::new(&situations::central_management(), Kind::Apply);
        let mut steps: Vec<Step> = model.runbook.steps.clone();
        let step = steps.iter().rposition(|step| step.task == early).unwrap();
        let first = steps.iter().position(|step| step.task == late).unwrap();
        let moved = steps.remove(step);
        steps.insert(first, moved);
        let ran = std::panic::catch_unwind(|| {
            let mut world = model.start();
            steps.iter().for_each(|step| model.run(&mut world, step));
        });
        assert!(ran.is_err(), "{early:?} before {late:?} goes unnoticed");
    }
}
