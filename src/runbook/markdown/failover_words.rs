//! The words of the steps of a failover, a failback and a rehearsal.

use super::words::{OPERATOR, SERVER_ADMIN, StepWords};
use crate::runbook::step::StepAction;

const STOP: &str = "nothing has changed yet: stop here";
const AGAIN: &str = "none is needed: safe to repeat";
const STAYS: &str = "the store may stay where it is";
const FAIL_BACK: &str = "`failback.ps1`, when the pool is healthy";

pub(super) fn of(action: StepAction) -> StepWords {
    let (who, expected, on_failure, back) = match action {
        StepAction::Confirm => (
            OPERATOR,
            "script and module are those of the bundle; a yes means that the pools are as the question says",
            "copy the bundle again",
            STOP,
        ),
        StepAction::Rights => (
            SERVER_ADMIN,
            "an elevated shell, on one of these servers",
            "start the Management Shell as administrator there, or use another account",
            STOP,
        ),
        StepAction::Pair => (
            SERVER_ADMIN,
            "each pool names the other",
            "the deployment is not paired as the topology says: export it and make the bundle again",
            STOP,
        ),
        StepAction::BackUp => {
            (SERVER_ADMIN, "every file is there", "free space or rights on the back-up directory", STOP)
        }
        StepAction::Health => (
            SERVER_ADMIN,
            "replicas up to date, all services run, LYNCBACKUP too; each routing group has a primary and a secondary",
            "repair the server that is named, then -Resume",
            STOP,
        ),
        StepAction::Steady => (
            SERVER_ADMIN,
            "SteadyState or FinalState, and NormalState, twice, one sync interval apart",
            "find out why before anything else: what has not arrived is lost with the pool",
            STOP,
        ),
        StepAction::Compare | StepAction::CompareAgain => (
            SERVER_ADMIN,
            "no difference is reported",
            "let both directions become steady, then compare again",
            "the comparison changes nothing",
        ),
        StepAction::FindStore => (
            SERVER_ADMIN,
            "the pool that hosts it, that pool's partner, and whether it answers; an error is an answer too",
            "go on: step 2 asks again",
            "only asks",
        ),
        StepAction::FailOverStore => (
            SERVER_ADMIN,
            "nothing to do where the store answers from outside the pool; otherwise both properties name the new pool",
            "read the message; ask whether SQL of the pool it goes to is up; then -Resume",
            STAYS,
        ),
        StepAction::StoreReplicas | StepAction::EdgeReplicas | StepAction::EdgeReplicasBack => (
            SERVER_ADMIN,
            "up to date; after ten minutes the script goes on and says who is behind",
            "REPLICA of the server that is named; to an Edge Server TCP 4443 from the pool that hosts the store",
            AGAIN,
        ),
        StepAction::NextHop | StepAction::NextHopBack => (
            SERVER_ADMIN,
            "the Edge pool hands on to the new pool",
            "in Topology Builder, look at the next hop of the Edge pool",
            "the former next hop, by the same command",
        ),
        StepAction::FailOver => (
            SERVER_ADMIN,
            "the cmdlet ends without an error",
            "see Troubleshooting; mend what it names, then -Resume, which asks whether it went through all the same; after a no it runs again, as FO 7 says (what a repeat does to a pool that is failed over, no page says)",
            FAIL_BACK,
        ),
        StepAction::SignIn => (
            OPERATOR,
            "signed in at the backup pool, with contacts and not in resiliency mode",
            "services of the backup pool; its web and DNS names",
            FAIL_BACK,
        ),
        StepAction::Locations => (
            SERVER_ADMIN,
            "emergency calls have locations again",
            "without a fresh export, keep them in mind until the pool is back",
            "Import-CsLisConfiguration with another file",
        ),
        StepAction::ResponseGroups => (
            "member of CsResponseGroupAdministrator or RTCUniversalServerAdmins",
            "Get-CsRgsWorkflow lists the workflows of the failed pool, which stays their owner",
            "rename what exists twice; -ReplaceExistingRgsSettings overwrites the settings of the backup pool: only by hand",
            "remove the imported workflows after the failback",
        ),
        StepAction::Applications
        | StepAction::WebTraffic
        | StepAction::WebTrafficBack
        | StepAction::Dependents
        | StepAction::DependentsBack => {
            (OPERATOR, "each line is done, or not needed", "go on: it can follow later", "the former values")
        }
        StepAction::FailBack => (
            SERVER_ADMIN,
            "the cmdlet ends without an error; up to 60 minutes for a pool of 20,000 users",
            "mend what it names, then -Resume, which asks whether it went through all the same, and runs it again after a no; -DisasterMode is for a backup pool that is gone, and loses what users did there",
            "`failover.ps1`, or `rehearsal.ps1` while both pools are up",
        ),
        StepAction::Content => (
            SERVER_ADMIN,
            "ConfServices.DataConf is in SteadyState or FinalState",
            "run it again later; meetings work meanwhile, but lack their content",
            AGAIN,
        ),
        StepAction::ResponseGroupsBack => (
            "member of CsResponseGroupAdministrator or RTCUniversalServerAdmins",
            "the groups are as they were at the backup pool",
            "the exported file is in the back-up directory: import it by hand",
            "the export of before",
        ),
        StepAction::Status => (
            SERVER_ADMIN,
            "SteadyState or FinalState, and NormalState, twice, one sync interval apart",
            "Get-CsBackupServiceStatus shows what is behind; -Resume",
            AGAIN,
        ),
        StepAction::Verify => (SERVER_ADMIN, "all as it has to be", "look at what is named", FAIL_BACK),
        // What only the scripts of a pairing do.
        _ => ("", "", "", ""),
    };
    StepWords { who, expected, on_failure, back }
}
