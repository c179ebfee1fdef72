//! What makes an undo work at the moment it is needed: with a server down, a sync that never ends, a publication that
//! failed half-way.

use crate::runbook::step::{Step, StepAction};

/// Steps that are safe to go on without say what stays behind; waits for servers that may be down are short.
pub(super) fn loosen(steps: &mut [Step]) {
    for step in steps {
        step.script.go_on = left_behind(step.action).to_owned();
        if !step.script.go_on.is_empty() {
            step.script.wait_minutes = Some(10);
        }
    }
}

fn left_behind(action: StepAction) -> &'static str {
    match action {
        StepAction::SimpleUrls => "simple URLs to compare by hand with the configuration that the run saved",
        StepAction::Replicate => "the servers that are named; they get the topology when they are back",
        StepAction::Bootstrap | StepAction::Update | StepAction::Start | StepAction::Restart => {
            "the backup service of that server; run this script with -Resume when the server is back"
        }
        StepAction::Remove => "the backup service on that server; run Bootstrapper there when it is back",
        StepAction::StandardCentralManagement | StepAction::CentralManagement => "the database of the standby store",
        StepAction::Synchronise | StepAction::Status => {
            "a direction that has a backlog; Get-CsBackupServiceStatus shows it"
        }
        StepAction::RemoveCopies => "copies of the former partner's user data; run the cmdlet later",
        StepAction::Verify => "the differences that are named",
        _ => "",
    }
}
