//! What a change board asks for.

use std::fmt::Write as _;

use crate::runbook::step::{Action, Runbook};
use crate::runbook::view::{Direction, View};
use crate::text::markdown::escape;
use crate::topology::ServiceVersion;

pub(super) fn sections(view: &View, runbook: &Runbook) -> String {
    let mut out = String::from("## Impact on users\n\n");
    out.push_str(&impact(runbook));
    out.push_str("\n## Length of the window\n\n");
    out.push_str(&window(runbook));
    if view.direction == Direction::Apply && !view.deployment.as_requested {
        let publish = publish_id(runbook);
        let _ = write!(out, "\n## Go / no-go before `{publish}`\n\n{GO}");
    }
    out.push_str("\n## Point of no return\n\n");
    out.push_str(&no_return(view, runbook));
    if view.deployment.pools.iter().any(|pool| pool.backup_pool_after.is_some()) {
        out.push_str("\n## Acceptance test\n\n");
        out.push_str(&acceptance(view));
        out.push_str("\n## What the pair promises\n\n");
        out.push_str(&promise(view));
    } else {
        out.push_str("\n## Acceptance test\n\nBy hand, after `Z-verify`, with one test user of each pool: sign in, call, join a meeting.\n");
    }
    out.push_str(BLANKS);
    out
}

/// The steps that users notice, those of one kind together.
pub(super) fn impact(runbook: &Runbook) -> String {
    let noticed: Vec<_> = runbook.steps.iter().filter(|step| step.impact != "none").collect();
    if noticed.is_empty() {
        return "None expected: no step touches a service that users are signed in to.\n".to_owned();
    }
    let alike = noticed.chunk_by(|one, next| one.action == next.action && one.impact == next.impact);
    alike
        .map(|steps| {
            let ids: Vec<_> = steps.iter().map(|step| format!("`{}`", step.id)).collect();
            format!("- {}: {}\n", ids.join(", "), steps[0].impact)
        })
        .collect::<String>()
        + "- all other steps: none expected\n"
}

pub(super) fn window(runbook: &Runbook) -> String {
    let total: u32 = runbook.steps.iter().map(|step| step.minutes).sum();
    let mut out = format!("{} for {} steps, planned generously:\n\n", hours(total), runbook.steps.len());
    for steps in runbook.steps.chunk_by(|one, next| one.number == next.number) {
        let minutes = steps.iter().map(|step| step.minutes).sum();
        let _ = writeln!(out, "- step {}: {} ({} x)", steps[0].number, hours(minutes), steps.len());
    }
    out
}

pub(super) fn hours(minutes: u32) -> String {
    match (minutes / 60, minutes % 60) {
        (0, minutes) => format!("{minutes} min"),
        (hours, minutes) => format!("{hours} h {minutes:02} min"),
    }
}

fn publish_id(runbook: &Runbook) -> String {
    let step = runbook.steps.iter().find(|step| step.action == Action::Publish);
    step.map(|step| step.id.to_string()).unwrap_or_default()
}

const GO: &str = "\
- [ ] every step before it is done, and no warning of the health checks is open
- [ ] the back-ups are readable, and kept outside the servers of this change
- [ ] no pool is failed over, and no other change of the topology is under way
- [ ] the installer of the cumulative update is at hand, where one was installed
- [ ] the window is long enough for all steps that follow
- [ ] those who can decide to go back can be reached
";

fn no_return(view: &View, runbook: &Runbook) -> String {
    if view.direction == Direction::Undo {
        return "None: each step can be run again, and the change can be made again with `runbook.ps1`.\n".to_owned();
    }
    if view.deployment.as_requested {
        return "None: nothing is published, and every step can be run again. No undo is written.\n".to_owned();
    }
    let after = runbook.steps.iter().skip_while(|step| step.action != Action::Publish);
    let minutes: u32 = after.filter(|step| UNDONE.contains(&step.action)).map(|step| step.minutes).sum();
    format!(
        "There is none before `{}`: stop. After it the way back is `undo.ps1`, about {} if every step was done.\n",
        publish_id(runbook),
        hours(minutes + 30)
    )
}

/// What an undo has to do again, in the other direction.
const UNDONE: [Action; 6] =
    [Action::Publish, Action::Enable, Action::SimpleUrls, Action::Replicate, Action::Bootstrap, Action::Remove];

fn acceptance(view: &View) -> String {
    let mut out = String::from(
        "`Z-verify` compares the deployment with the plan. Then by hand, with one test user of each pool:\n\n",
    );
    for pool in view.deployment.pools.iter().filter(|pool| pool.backup_pool_after.is_some()) {
        let name = escape(pool.fqdn.as_str());
        let _ = writeln!(
            out,
            "- [ ] {name}: sign in, contacts and presence are there, call in and out, join a meeting with a file in it"
        );
        let _ = writeln!(out, "- [ ] {name}: `Get-CsUserPoolInfo` of the test user names both pools");
    }
    out
}

/// The vendor's engineering targets: recovery time and recovery point.
pub(super) fn recovery(version: ServiceVersion) -> (&'static str, &'static str) {
    if version <= ServiceVersion::LYNC_2013 { ("30 minutes", "30 minutes") } else { ("15 to 20 minutes", "5 minutes") }
}

fn promise(view: &View) -> String {
    let oldest = view.deployment.pools.iter().map(|pool| pool.version).min();
    let (time, point) = recovery(oldest.unwrap_or(ServiceVersion::LYNC_2013));
    format!(
        "- Recovery time: {time} for a pool failover or failback, once an administrator has started it; deciding comes on top.\n\
         - Recovery point: {point}.\n\
         - These are the vendor's engineering targets, measured for 40,000 active users of one region without a backlog.\n\
         - Pool failover is always manual. Automatic failover covers voice only.\n"
    )
}

pub(super) const BLANKS: &str = "
## For the change board

| | |
| --- | --- |
| change number | |
| owner | |
| approver | |
| window (from, to) | |
| operator | |
| begun, ended | |
| evidence kept where (transcripts, reports, back-ups) | |

";
