//! The phases, one a file: which steps a deployment needs, and their wording.

mod back_up;
mod bootstrap;
mod central_management;
mod clean_up;
mod confirm;
mod cumulative_update;
mod deploy;
mod drift;
mod pre_check;
mod publish;
mod replicate;
mod rights;
mod start_backup_service;
mod steady_state;
mod synchronise;
mod verify;

pub(super) use self::cumulative_update::installer_name;
use crate::runbook::deployment::DeployedPool;
use crate::runbook::error::RunbookError;
use crate::runbook::step::{Phase, Task};
use crate::runbook::view::View;
use crate::topology::Fqdn;

type Drafts = Result<Vec<Draft>, RunbookError>;
type Row = (Phase, Order, fn(&View) -> Drafts);

/// The phases in the order in which they run.
pub(super) const IN_ORDER: [Row; 16] = [
    (Phase::Confirm, Order::OneByOne, confirm::drafts),
    (Phase::Rights, Order::OneByOne, rights::drafts),
    (Phase::BackUp, Order::AnyOrder, back_up::drafts),
    (Phase::Drift, Order::OneByOne, drift::drafts),
    (Phase::PreCheck, Order::AnyOrder, pre_check::drafts),
    (Phase::CentralManagement, Order::AnyOrder, central_management::drafts),
    (Phase::Publish, Order::OneByOne, publish::drafts),
    (Phase::Replicate, Order::AnyOrder, replicate::drafts),
    (Phase::Deploy, Order::OneByOne, deploy::drafts),
    (Phase::Bootstrap, Order::OneByOne, bootstrap::drafts),
    (Phase::CumulativeUpdate, Order::OneByOne, cumulative_update::drafts),
    (Phase::StartBackupService, Order::OneByOne, start_backup_service::drafts),
    (Phase::Synchronise, Order::OneByOne, synchronise::drafts),
    (Phase::SteadyState, Order::AnyOrder, steady_state::drafts),
    (Phase::CleanUp, Order::OneByOne, clean_up::drafts),
    (Phase::Verify, Order::OneByOne, verify::drafts),
];

/// Whether the steps of a phase wait for each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Order {
    /// Each step needs the one before it.
    OneByOne,
    /// The steps need the phase before, not each other.
    AnyOrder,
}

/// A step before it knows its neighbours.
pub(super) struct Draft {
    pub(super) task: Task,
    /// The id's second half.
    pub(super) about: Option<String>,
    pub(super) pool: Option<Fqdn>,
    pub(super) machine: Option<Fqdn>,
    pub(super) wording: &'static Wording,
    pub(super) commands: Vec<String>,
}

/// What a task says; `{}` stands for the name after the colon of the step's id.
pub(super) struct Wording {
    pub(super) title: &'static str,
    pub(super) documented: &'static str,
    pub(super) who: &'static str,
    pub(super) minutes: u32,
    pub(super) precondition: &'static str,
    pub(super) already_done: &'static str,
    pub(super) action: &'static str,
    pub(super) verification: &'static str,
    pub(super) on_failure: &'static str,
    pub(super) repeatable: bool,
    pub(super) rollback: &'static str,
}

const OPERATOR: &str = "operator";
const SERVER_ADMIN: &str = "member of RTCUniversalServerAdmins";
const DOMAIN_ADMIN: &str =
    "member of RTCUniversalServerAdmins and of Domain Admins (or with delegated setup permission)";
const LOCAL_ADMIN: &str =
    "local administrator of the Front End, member of RTCUniversalServerAdmins, in an elevated shell there";
const NOTHING_CHANGED: &str = "nothing has changed yet: stop here";
/// For the undo itself, the runbook is the way back.
const UNDO: &str = "stop and run {back}";

impl Draft {
    fn global(task: Task, wording: &'static Wording) -> Self {
        Self { task, about: None, pool: None, machine: None, wording, commands: Vec::new() }
    }

    fn about(mut self, about: &str) -> Self {
        self.about = Some(about.to_owned());
        self
    }

    fn of_pool(task: Task, wording: &'static Wording, pool: &DeployedPool) -> Self {
        let about = Some(pool.fqdn.as_str().to_owned());
        Self { about, pool: Some(pool.fqdn.clone()), ..Self::global(task, wording) }
    }

    fn of_machine(task: Task, wording: &'static Wording, pool: &DeployedPool, machine: &Fqdn) -> Self {
        let about = Some(machine.as_str().to_owned());
        Self { about, machine: Some(machine.clone()), ..Self::of_pool(task, wording, pool) }
    }

    fn with(mut self, commands: Vec<String>) -> Self {
        self.commands = commands;
        self
    }
}
