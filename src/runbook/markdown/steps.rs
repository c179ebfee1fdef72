//! The steps to tick off.

use std::fmt::Write as _;

use super::board::hours;
use crate::runbook::step::{Action, Runbook, Step};
use crate::runbook::view::View;
use crate::text::markdown::{escape, fenced};

pub(super) fn steps(view: &View, runbook: &Runbook) -> String {
    let mut out = String::from("## Steps\n\n");
    for steps in runbook.steps.chunk_by(|one, next| one.number == next.number) {
        let minutes = steps.iter().map(|step| step.minutes).sum();
        let _ = writeln!(out, "### {}. {} ({})\n", steps[0].number, steps[0].action.heading(view), hours(minutes));
        let mut told = None;
        for step in steps {
            out.push_str(&check_box(step));
            if told != Some(step.action) {
                out.push_str(&details(step));
            }
            told = Some(step.action);
        }
    }
    out
}

/// The check box with the title, then what is done.
fn check_box(step: &Step) -> String {
    let place = step.on.as_ref().map_or_else(String::new, |server| format!(", on {}", escape(server.as_str())));
    let mut out = format!("- [ ] **{}** (`{}`, {} min{place})\n\n", escape(&step.title), step.id, step.minutes);
    for line in &step.script.by_hand {
        let indent = if line.starts_with("  ") { "    " } else { "  " };
        let _ = writeln!(out, "{indent}- {}", escape(line.trim_start()));
    }
    if !step.script.by_hand.is_empty() {
        out.push('\n');
    }
    let script = &step.script;
    let shown = [&script.run, &script.until, &script.check].into_iter().find(|lines| !lines.is_empty());
    let lines: String = shown.into_iter().flatten().map(|line| format!("{line}\n")).collect();
    for line in fenced("powershell", &lines).lines() {
        let _ = writeln!(out, "  {line}");
    }
    out.push('\n');
    out
}

/// What steps of one kind have in common.
fn details(step: &Step) -> String {
    let Words { who, expected, on_failure, back } = words(step.action);
    let rows = [("who", who), ("expected", expected), ("if it fails", on_failure), ("rollback", back)];
    let mut out = String::new();
    if step.impact != "none" {
        let _ = writeln!(out, "  - users: {}", step.impact);
    }
    for (name, text) in rows {
        let _ = writeln!(out, "  - {name}: {text}");
    }
    if !step.script.go_on.is_empty() {
        let _ = writeln!(out, "  - safe to go on without it; what stays behind: {}", step.script.go_on);
    }
    out.push('\n');
    out
}

struct Words {
    who: &'static str,
    expected: &'static str,
    on_failure: &'static str,
    back: &'static str,
}

const OPERATOR: &str = "operator";
const SERVER_ADMIN: &str = "member of RTCUniversalServerAdmins";
const DOMAIN_ADMIN: &str = "member of RTCUniversalServerAdmins and of Domain Admins (or with delegated setup permission), local administrator where the file shares are";
const LOCAL_ADMIN: &str = "local administrator of the server, in an elevated shell there";
const NOTHING: &str = "nothing has changed yet: stop here";
const UNDO: &str = "stop; `undo.ps1` looks at what is there";

fn words(action: Action) -> Words {
    let (who, expected, on_failure, back) = match action {
        Action::Confirm => (
            OPERATOR,
            "script, module and topology are those of the bundle; every answer is yes",
            "copy the bundle again, or correct the request and plan again",
            NOTHING,
        ),
        Action::Rights => (
            SERVER_ADMIN,
            "an elevated shell with the groups that are asked for",
            "start the shell as administrator, or use another account",
            NOTHING,
        ),
        Action::BackUp => (
            SERVER_ADMIN,
            "every file is there and not empty; call park music, announcements, monitoring and archiving databases are saved by hand, and all of it regularly",
            "free space or rights on the back-up directory, then -Resume",
            NOTHING,
        ),
        Action::Drift => (
            SERVER_ADMIN,
            "the live topology is the one that was planned from, or the planned one",
            "export the topology again and plan again",
            NOTHING,
        ),
        Action::Find => (
            SERVER_ADMIN,
            "what is published and what runs is told; nothing to undo ends the run",
            "make the change in Topology Builder, with the values of the plan",
            NOTHING,
        ),
        Action::Health => (
            SERVER_ADMIN,
            "replicas up to date, services running; in the fabric state every routing group has a primary and a secondary; equal patch levels; warnings about ports are tried again from the servers that use them",
            "repair the server that is named",
            NOTHING,
        ),
        Action::CentralManagement | Action::StandardCentralManagement => (
            "member of RTCUniversalServerAdmins with sysadmin rights on the SQL instance",
            "Test-CsDatabase shows xds and lis; a clustered instance needs -UseDefaultSqlPaths, and in an availability group both databases join it",
            "check the rights and the firewall of the SQL instance",
            "the empty database may stay",
        ),
        Action::Publish => (
            DOMAIN_ADMIN,
            "the report is clean, and the live topology is the wanted one",
            "read the report in the back-up directory; a document that is refused has changed nothing",
            UNDO,
        ),
        Action::Enable => (
            DOMAIN_ADMIN,
            "the report is clean",
            "read the report in the back-up directory; most often the account lacks setup permission",
            UNDO,
        ),
        Action::SimpleUrls => (
            DOMAIN_ADMIN,
            "the simple URLs are the saved ones",
            "set them by hand from the saved file, then run Enable-CsComputer on every Front End",
            UNDO,
        ),
        Action::Replicate => (
            SERVER_ADMIN,
            "every Front End is up to date",
            "look at the service REPLICA and TCP 445 of the server that is named",
            UNDO,
        ),
        Action::Deploy => (
            LOCAL_ADMIN,
            "every Front End is up to date and has LYNCBACKUP",
            "finish the Deployment Wizard on the server that is named",
            UNDO,
        ),
        Action::Bootstrap => (
            LOCAL_ADMIN,
            "exit code 0, and the service LYNCBACKUP exists",
            "read Bootstrapper's log; Get-CsPoolBackupRelationship -LocalStore there shows whether the topology has arrived; safe to repeat",
            UNDO,
        ),
        Action::Update => (
            LOCAL_ADMIN,
            "exit code 0, every service runs, the component builds are equal; the databases of an Enterprise pool are left out because the same update is applied again (ours, not the page's)",
            "after exit code 2 or 3010 restart the server, then -Resume; services stay disabled across a restart until the fail-back",
            "an update is not taken back, and need not be",
        ),
        Action::Start => (
            SERVER_ADMIN,
            "LYNCBACKUP runs",
            "read the event log Lync Server there; an un-patched backup service crashes: apply the update first",
            UNDO,
        ),
        Action::Restart => {
            (SERVER_ADMIN, "LYNCBACKUP runs again, for the new partner", "read the event log Lync Server there", UNDO)
        }
        Action::Synchronise => {
            (SERVER_ADMIN, "the cmdlet ends without an error", "read its error; safe to repeat", UNDO)
        }
        Action::Status => (
            SERVER_ADMIN,
            "SteadyState or FinalState, and NormalState, twice, one sync interval apart",
            "see Troubleshooting, then -Resume",
            UNDO,
        ),
        Action::Remove => (
            LOCAL_ADMIN,
            "exit code 0, and the service LYNCBACKUP is gone",
            "read Bootstrapper's log; safe to repeat",
            UNDO,
        ),
        Action::RemoveCopies => (
            SERVER_ADMIN,
            "the cmdlet ends without an error",
            "run it again later",
            "the copies come back with a new pairing",
        ),
        Action::Verify => (
            SERVER_ADMIN,
            "associations, voice settings and simple URLs as wanted; the topology test reports no error",
            "compare in Topology Builder, and correct it there",
            UNDO,
        ),
    };
    Words { who, expected, on_failure, back }
}
