//! A runbook's steps, as both writers print them.

use crate::runbook::quote::one_line;
use crate::topology::Fqdn;

/// The steps of a script, in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Runbook {
    /// What the steps are for.
    pub kind: RunbookKind,
    /// What it does, and for which pools: `Pair pool01.contoso.com with pool02.contoso.com`.
    pub title: String,
    /// The steps.
    pub steps: Vec<Step>,
}

impl Runbook {
    /// The steps with one number together, in order.
    pub fn steps_by_number(&self) -> impl Iterator<Item = &[Step]> {
        by_number(&self.steps)
    }
}

/// The steps with one number together, in order.
pub(super) fn by_number(steps: &[Step]) -> impl Iterator<Item = &[Step]> {
    steps.chunk_by(|one, other| one.kind.number == other.kind.number)
}

/// What a runbook is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RunbookKind {
    /// It implements the plan.
    Apply,
    /// It undoes the plan.
    Undo,
    /// It fails over a pool that is down.
    Failover,
    /// It fails back a pool that is healthy again.
    Failback,
    /// It fails a healthy pool over and back, as a test.
    Rehearsal,
}

impl RunbookKind {
    /// The name of its files, without an extension.
    pub fn name(self) -> &'static str {
        match self {
            Self::Apply => "runbook",
            Self::Undo => "undo",
            Self::Failover => "failover",
            Self::Failback => "failback",
            Self::Rehearsal => "rehearsal",
        }
    }
}

/// A step: the literal text of each of its blocks, and what people need to know about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Such as `8-bootstrap fe01.contoso.com`.
    pub id: String,
    /// What it has in common with others.
    pub kind: StepKind,
    /// The server that it has to run on; none where it can run from any server.
    pub on: Option<Fqdn>,
    /// A short description with the names.
    pub title: String,
    /// What the script runs.
    pub script: Script,
}

impl Step {
    /// A step; `about` is the pool or server that its id names.
    pub(super) fn new(kind: StepKind, about: Option<&Fqdn>, title: &str, script: Script) -> Self {
        let id = about.map_or_else(|| kind.id(), |about| format!("{} {about}", kind.id()));
        Self { id, kind, on: None, title: one_line(title), script }
    }
}

/// What steps of one kind have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StepKind {
    /// The number of the page, or the letter, that the id begins with.
    pub number: &'static str,
    /// The name in the id.
    pub name: &'static str,
    /// The words above the steps of one number.
    pub heading: &'static str,
    /// What users notice; empty for nothing.
    pub impact: &'static str,
    /// The time to plan for it, in minutes.
    pub minutes: u32,
    /// Who does it.
    pub who: &'static str,
    /// What the operator sees at its end.
    pub expected: &'static str,
    /// What to do if it fails.
    pub on_failure: &'static str,
    /// How to roll it back; empty until the runbook is built where that is the undo.
    pub rollback: &'static str,
    /// What is left behind if an undo continues without it; empty if that is never safe.
    pub left_behind: &'static str,
}

impl StepKind {
    /// What the ids of its steps begin with.
    pub(super) fn id(&self) -> String {
        format!("{}-{}", self.number, self.name)
    }
}

/// The operator does it, without further rights.
pub(super) const BY_OPERATOR: StepKind = StepKind {
    number: "",
    name: "",
    heading: "",
    impact: "",
    minutes: 5,
    who: "operator",
    expected: "",
    on_failure: "",
    rollback: "",
    left_behind: "",
};
/// It needs the rights of most cmdlets.
pub(super) const BY_SERVER_ADMIN: StepKind = StepKind { who: "member of RTCUniversalServerAdmins", ..BY_OPERATOR };
/// It comes before anything is changed.
pub(super) const BEFORE: StepKind = StepKind { rollback: "nothing has changed yet: stop here", ..BY_SERVER_ADMIN };

/// The blocks of a step in PowerShell, one line per entry; an empty block is left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Script {
    /// Whether nothing is left to do.
    pub done: Vec<String>,
    /// What must hold.
    pub check: Vec<String>,
    /// What should hold.
    pub warn: Vec<String>,
    /// The condition to wait for before the change.
    pub ready: Vec<String>,
    /// What the operator does by hand at the start of the change: one line of text per entry.
    pub by_hand: Vec<String>,
    /// The change.
    pub run: Vec<String>,
    /// The condition to wait for after the change; that of `done` if empty.
    pub until: Vec<String>,
    /// Two good answers are needed, one sync interval apart.
    pub twice: bool,
    /// Whether the state of the deployment is not enough, and this run's record also has to say that it was done. Without
    /// `done` it has to say so in addition to `check`.
    pub needs_record: bool,
    /// It publishes a topology.
    pub publishes: bool,
    /// It applies the cumulative update.
    pub updates: bool,
    /// It cannot run from a window of the script.
    pub other_window: bool,
    /// The longest wait in minutes, if it differs from that of the script.
    pub wait_minutes: Option<u32>,
    /// The question after a run that stopped during the change: yes means that it went through and is not repeated.
    pub again: String,
    /// What is left behind if the operator continues without it; empty if that is never safe.
    pub go_on: String,
}
