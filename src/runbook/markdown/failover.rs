//! The checklists of a failover, a failback and a rehearsal.

use std::fmt::Write as _;

use super::steps::{self, name, pool_cells};
use super::{board, troubleshooting};
use crate::failover::Failover;
use crate::notation::{Evidence, basis};
use crate::pairing::VoiceSettings;
use crate::runbook::failover::SIGN_IN;
use crate::runbook::powershell::crlf;
use crate::runbook::step::{Runbook, RunbookKind};
use crate::text::markdown::escape;
use crate::topology::ServiceVersion;

/// The checklist of a script of a failover: the same steps, with the same ids and commands, in the same order.
///
/// That of a failover itself has two parts. The first ends when users can sign in.
pub fn failover_markdown(failover: &Failover, runbook: &Runbook) -> String {
    let title = format!("# {}\n\n", escape(&runbook.title));
    let body = match runbook.kind {
        RunbookKind::Failover => disaster(failover, runbook),
        _ => planned(failover, runbook),
    };
    let signs = troubleshooting::table(troubleshooting::FAILOVER);
    crlf(&[title, body, facts(failover), signs].concat())
}

/// At three in the morning: the decision, then one short entry a step.
fn disaster(failover: &Failover, runbook: &Runbook) -> String {
    let end = runbook.steps.iter().position(|step| step.kind == SIGN_IN).map_or(0, |at| at + 1);
    let (first, second) = runbook.steps.split_at(end);
    let mut out = decision(failover);
    out.push_str("## Part one: until users can sign in\n\n");
    out.push_str(&start(failover, runbook.kind));
    first.iter().for_each(|step| out.push_str(&steps::short(step)));
    out.push_str("\n## Part two: what does not fail over by itself\n\n");
    out.push_str(&steps::sections(second));
    out.push_str(&page(runbook));
    out.push_str("## If a step of part one fails\n\n");
    out.push_str(&steps::failures(first));
    out
}

/// What to decide, how long it takes, and what users see.
fn decision(failover: &Failover) -> String {
    let (pool, partner) = (name(&failover.pool().fqdn), name(&failover.partner().fqdn));
    let [time, point] = board::recovery(failover.pool().version.min(failover.partner().version));
    let store = if failover.pool().version > ServiceVersion::LYNC_2013 {
        "; a failover of the Central Management store 5 minutes, and 5 minutes"
    } else {
        ""
    };
    format!(
        "| decided by | at | operator | ticket |\n| --- | --- | --- | --- |\n| | | | |\n\n\
         - **To decide**: does {pool} come back sooner than this takes? A pool failover is always manual.\n\
         - **How long**: {time} once it is started, with {point} of data lost at most{store}. Targets of the vendor; the time to decide and to sign in is not included.\n\
         {}{}",
        users(failover, &partner),
        left_behind(failover)
    )
}

fn users(failover: &Failover, partner: &str) -> String {
    let sooner = match failover.voice {
        Some(VoiceSettings { automatic: false, .. }) => "when this is started".to_owned(),
        Some(VoiceSettings { failure_detection_seconds: Some(seconds), .. }) => {
            format!("after {seconds} seconds, or when this is started")
        }
        _ => "when this is started, or the failure detection interval has passed".to_owned(),
    };
    format!(
        "- **Users, before**: signed out; calls and meetings have ended; {sooner}, they can sign in at {partner}.\n\
         - **During**: resiliency mode: calls work; contacts, presence and scheduling do not.\n\
         - **After**: everything from {partner}. No user is moved: their home pool does not change.\n"
    )
}

/// What is not copied to a backup pool, as far as the topology shows that it is there.
fn left_behind(failover: &Failover) -> String {
    let mut parts = vec!["location information".to_owned()];
    if failover.pool().application_server {
        parts.push("Response Groups".to_owned());
        parts.push("announcements and unassigned numbers".to_owned());
        parts.push("Call Park".to_owned());
    }
    parts.push("DNS and load balancer".to_owned());
    let dependents = &failover.dependents;
    for (what, names) in [
        ("trusted applications", &dependents.trusted_applications),
        ("Mediation pools", &dependents.mediation_pools),
        ("gateways", &dependents.gateways),
    ] {
        let names: Vec<_> = names.iter().map(name).collect();
        parts.extend((!names.is_empty()).then(|| format!("{what} ({})", names.join(", "))));
    }
    let mut out = format!("- **Does not fail over by itself** (part two): {}.\n", parts.join(", "));
    if !failover.branches.is_empty() {
        let branches: Vec<_> = failover.branches.iter().map(name).collect();
        let _ = writeln!(
            out,
            "- **Survivable branches**: users of {} are in resiliency mode until the failback.",
            branches.join(", ")
        );
    }
    for assumption in failover.assumptions() {
        let _ = writeln!(out, "- **Assumed**: {}.", escape(&assumption));
    }
    if failover.versions_differ() {
        out.push_str(
            "- **Different versions** are not supported in disaster mode: the script asks for a written reason.\n",
        );
    }
    out.push('\n');
    out
}

/// How to start a script, in two lines.
fn start(failover: &Failover, kind: RunbookKind) -> String {
    let servers: Vec<_> = failover.partner().machines.iter().map(name).collect();
    format!(
        "In an elevated Management Shell on {}, in the folder of the bundle: `.\\{kind}.ps1`; after a fault `.\\{kind}.ps1 -Resume`.\n\
         `Test-…` and `Assert-…` are functions of `poolpair.psm1`; `$Store` is `Get-CsManagementStoreReplicationStatus -CentralManagementStoreStatus`, `$Replicas` the same without the switch.\n\n",
        servers.join(" or "),
        kind = kind.name()
    )
}

/// A planned change: what users notice, the window, then the steps in full.
fn planned(failover: &Failover, runbook: &Runbook) -> String {
    let (pool, partner) = (name(&failover.pool().fqdn), name(&failover.partner().fqdn));
    let words = match runbook.kind {
        RunbookKind::Failback => format!(
            "- {pool} is healthy again; its users go home from {partner}. Up to 60 minutes for a pool of 20,000 users.\n\
             - Users stay signed in, then are signed out and in again, in resiliency mode, then normally. Conferences that they organise end and have to be joined again.\n\
             - The Central Management store may stay where it is.\n\n"
        ),
        _ => format!(
            "- **Calls and meetings of the users of {pool} end**, at the failover and for organised conferences at the failback: agree on a window, and tell them.\n\
             - Both pools are up: nothing runs in disaster mode. The run ends before any change where a direction is not steady.\n\
             - A failover takes {} and a failback up to 60 minutes for 20,000 users, by the vendor's targets. The Central Management store, where it was moved, may stay.\n\n",
            board::recovery(failover.pool().version.min(failover.partner().version))[0]
        ),
    };
    [
        words,
        start(failover, runbook.kind),
        board::impact(runbook).section(),
        board::window(runbook).section(),
        "## Steps\n\n".to_owned() + &steps::sections(&runbook.steps),
        page(runbook),
        board::blanks(),
    ]
    .concat()
}

/// The numbers of steps, the part of the page that they follow, and in what they differ.
type FailingOverRow = (&'static [&'static str], &'static str, &'static str);

const PAGE: [FailingOverRow; 10] = [
    (&["1"], "FO 1 to 3", "`-LocalStore` is added: it answers without the store"),
    (
        &["2", "2a"],
        "FO 4 and 5",
        "FO has no `-Force`, and names the mirror by a parameter that the cmdlet does not have: its own page is followed, by which a store that answers is failed over without any of them",
    ),
    (&["3", "3a"], "FO, before its step 1", "after the store here, for the next hop is written to it"),
    (
        &["4"],
        "FO 7",
        "FO 6, for a store without a standby, does not apply; `-DisasterMode` where the pool is down, as the cmdlet's page says",
    ),
    (&["5a"], "ABC 3", "after the failover here: users do not wait for it"),
    (&["5b"], "ABC 4 and 5", "after the failover here: users do not wait for it"),
    (&["5c"], "ABC 6", "after the failover here; Call Park is added"),
    (&["6"], "FO, its last section", "FO says that nothing else is needed"),
    (
        &["7"],
        "*Configuring and monitoring the Backup Service*",
        "the content of conferences has to be copied back, says that page",
    ),
    (&["5", "5d", "5e", "8", "8a", "9", "9a", "9b", "10", "11"], "-", "added"),
];

/// Where the steps follow the page, and where not.
fn page(runbook: &Runbook) -> String {
    let mut out = "\
## Microsoft's procedure

FO: *Failing over and failing back a pool in Skype for Business Server*; ABC: *Front End pool ABC failover procedure in Lync Server 2013*.

| here | page | difference |
| --- | --- | --- |
"
    .to_owned();
    for (wanted, page, difference) in PAGE {
        let numbers = runbook.steps_by_number().map(|steps| steps[0].kind.number);
        let numbers: Vec<_> = numbers.filter(|number| wanted.contains(number)).collect();
        if !numbers.is_empty() {
            let _ = writeln!(out, "| {} | {page} | {difference} |", numbers.join(", "));
        }
    }
    out + "\n"
}

fn facts(failover: &Failover) -> String {
    let mut out = "## Pools\n\n| pool | site | edition, product | Front Ends |\n| --- | --- | --- | --- |\n".to_owned();
    for pool in &failover.pools {
        out += &pool_cells(&pool.fqdn, &pool.site, pool.edition, &pool.product, &pool.machines);
        out.push('\n');
    }
    let notation = &failover.notation;
    let evidence = match notation.evidence {
        Evidence::Learned => escape(&basis(notation.learned_from.as_ref())),
        Evidence::Unverified => "**unverified**".to_owned(),
    };
    let _ = writeln!(
        out,
        "\nTopology {} (SHA-256); notation {} ({evidence}); made by poolpair {}.\n",
        escape(&failover.input.sha256),
        escape(&notation.name),
        env!("CARGO_PKG_VERSION"),
    );
    out
}
