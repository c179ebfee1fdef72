//! The runbook as a checklist for people.

use std::fmt::Write as _;

use crate::notation::basis;
use crate::runbook::deployment::{DeployedPool, Deployment, Evidence, PublishRoute, VoiceSettings};
use crate::runbook::quote::one_line;
use crate::runbook::step::{Kind, Phase, Runbook, Step};
use crate::text::markdown::{self, escape};
use crate::topology::Fqdn;

/// The checklist for a runbook: the same steps as the script, with the same ids, in the same order, grouped by phase.
///
/// Lines end in line feeds. Everything that a topology or a request may hold is escaped.
pub fn markdown(deployment: &Deployment, runbook: &Runbook) -> String {
    let mut out = String::new();
    head(&mut out, deployment, runbook);
    pools(&mut out, deployment);
    warnings(&mut out, deployment);
    by_hand(&mut out, deployment, runbook);
    steps(&mut out, runbook);
    out.push_str(match runbook.kind {
        Kind::Apply => AFTERWARDS,
        Kind::Undo => AFTER_UNDO,
    });
    out.push_str(NOT_REPLICATED);
    troubleshooting(&mut out);
    out
}

fn head(out: &mut String, deployment: &Deployment, runbook: &Runbook) {
    let minutes: u32 = runbook.steps.iter().map(|step| step.minutes).sum();
    let title = match runbook.kind {
        Kind::Apply => "Runbook: pool pairing",
        Kind::Undo => "Runbook: taking the pool pairing back",
    };
    let evidence = match deployment.notation.evidence {
        Evidence::Learned => "",
        Evidence::Unverified => "**unverified**: ",
    };
    let basis = basis(deployment.notation.learned_from.as_ref());
    let route = match deployment.publish_route {
        PublishRoute::Cmdlet => "by cmdlet, with the written file",
        PublishRoute::TopologyBuilder => "by hand in Topology Builder",
    };
    write_lines(out, &[
        format!("# {title}\n"),
        "| | |".to_owned(),
        "| --- | --- |".to_owned(),
        format!("| input topology (SHA-256) | {} |", escape(&deployment.input_sha256)),
        format!("| planned topology (SHA-256) | {} |", escape(&deployment.result_sha256)),
        format!("| made by | poolpair {} |", escape(&deployment.tool_version)),
        format!("| notation | {}, {evidence}{} |", escape(&deployment.notation.name), escape(&basis)),
        format!("| published | {route} |"),
        format!("| time to plan for | {} for {} steps |", hours(minutes), runbook.steps.len()),
        "| operator | |".to_owned(),
        "| reviewer | |".to_owned(),
        "| begun, ended | |\n".to_owned(),
        "**Pool failover stays manual.** Automatic failover covers voice only: pool failover and failback are always started by an administrator.\n".to_owned(),
    ]);
}

fn pools(out: &mut String, deployment: &Deployment) {
    write_lines(out, &[
        "## Pools\n".to_owned(),
        "| pool | site | edition, product | Front Ends | backup pool before | backup pool after | voice failover after |".to_owned(),
        "| --- | --- | --- | --- | --- | --- | --- |".to_owned(),
    ]);
    for pool in &deployment.pools {
        let machines: Vec<String> = pool.machines.iter().map(|machine| escape(machine.as_str())).collect();
        let cells = [
            escape(pool.fqdn.as_str()),
            escape(&pool.site),
            format!("{:?}, {}", pool.edition, pool.version),
            machines.join("<br>"),
            partner(pool.backup_pool_before.as_ref()),
            partner(pool.backup_pool_after.as_ref()),
            voice(pool.voice_after),
        ];
        write_lines(out, &[format!("| {} |", cells.join(" | "))]);
    }
    out.push('\n');
}

fn partner(pool: Option<&Fqdn>) -> String {
    pool.map_or_else(|| "none".to_owned(), |pool| escape(pool.as_str()))
}

fn voice(settings: Option<VoiceSettings>) -> String {
    let Some(settings) = settings else {
        return "none".to_owned();
    };
    let seconds = |value: Option<u64>| value.map_or_else(|| "not set".to_owned(), |value| format!("{value} s"));
    let state = if settings.automatic { "automatic" } else { "off" };
    let detection = seconds(settings.failure_detection_seconds);
    let failback = seconds(settings.failback_seconds);
    format!("{state}, failure detection {detection}, failback {failback}")
}

fn warnings(out: &mut String, deployment: &Deployment) {
    section(
        out,
        "Allowed rule breaks",
        deployment.allowed.iter().map(|allowed| {
            let [rule, message, reason] = [&allowed.rule, &allowed.message, &allowed.reason].map(|text| escape(text));
            format!("- **{rule}**: {message} Reason: {reason}")
        }),
    );
    section(
        out,
        "To answer before the start",
        deployment.questions.iter().map(|question| format!("- [ ] {}", escape(question))),
    );
    section(out, "Notes", deployment.notes.iter().map(|note| format!("- {}", escape(note))));
}

fn section(out: &mut String, title: &str, lines: impl Iterator<Item = String>) {
    let lines: Vec<String> = lines.collect();
    if !lines.is_empty() {
        write_lines(out, &[format!("## {title}\n"), lines.join("\n"), String::new()]);
    }
}

/// The exact values for Topology Builder, where it publishes.
fn by_hand(out: &mut String, deployment: &Deployment, runbook: &Runbook) {
    if deployment.publish_route == PublishRoute::Cmdlet {
        return;
    }
    write_lines(out, &[
        "## Values for Topology Builder\n".to_owned(),
        "Download the current topology, then for each pool: properties, page *General*, section *Resiliency*.\n".to_owned(),
        "| pool | Associated backup pool | Automatic failover and failback for Voice | Voice failure detection interval (s) | Voice failback interval (s) |".to_owned(),
        "| --- | --- | --- | --- | --- |".to_owned(),
    ]);
    for pool in &deployment.pools {
        write_lines(out, &[values(pool, runbook.kind)]);
    }
    write_lines(
        out,
        &["\nThen *Action*, *Topology*, *Publish*; let it create the databases that it lists.\n".to_owned()],
    );
}

fn values(pool: &DeployedPool, kind: Kind) -> String {
    let (backup, voice) = match kind {
        Kind::Apply => (&pool.backup_pool_after, pool.voice_after),
        Kind::Undo => (&pool.backup_pool_before, pool.voice_before),
    };
    let seconds = |value: Option<u64>| value.map_or_else(|| "leave".to_owned(), |value| value.to_string());
    let backup = match backup {
        Some(backup) => format!("selected, {}", escape(backup.as_str())),
        None => "cleared".to_owned(),
    };
    let [automatic, detection, failback] = match voice {
        Some(voice) => {
            let automatic = if voice.automatic { "selected" } else { "cleared" };
            [automatic.to_owned(), seconds(voice.failure_detection_seconds), seconds(voice.failback_seconds)]
        }
        None => ["leave".to_owned(), "leave".to_owned(), "leave".to_owned()],
    };
    format!("| {} | {backup} | {automatic} | {detection} | {failback} |", escape(pool.fqdn.as_str()))
}

fn steps(out: &mut String, runbook: &Runbook) {
    write_lines(out, &["## Steps\n".to_owned()]);
    let mut number = 0;
    for phase in runbook.steps.chunk_by(|one, next| one.phase == next.phase) {
        heading(out, phase);
        for alike in phase.chunk_by(|one, next| one.task == next.task) {
            explanation(out, alike);
            let mut told: &[String] = &[];
            for step in alike {
                number += 1;
                checkbox(out, number, step, told);
                told = &step.commands;
            }
            end_block(out);
        }
    }
}

fn heading(out: &mut String, steps: &[Step]) {
    let minutes = steps.iter().map(|step| step.minutes).sum();
    for step in steps.iter().take(1) {
        write_lines(out, &[format!("### {} ({})\n", step.phase.name(), hours(minutes))]);
    }
}

/// What steps of one kind have in common, told once.
fn explanation(out: &mut String, steps: &[Step]) {
    for step in steps.iter().take(1) {
        let rows = [
            ("stands for", &step.documented),
            ("who", &step.who),
            ("before", &step.precondition),
            ("done already when", &step.already_done),
            ("does", &step.action),
            ("expected", &step.verification),
            ("if it fails", &step.on_failure),
            ("way back", &step.rollback),
        ];
        write_lines(out, &rows.map(|(name, value)| format!("- {name}: {}", escape(value))));
        write_lines(out, &[format!("- where: {}\n", place(step))]);
    }
}

/// A step to tick off. Commands that are those of the step before are not told again.
fn checkbox(out: &mut String, number: usize, step: &Step, told: &[String]) {
    let needs: Vec<String> = step.needs.iter().map(|need| format!("`{need}`")).collect();
    let needs = if needs.is_empty() { "nothing".to_owned() } else { needs.join(", ") };
    let (title, id, minutes) = (escape(&step.title), &step.id, step.minutes);
    write_lines(out, &[format!("- [ ] **{number}. {title}** (`{id}`, {minutes} min; needs {needs})")]);
    if !step.commands.is_empty() && step.commands != told {
        out.push('\n');
        out.push_str(&commands(step));
        out.push('\n');
    }
}

/// The commands of a step as a block within its list item, each on one line.
fn commands(step: &Step) -> String {
    let lines: String = step.commands.iter().map(|command| format!("{}\n", one_line(command))).collect();
    markdown::fenced("powershell", &lines).lines().map(|line| format!("  {line}\n")).collect()
}

fn place(step: &Step) -> &'static str {
    match step.phase {
        Phase::Bootstrap | Phase::CumulativeUpdate => "on the Front End itself",
        Phase::Deploy => "on the servers of the pool",
        _ => "on the server that the runbook runs on",
    }
}

/// One empty line, and no more.
fn end_block(out: &mut String) {
    if !out.ends_with("\n\n") {
        out.push('\n');
    }
}

fn hours(minutes: u32) -> String {
    match (minutes / 60, minutes % 60) {
        (0, minutes) => format!("{minutes} min"),
        (hours, minutes) => format!("{hours} h {minutes:02} min"),
    }
}

fn write_lines(out: &mut String, lines: &[String]) {
    for line in lines {
        // Writing to a string cannot fail.
        let _ = writeln!(out, "{line}");
    }
}

const AFTERWARDS: &str = "\
## Rollback

- Up to the phase pre-check nothing has changed: stop.
- From the phase publish on: `undo.ps1`. It publishes the saved topology and runs Bootstrapper on every Front End again.
- A database of the standby Central Management store may stay: nothing refers to it any more.

";

const AFTER_UNDO: &str = "\
## Afterwards

- A pool that was set up after the plan was applied needs Bootstrapper on its Front Ends too: the undo does not know of it.
- A database of the standby Central Management store may stay: nothing refers to it any more.

";

const NOT_REPLICATED: &str = "\
## What pairing does not replicate

- location information (LIS)
- Response Groups (2019 can since its first cumulative update, with steps of its own)
- Call Park settings
- Group Call Pickup ranges
- announcements
- archiving and monitoring data
- Persistent Chat
- Exchange Unified Messaging

";

fn troubleshooting(out: &mut String) {
    write_lines(
        out,
        &[
            "## Troubleshooting\n".to_owned(),
            "| sign | cause | what to do |".to_owned(),
            "| --- | --- | --- |".to_owned(),
        ],
    );
    for (sign, cause, remedy) in SIGNS {
        write_lines(out, &[format!("| {sign} | {cause} | {remedy} |")]);
    }
}

const SIGNS: [(&str, &str, &str); 9] = [
    (
        "the backup service crashes after pairing",
        "the cumulative update was not applied again",
        "compare the component builds, apply the update again",
    ),
    (
        "there is no service LYNCBACKUP",
        "Bootstrapper did not run, or the topology had not arrived there",
        "`Get-CsPoolBackupRelationship -LocalStore` on that server, then Bootstrapper again",
    ),
    (
        "the first sync of an Enterprise pool never ends",
        "fewer than three Front Ends were up since the pairing",
        "bring three up together",
    ),
    (
        "ConfServices.DataConf is in ErrorState",
        "TCP 445 or the rights on the share",
        "open the partner's share from each Front End; publishing again refreshes the rights, but not on DFS",
    ),
    (
        "access denied when reading the status",
        "the account is not in RTCUniversalServerAdmins",
        "join the group, or `Set-CsBackupServiceConfiguration -AuthorizedUniversalGroups`",
    ),
    (
        "CentralMgmt.CMSMaster exports NotInitialized",
        "the pool does not host the active store",
        "nothing: this is normal",
    ),
    (
        "event 4069 on the backup side",
        "the Central Management database is inconsistent there",
        "un-pair, install that database again, pair again",
    ),
    ("a DCOM error on failover", "TCP 9001 is blocked between the pools", "open it"),
    (
        "the simple URLs are gone after publishing",
        "a side effect of Publish-CsTopology",
        "put them back from the saved file",
    ),
];
