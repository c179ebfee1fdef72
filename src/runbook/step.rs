//! A runbook's steps: what both writers print.

use std::fmt;

use crate::runbook::quote::one_line;
use crate::topology::Fqdn;

/// The steps of a script, in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Runbook {
    /// What the steps are for.
    pub kind: RunbookKind,
    /// Whose numbers the steps carry.
    pub page: VendorPage,
    /// The steps.
    pub steps: Vec<Step>,
}

impl Runbook {
    /// The steps with one number together, in order.
    pub fn steps_by_number(&self) -> impl Iterator<Item = &[Step]> {
        self.steps.chunk_by(|one, other| one.number == other.number)
    }
}

/// What a runbook is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RunbookKind {
    /// It implements the plan.
    Apply,
    /// It takes the plan back.
    Undo,
    /// It fails a pool over that is down.
    Failover,
    /// It fails a pool back that is healthy again.
    Failback,
    /// It fails a pool over and back that is up, to try it.
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

/// The Microsoft page whose numbers the steps carry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VendorPage {
    /// *Deploy paired Front End pools for disaster recovery*.
    Deploy,
    /// *Front End pool ABC failover procedure in Lync Server 2013*, for a change of partner.
    Abc,
    /// *Failing over and failing back a pool in Skype for Business Server*.
    FailingOver,
    /// None: no page describes an un-pairing as a whole, so that all steps have letters.
    None,
}

/// A step: the literal text of each of its blocks, and what people need beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Such as `8-bootstrap fe01.contoso.com`.
    pub id: StepId,
    /// The number of the page, or the letter, that the id begins with.
    pub number: &'static str,
    /// What it does.
    pub action: StepAction,
    /// The pool that it is about.
    pub pool: Option<Fqdn>,
    /// The server that it has to run on; none where it can run from any server.
    pub on: Option<Fqdn>,
    /// What it is, in a few words, with the names.
    pub title: String,
    /// What users notice.
    pub impact: &'static str,
    /// The time to plan for it, in minutes.
    pub minutes: u32,
    /// What the script runs.
    pub script: Script,
}

impl Step {
    /// A step without blocks; `about` is the pool or server that its id names, `facts` are the impact and the minutes.
    pub(super) fn new(
        page: VendorPage,
        action: StepAction,
        about: Option<&Fqdn>,
        title: &str,
        (impact, minutes): (&'static str, u32),
    ) -> Self {
        let number = action.number(page);
        let name = format!("{number}-{}", action.name());
        let id = StepId(about.map_or_else(|| name.clone(), |about| format!("{name} {about}")));
        let title = one_line(title);
        Self { id, number, action, pool: None, on: None, title, impact, minutes, script: Script::default() }
    }

    /// The step with its blocks.
    pub(super) fn with(self, script: Script) -> Self {
        Self { script, ..self }
    }
}

/// The blocks of a step in PowerShell, one line an entry; a block without lines is left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Script {
    /// Whether nothing is left to do.
    pub done: Vec<String>,
    /// What must hold.
    pub check: Vec<String>,
    /// What should hold.
    pub warn: Vec<String>,
    /// What is waited for before the change.
    pub ready: Vec<String>,
    /// What the operator does by hand, as the change begins: one line of text an entry.
    pub by_hand: Vec<String>,
    /// The change.
    pub run: Vec<String>,
    /// What is waited for after it; what `done` tests where this is empty.
    pub until: Vec<String>,
    /// Two good answers count, one sync interval apart.
    pub twice: bool,
    /// What the deployment shows is not enough: this run's record has to say that it was done. Without `done` it has to
    /// say so beside `check`.
    pub needs_record: bool,
    /// It publishes a topology.
    pub publishes: bool,
    /// It cannot run from a window of the script.
    pub other_window: bool,
    /// The longest wait in minutes, where it is not that of the script.
    pub wait_minutes: Option<u32>,
    /// What is asked after a run that broke off in the change: yes means that it went through, and is not made again.
    pub again: String,
    /// What stays behind where the operator goes on without it; empty where that is never safe.
    pub go_on: String,
}

/// A step's id: its number and action, and what it is about after a blank.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StepId(pub String);

impl fmt::Display for StepId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What a step does, in the order in which the steps of a runbook stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StepAction {
    /// The operator says yes to the plan.
    Confirm,
    /// The shell has the rights that the steps need.
    Rights,
    /// What could be lost is saved.
    BackUp,
    /// The live topology is the one that was planned from.
    Drift,
    /// An undo looks at what is there.
    Find,
    /// A pool is healthy.
    Health,
    /// The standby store of an Enterprise pool gets its database.
    CentralManagement,
    /// The topology is published.
    Publish,
    /// The published topology is enabled.
    Enable,
    /// Simple URLs that publishing lost are put back.
    SimpleUrls,
    /// Every Front End has the new topology.
    Replicate,
    /// A pool that is not set up yet is set up.
    Deploy,
    /// Bootstrapper installs what the topology defines.
    Bootstrap,
    /// The cumulative update is applied again.
    Update,
    /// The backup service starts.
    Start,
    /// The backup service of a pool that changes its partner stops and starts.
    Restart,
    /// The standby store of a Standard Edition server gets its database.
    StandardCentralManagement,
    /// A pool pushes its data to its partner.
    Synchronise,
    /// Both directions have no backlog.
    Status,
    /// Bootstrapper removes what the topology no longer defines.
    Remove,
    /// The former partner's copies are removed.
    RemoveCopies,
    /// The deployment is asked whether the pools are paired.
    Pair,
    /// Both directions had no backlog before.
    Steady,
    /// The data of both pools is compared before.
    Compare,
    /// The Central Management store is looked for.
    FindStore,
    /// The Central Management store is failed over.
    FailOverStore,
    /// The Front Ends of the partner follow the store.
    StoreReplicas,
    /// An Edge pool hands on to the partner.
    NextHop,
    /// Edge Servers know their next hop.
    EdgeReplicas,
    /// The pool is failed over.
    FailOver,
    /// Users sign in at the partner.
    SignIn,
    /// Locations are imported.
    Locations,
    /// Response Groups are imported.
    ResponseGroups,
    /// Announcements, unassigned numbers and Call Park are made again.
    Applications,
    /// Web traffic goes to the partner.
    WebTraffic,
    /// What points at the pool is pointed at the partner.
    Dependents,
    /// The pool is failed back.
    FailBack,
    /// The content of conferences is copied back.
    Content,
    /// An Edge pool hands on to the pool again.
    NextHopBack,
    /// Edge Servers know their next hop again.
    EdgeReplicasBack,
    /// Response Groups are moved back.
    ResponseGroupsBack,
    /// Web traffic goes to the pool again.
    WebTrafficBack,
    /// What pointed at the pool points at it again.
    DependentsBack,
    /// The data of both pools is compared again.
    CompareAgain,
    /// The result is what was planned.
    Verify,
}

impl StepAction {
    /// The number on a page, or the letter.
    pub(super) fn number(self, page: VendorPage) -> &'static str {
        match (self, page) {
            (_, VendorPage::FailingOver) => self.number_of_failover(),
            (Self::Confirm, _) => "A",
            (Self::Rights, _) => "B",
            (Self::BackUp, _) => "C",
            (Self::Drift | Self::Find, _) => "D",
            (Self::Health, _) => "E",
            (Self::CentralManagement, _) => "F",
            (Self::Publish | Self::Enable | Self::SimpleUrls, VendorPage::Deploy) => "6",
            (Self::Publish | Self::Enable | Self::SimpleUrls, VendorPage::Abc) => "22",
            (Self::Publish | Self::Enable | Self::SimpleUrls, _) => "G",
            (Self::Replicate, VendorPage::Deploy) => "6a",
            (Self::Replicate, VendorPage::Abc) => "22a",
            (Self::Replicate, _) => "H",
            (Self::Deploy, VendorPage::Abc) => "22b",
            (Self::Deploy, _) => "7",
            (Self::Bootstrap, VendorPage::Abc) => "23",
            (Self::Bootstrap, _) => "8",
            (Self::Update, VendorPage::Abc) => "23a",
            (Self::Update, _) => "9",
            (Self::Start, VendorPage::Abc) => "23b",
            (Self::Start, _) => "10",
            (Self::Restart, _) => "24",
            (Self::StandardCentralManagement, VendorPage::Abc) => "25",
            (Self::StandardCentralManagement, _) => "10a",
            (Self::Synchronise, VendorPage::Abc) => "26",
            (Self::Synchronise, _) => "11",
            (Self::Status, VendorPage::Abc) => "26a",
            (Self::Status, _) => "11a",
            (Self::Remove, _) => "I",
            (Self::RemoveCopies, _) => "J",
            (Self::Verify, _) => "Z",
            // What only the scripts of a failover do.
            (_, _) => "",
        }
    }

    /// The number in the scripts of a failover, which go on counting through the failback.
    fn number_of_failover(self) -> &'static str {
        match self {
            Self::Confirm => "A",
            Self::Rights => "B",
            Self::Pair => "C",
            Self::BackUp => "D",
            Self::Health => "E",
            Self::Steady => "F",
            Self::Compare => "G",
            Self::Status => "10",
            Self::Verify => "Z",
            Self::FindStore => "1",
            Self::FailOverStore => "2",
            Self::StoreReplicas => "2a",
            Self::NextHop => "3",
            Self::EdgeReplicas => "3a",
            Self::FailOver => "4",
            Self::SignIn => "5",
            Self::Locations => "5a",
            Self::ResponseGroups => "5b",
            Self::Applications => "5c",
            Self::WebTraffic => "5d",
            Self::Dependents => "5e",
            Self::FailBack => "6",
            Self::Content => "7",
            Self::NextHopBack => "8",
            Self::EdgeReplicasBack => "8a",
            Self::ResponseGroupsBack => "9",
            Self::WebTrafficBack => "9a",
            Self::DependentsBack => "9b",
            Self::CompareAgain => "11",
            // What only the scripts of a pairing do.
            _ => "",
        }
    }

    /// The name in an id. Enabling and the simple URLs are parts of publishing.
    pub fn name(self) -> &'static str {
        match self {
            Self::Confirm => "confirm",
            Self::Rights => "rights",
            Self::BackUp => "back-up",
            Self::Drift => "drift",
            Self::Find => "find",
            Self::Health => "health",
            Self::CentralManagement | Self::StandardCentralManagement => "central-management",
            Self::Publish => "publish",
            Self::Enable => "publish enable",
            Self::SimpleUrls => "publish simple-urls",
            Self::Deploy => "deploy",
            Self::Bootstrap | Self::Remove => "bootstrap",
            Self::Update => "update",
            Self::Start => "start",
            Self::Restart => "restart",
            Self::Synchronise => "synchronise",
            Self::RemoveCopies => "remove-copies",
            Self::Pair => "pair",
            Self::Steady | Self::Status => "status",
            Self::Compare | Self::CompareAgain => "compare",
            Self::FindStore | Self::FailOverStore => "store",
            Self::Replicate | Self::StoreReplicas | Self::EdgeReplicas | Self::EdgeReplicasBack => "replicate",
            Self::NextHop | Self::NextHopBack => "next-hop",
            Self::FailOver => "fail-over",
            Self::SignIn => "sign-in",
            Self::Locations => "locations",
            Self::ResponseGroups | Self::ResponseGroupsBack => "response-groups",
            Self::Applications => "applications",
            Self::WebTraffic | Self::WebTrafficBack => "web",
            Self::Dependents | Self::DependentsBack => "dependents",
            Self::FailBack => "fail-back",
            Self::Content => "content",
            Self::Verify => "verify",
        }
    }
}
