//! Facts and sentences for a change board, which the checklist and the review share. Names are in backticks.

use crate::failover::VendorTarget;
use crate::plan::deployment::Deployment;
use crate::runbook::procedure;
use crate::runbook::step::{BY_OPERATOR, Runbook, Step};
use crate::runbook::view::View;
use crate::topology::ServiceVersion;

/// What a change board decides on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Board {
    /// The step that publishes; none where nothing is published.
    pub publishing: Option<Publishing>,
    /// What users notice.
    pub impact: Topic,
    /// The length of the window.
    pub window: Topic,
    /// What must be true before anything is published.
    pub go: Option<Topic>,
    /// The point of no return, and the length of the rollback.
    pub rollback: Topic,
    /// Who has to be there, each once, in the order of the steps.
    pub rights: Vec<&'static str>,
    /// What to try by hand.
    pub acceptance: Topic,
    /// What the pair then promises.
    pub promise: Option<Topic>,
}

/// The step that publishes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Publishing {
    /// Its id.
    pub step: String,
    /// How many minutes the steps before it take.
    pub minutes_before: u32,
    /// Who does it.
    pub who: &'static str,
}

/// A heading, a sentence and a list. The only text from a topology are host names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Topic {
    /// The heading.
    pub heading: String,
    /// A sentence without its full stop; empty if the list is enough.
    pub text: String,
    /// The list.
    pub items: Vec<String>,
    /// Whether the items are ticked off.
    pub is_checklist: bool,
}

/// The fields that a change board fills in.
pub const BLANKS: [&str; 7] = [
    "change number",
    "owner",
    "approver",
    "window (from, to)",
    "operator",
    "begun, ended",
    "where the evidence is kept (transcripts, reports, back-ups)",
];

impl Board {
    /// What a board decides on before a runbook runs.
    pub fn of(deployment: &Deployment, runbook: &Runbook) -> Self {
        let view = View::new(deployment, runbook.kind);
        let publishing = publishing(runbook);
        let go = publishing.as_ref().filter(|_| !view.is_undo);
        Self {
            impact: impact(runbook),
            window: window(runbook),
            go: go.map(|publishing| {
                Topic::new(format!("Go / no-go before `{}`", publishing.step), "", GO.map(str::to_owned)).ticked()
            }),
            rollback: rollback(&view, publishing.as_ref()),
            rights: each_once(runbook.steps.iter().map(|step| step.kind.who).filter(|who| *who != BY_OPERATOR.who)),
            acceptance: acceptance(&view),
            promise: promise(&view),
            publishing,
        }
    }
}

impl Topic {
    /// A topic that is not ticked off.
    pub fn new(heading: impl Into<String>, text: impl Into<String>, items: impl IntoIterator<Item = String>) -> Self {
        Self { heading: heading.into(), text: text.into(), items: items.into_iter().collect(), is_checklist: false }
    }

    /// The topic with boxes to tick.
    pub fn ticked(self) -> Self {
        Self { is_checklist: true, ..self }
    }

    /// The topic under a heading of Markdown.
    pub(super) fn section(&self) -> String {
        let text = if self.text.is_empty() { String::new() } else { format!("{}\n", self.sentence()) };
        let between = if self.items.is_empty() || text.is_empty() { "" } else { "\n" };
        let mark = if self.is_checklist { "- [ ] " } else { "- " };
        let items: String = self.items.iter().map(|item| format!("{mark}{item}\n")).collect();
        format!("## {}\n\n{text}{between}{items}\n", self.heading)
    }

    /// The text with its last mark; empty where the list says all.
    pub fn sentence(&self) -> String {
        match (&*self.text, self.items.is_empty()) {
            ("", _) => String::new(),
            (text, true) => format!("{text}."),
            (text, false) => format!("{text}:"),
        }
    }
}

/// The sections of a checklist.
pub(super) fn sections(deployment: &Deployment, runbook: &Runbook) -> String {
    let board = Board::of(deployment, runbook);
    let Board { impact, window, go, rollback, acceptance, promise, .. } = &board;
    let topics = [Some(impact), Some(window), go.as_ref(), Some(rollback), Some(acceptance), promise.as_ref()];
    topics.into_iter().flatten().map(Topic::section).collect::<String>() + &blanks()
}

/// The fields to fill in.
pub(super) fn blanks() -> String {
    let rows: String = BLANKS.iter().map(|field| format!("| {field} | |\n")).collect();
    format!("## For the change board\n\n| | |\n| --- | --- |\n{rows}\n")
}

fn publishing(runbook: &Runbook) -> Option<Publishing> {
    let at = runbook.steps.iter().position(|step| step.script.publishes)?;
    let step = &runbook.steps[at];
    Some(Publishing { step: step.id.clone(), minutes_before: minutes(&runbook.steps[..at]), who: step.kind.who })
}

/// The steps that users notice, those of one kind together wherever they stand.
pub(super) fn impact(runbook: &Runbook) -> Topic {
    const HEADING: &str = "Impact on users";
    let all = || runbook.steps.iter().map(|step| step.kind);
    let kinds = each_once(all().filter(|kind| !kind.impact.is_empty()));
    if kinds.is_empty() {
        return Topic::new(HEADING, "None expected: no step touches a service that users are signed in to", []);
    }
    let items = kinds.into_iter().map(|kind| match all().filter(|other| *other == kind).count() {
        1 => format!("`{}`: {}", kind.id(), kind.impact),
        times => format!("`{}`, {times} x: {}", kind.id(), kind.impact),
    });
    Topic::new(HEADING, "", items.chain(["all other steps: none expected".to_owned()]))
}

/// The steps of each number with their minutes.
pub(super) fn window(runbook: &Runbook) -> Topic {
    let (total, count) = (minutes(&runbook.steps), runbook.steps.len());
    let text = format!("{} for {count} steps, planned generously", hours(total));
    let items = runbook
        .steps_by_number()
        .map(|steps| format!("step {}: {} ({} x)", steps[0].kind.number, hours(minutes(steps)), steps.len()));
    Topic::new("Length of the window", text, items)
}

fn minutes(steps: &[Step]) -> u32 {
    steps.iter().map(|step| step.kind.minutes).sum()
}

/// Such as `1 h 05 min`.
pub fn hours(minutes: u32) -> String {
    match (minutes / 60, minutes % 60) {
        (0, minutes) => format!("{minutes} min"),
        (hours, minutes) => format!("{hours} h {minutes:02} min"),
    }
}

const GO: [&str; 6] = [
    "every earlier step is done, and no warning of the health checks is open",
    "the back-ups are readable, and kept outside the servers of this change",
    "no pool is failed over, and no other change of the topology is under way",
    "the installer of the cumulative update is available, if one was installed",
    "the window is long enough for all remaining steps",
    "the people who can decide on a rollback can be reached",
];

fn rollback(view: &View, publishing: Option<&Publishing>) -> Topic {
    let text = match publishing {
        _ if view.is_undo => {
            "None: each step can be run again, and the change can be made again with `runbook.ps1`".to_owned()
        }
        Some(Publishing { step, .. }) => {
            let undo = procedure::undo(&view.deployment).map(|undo| hours(minutes(&undo.steps)));
            let length = undo.map(|length| format!(", {length} if every step was done")).unwrap_or_default();
            format!("There is none before `{step}`: stop. After it the rollback is `undo.ps1`{length}")
        }
        None => "None: nothing is published, and every step can be run again. No undo is written, for there is \
                 nothing to take back"
            .to_owned(),
    };
    Topic::new("Point of no return", text, [])
}

fn each_once<T: PartialEq>(items: impl Iterator<Item = T>) -> Vec<T> {
    let mut found = Vec::new();
    for item in items {
        if !found.contains(&item) {
            found.push(item);
        }
    }
    found
}

fn acceptance(view: &View) -> Topic {
    const HEADING: &str = "Acceptance test";
    let paired: Vec<_> = view.deployment.pools.iter().filter(|pool| pool.backup_pool_after.is_some()).collect();
    if paired.is_empty() {
        let text = "By hand, after `Z-verify`, with one test user of each pool: sign in, call, join a meeting";
        return Topic::new(HEADING, text, []);
    }
    let text = "`Z-verify` compares the deployment with the plan. Then by hand, with one test user of each pool";
    let items = paired.iter().map(|pool| &pool.fqdn).flat_map(|name| {
        [
            format!(
                "`{name}`: sign in, contacts and presence are complete, call in and out, join a meeting with a file in it"
            ),
            format!("`{name}`: `Get-CsUserPoolInfo` of the test user names both pools"),
        ]
    });
    Topic::new(HEADING, text, items).ticked()
}

/// The vendor's engineering targets: recovery time and recovery point.
pub(super) fn recovery(version: ServiceVersion) -> [String; 2] {
    let VendorTarget { time, point } = VendorTarget::of(version);
    let from = if time.start() < time.end() { format!("{} to ", time.start()) } else { String::new() };
    [format!("{from}{} minutes", time.end()), format!("{point} minutes")]
}

fn promise(view: &View) -> Option<Topic> {
    let pools = &view.deployment.pools;
    if pools.iter().all(|pool| pool.backup_pool_after.is_none()) {
        return None;
    }
    let oldest = pools.iter().map(|pool| pool.version).min();
    let [time, point] = recovery(oldest.unwrap_or(ServiceVersion::LYNC_2013));
    let items = [
        format!(
            "Recovery time: {time} for a pool failover or failback, once an administrator has started it; the \
             time to decide is not included."
        ),
        format!("Recovery point: {point}."),
        "These are the vendor's engineering targets, measured for 40,000 active users of one region without a backlog."
            .to_owned(),
        "Pool failover is always manual. Automatic failover covers voice only.".to_owned(),
    ];
    Some(Topic::new("What the pair offers", "", items))
}
