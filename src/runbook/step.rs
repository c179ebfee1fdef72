//! A runbook's steps.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::topology::Fqdn;

/// The steps that make a plan real, or take it back, in order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Runbook {
    /// What the steps are for.
    pub kind: Kind,
    /// The steps; each needs only earlier ones.
    pub steps: Vec<Step>,
}

/// What a runbook is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// It makes the plan real.
    Apply,
    /// It takes the plan back.
    Undo,
}

/// One step, told to people and to the script's engine.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Step {
    /// The stable id, such as `bootstrap:fe01.contoso.com`.
    pub id: StepId,
    /// The phase that it belongs to.
    pub phase: Phase,
    /// What the script's engine does for it.
    pub task: Task,
    /// What it is, in a few words.
    pub title: String,
    /// The pool that it is about.
    pub pool: Option<Fqdn>,
    /// The Front End that it is about.
    pub machine: Option<Fqdn>,
    /// The steps that must be done before it.
    pub needs: Vec<StepId>,
    /// The step of the documented procedure that it stands for.
    pub documented: String,
    /// Who can do it: the rights that it takes.
    pub who: String,
    /// The time to plan for it, in minutes.
    pub minutes: u32,
    /// What must hold before it.
    pub precondition: String,
    /// How to tell that it has been done already.
    pub already_done: String,
    /// What it does.
    pub action: String,
    /// The commands to type where it is done by hand.
    pub commands: Vec<String>,
    /// What shows that it worked.
    pub verification: String,
    /// What to do when it fails.
    pub on_failure: String,
    /// Whether it may be done again after it was done.
    pub repeatable: bool,
    /// How to go back from here.
    pub rollback: String,
}

/// A step's id: its phase, and what it is about after a colon.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct StepId(pub String);

impl fmt::Display for StepId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The phases, in the order in which they run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Phase {
    /// The operator says yes to the plan.
    Confirm,
    /// The shell has the rights that the steps take.
    Rights,
    /// What could be lost is saved.
    BackUp,
    /// The live topology is the one that was planned from.
    Drift,
    /// The pools are healthy.
    PreCheck,
    /// The standby Central Management store gets its database.
    CentralManagement,
    /// The topology is published.
    Publish,
    /// Every Front End has the new topology.
    Replicate,
    /// Pools that are not set up yet are set up.
    Deploy,
    /// Bootstrapper runs on every Front End.
    Bootstrap,
    /// The cumulative update is applied again.
    CumulativeUpdate,
    /// The backup service runs.
    StartBackupService,
    /// Each pool pushes its data to its partner.
    Synchronise,
    /// The backup service has no backlog.
    SteadyState,
    /// The former partner's copies are removed.
    CleanUp,
    /// The result is what was planned.
    Verify,
}

impl Phase {
    /// The name, as in the ids.
    pub fn name(self) -> &'static str {
        match self {
            Self::Confirm => "confirm",
            Self::Rights => "rights",
            Self::BackUp => "back-up",
            Self::Drift => "drift",
            Self::PreCheck => "pre-check",
            Self::CentralManagement => "central-management",
            Self::Publish => "publish",
            Self::Replicate => "replicate",
            Self::Deploy => "deploy",
            Self::Bootstrap => "bootstrap",
            Self::CumulativeUpdate => "cumulative-update",
            Self::StartBackupService => "start-backup-service",
            Self::Synchronise => "synchronise",
            Self::SteadyState => "steady-state",
            Self::CleanUp => "clean-up",
            Self::Verify => "verify",
        }
    }
}

/// What the script's engine does for a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Task {
    /// Shows the plan and asks.
    Confirm,
    /// Tests elevation and groups.
    CheckRights,
    /// Saves the topology, the configuration, the locations and the simple URLs.
    BackUp,
    /// Saves a pool's user data and Response Groups.
    BackUpPool,
    /// Compares the live topology with the baseline and the result.
    CheckDrift,
    /// Tests a pool's health and its way to the partner.
    PreCheck,
    /// Installs the database of the standby Central Management store.
    InstallCentralManagement,
    /// Publishes the topology file.
    Publish,
    /// Asks for the change in Topology Builder.
    PublishByHand,
    /// Enables the published topology.
    EnableTopology,
    /// Puts back the simple URLs that publishing lost.
    RestoreSimpleUrls,
    /// Waits until a pool's Front Ends have the topology.
    Replicate,
    /// Asks for a pool's set-up and waits for it.
    Deploy,
    /// Runs Bootstrapper, which installs the backup service.
    Bootstrap,
    /// Runs Bootstrapper, which removes the backup service.
    BootstrapRemoval,
    /// Applies the cumulative update.
    ApplyUpdate,
    /// Starts the backup service.
    StartBackupService,
    /// Stops and starts a backup service that ran for another partner.
    RestartBackupService,
    /// Invokes the backup service of a pool.
    Synchronise,
    /// Waits for two good answers of the backup service.
    AwaitSteadyState,
    /// Removes the former partner's user data.
    RemoveBackupData,
    /// Compares a pool's live settings with the plan.
    VerifyPool,
    /// Compares the whole with the plan.
    Verify,
}

impl Task {
    /// The name, as in `plan.json` and in the script.
    pub fn name(self) -> &'static str {
        match self {
            Self::Confirm => "confirm",
            Self::CheckRights => "check-rights",
            Self::BackUp => "back-up",
            Self::BackUpPool => "back-up-pool",
            Self::CheckDrift => "check-drift",
            Self::PreCheck => "pre-check",
            Self::InstallCentralManagement => "install-central-management",
            Self::Publish => "publish",
            Self::PublishByHand => "publish-by-hand",
            Self::EnableTopology => "enable-topology",
            Self::RestoreSimpleUrls => "restore-simple-urls",
            Self::Replicate => "replicate",
            Self::Deploy => "deploy",
            Self::Bootstrap => "bootstrap",
            Self::BootstrapRemoval => "bootstrap-removal",
            Self::ApplyUpdate => "apply-update",
            Self::StartBackupService => "start-backup-service",
            Self::RestartBackupService => "restart-backup-service",
            Self::Synchronise => "synchronise",
            Self::AwaitSteadyState => "await-steady-state",
            Self::RemoveBackupData => "remove-backup-data",
            Self::VerifyPool => "verify-pool",
            Self::Verify => "verify",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Phase, Task};

    #[test]
    fn names_are_those_of_the_json() {
        for phase in [Phase::Confirm, Phase::BackUp, Phase::StartBackupService, Phase::SteadyState, Phase::CleanUp] {
            assert_eq!(serde_json::to_value(phase).unwrap(), phase.name());
        }
        for task in [Task::CheckRights, Task::BackUpPool, Task::RestoreSimpleUrls, Task::BootstrapRemoval] {
            assert_eq!(serde_json::to_value(task).unwrap(), task.name());
        }
    }
}
