//! Who does a step, what is expected, what to do if it fails, and the rollback.

use crate::runbook::step::StepAction;

/// What people need to know of a step beside its commands.
pub(super) struct StepWords {
    pub(super) who: &'static str,
    pub(super) expected: &'static str,
    pub(super) on_failure: &'static str,
    pub(super) back: &'static str,
}

pub(super) const OPERATOR: &str = "operator";
pub(super) const SERVER_ADMIN: &str = "member of RTCUniversalServerAdmins";
const DOMAIN_ADMIN: &str = "member of RTCUniversalServerAdmins and of Domain Admins (or with delegated setup permission), local administrator where the file shares are";
const LOCAL_ADMIN: &str = "local administrator of the server, in an elevated shell there";
const NOTHING: &str = "nothing has changed yet: stop here";
pub(super) const UNDO: &str = "stop; `undo.ps1` looks at what is there";

/// The words of a step of a pairing, an un-pairing or an undo.
pub(super) fn of(action: StepAction) -> StepWords {
    let (who, expected, on_failure, back) = match action {
        StepAction::Confirm => (
            OPERATOR,
            "script, module and topology are those of the bundle; every answer is yes",
            "copy the bundle again, or correct the request and plan again",
            NOTHING,
        ),
        StepAction::Rights => (
            SERVER_ADMIN,
            "an elevated shell with the groups that are asked for",
            "start the shell as administrator, or use another account",
            NOTHING,
        ),
        StepAction::BackUp => (
            SERVER_ADMIN,
            "every file is there and not empty; call park music, announcements, monitoring and archiving databases are saved by hand, and all of it regularly",
            "free space or rights on the back-up directory, then -Resume",
            NOTHING,
        ),
        StepAction::Drift => (
            SERVER_ADMIN,
            "the live topology is the one that was planned from, or the planned one",
            "export the topology again and plan again",
            NOTHING,
        ),
        StepAction::Find => (
            SERVER_ADMIN,
            "what is published and what runs is told; nothing to undo ends the run",
            "make the change in Topology Builder, with the values of the plan",
            NOTHING,
        ),
        StepAction::Health => (
            SERVER_ADMIN,
            "replicas up to date, services running; in the fabric state every routing group has a primary and a secondary; equal patch levels; warnings about ports are tried again from the servers that use them",
            "repair the server that is named",
            NOTHING,
        ),
        StepAction::CentralManagement | StepAction::StandardCentralManagement => (
            "member of RTCUniversalServerAdmins with sysadmin rights on the SQL instance",
            "Test-CsDatabase shows xds and lis; a clustered instance needs -UseDefaultSqlPaths, and in an availability group both databases join it",
            "check the rights and the firewall of the SQL instance",
            "the empty database may stay",
        ),
        StepAction::Publish => (
            DOMAIN_ADMIN,
            "the report is clean, and the live topology is the wanted one",
            "read the report in the back-up directory; a document that is refused has changed nothing",
            UNDO,
        ),
        StepAction::Enable => (
            DOMAIN_ADMIN,
            "the report is clean",
            "read the report in the back-up directory; most often the account lacks setup permission",
            UNDO,
        ),
        StepAction::SimpleUrls => (
            DOMAIN_ADMIN,
            "the simple URLs are the saved ones",
            "set them by hand from the saved file, then run Enable-CsComputer on every Front End",
            UNDO,
        ),
        StepAction::Replicate => (
            SERVER_ADMIN,
            "every Front End is up to date",
            "look at the service REPLICA and TCP 445 of the server that is named",
            UNDO,
        ),
        StepAction::Deploy => (
            LOCAL_ADMIN,
            "every Front End is up to date and has LYNCBACKUP",
            "finish the Deployment Wizard on the server that is named",
            UNDO,
        ),
        StepAction::Bootstrap => (
            LOCAL_ADMIN,
            "exit code 0, and the service LYNCBACKUP exists",
            "read Bootstrapper's log; Get-CsPoolBackupRelationship -LocalStore there shows whether the topology has arrived; safe to repeat",
            UNDO,
        ),
        StepAction::Update => (
            LOCAL_ADMIN,
            "exit code 0, every service runs, the component builds are equal; the databases of an Enterprise pool are left out because the same update is applied again (ours, not the page's)",
            "after exit code 2 or 3010 restart the server, then -Resume; services stay disabled across a restart until the fail-back",
            "an update is not taken back, and need not be",
        ),
        StepAction::Start => (
            SERVER_ADMIN,
            "LYNCBACKUP runs",
            "read the event log Lync Server there; an un-patched backup service crashes: apply the update first",
            UNDO,
        ),
        StepAction::Restart => {
            (SERVER_ADMIN, "LYNCBACKUP runs again, for the new partner", "read the event log Lync Server there", UNDO)
        }
        StepAction::Synchronise => {
            (SERVER_ADMIN, "the cmdlet ends without an error", "read its error; safe to repeat", UNDO)
        }
        StepAction::Status => (
            SERVER_ADMIN,
            "SteadyState or FinalState, and NormalState, twice, one sync interval apart",
            "see Troubleshooting, then -Resume",
            UNDO,
        ),
        StepAction::Remove => (
            LOCAL_ADMIN,
            "exit code 0, and the service LYNCBACKUP is gone",
            "read Bootstrapper's log; safe to repeat",
            UNDO,
        ),
        StepAction::RemoveCopies => (
            SERVER_ADMIN,
            "the cmdlet ends without an error",
            "run it again later",
            "the copies come back with a new pairing",
        ),
        StepAction::Verify => (
            SERVER_ADMIN,
            "associations, voice settings and simple URLs as wanted; the topology test reports no error",
            "compare in Topology Builder, and correct it there; what an update left stopped comes back with `Invoke-CsComputerFailBack -ComputerName`, on a Standard Edition server with `net start w3svc` and `Start-CsWindowsService`",
            UNDO,
        ),
        // What only the scripts of a failover do.
        _ => ("", "", "", ""),
    };
    StepWords { who, expected, on_failure, back }
}
