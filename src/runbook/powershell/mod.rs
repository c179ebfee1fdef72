//! The PowerShell scripts: the procedure with its literal commands, and the module with the machinery.

mod change;
mod failover;
mod head;
mod step;

use crate::failover::Failover;
use crate::plan::deployment::Deployment;
use crate::runbook::step::{Runbook, Step};
use crate::runbook::view::View;
use crate::source::sha256;
use head::Head;

/// The name of the module's file, next to the scripts.
pub const MODULE_FILE: &str = "poolpair.psm1";

/// The module: the same text for every plan, with the line ends of Windows.
pub fn module() -> String {
    crlf(include_str!("poolpair.psm1"))
}

/// The script for a runbook, `runbook.ps1` or `undo.ps1` by its kind, for Windows PowerShell 5.1.
///
/// Lines end in CRLF. The text is pure ASCII where the deployment is; otherwise it starts with U+FEFF, so that it
/// has to be written as UTF-8 just as it is: Windows PowerShell takes a file without that mark for ANSI.
pub fn powershell(deployment: &Deployment, runbook: &Runbook) -> String {
    script(&change::head(&View::new(deployment, runbook.kind)), runbook)
}

/// The script of a failover, a failback or a rehearsal, as [`powershell`] writes that of a plan.
pub fn failover_powershell(failover: &Failover, runbook: &Runbook) -> String {
    script(&failover::head(failover, runbook.kind), runbook)
}

fn script(head: &Head, runbook: &Runbook) -> String {
    let mut procedure = String::new();
    for steps in runbook.steps_by_number() {
        procedure.push_str(&format!("# Step {}. {}\n", steps[0].kind.number, steps[0].kind.heading));
        for (index, one) in steps.iter().enumerate() {
            if index > 0 && (is_long(one) || is_long(&steps[index - 1])) {
                procedure.push('\n');
            }
            procedure.push_str(&step::text(one));
        }
        procedure.push('\n');
    }
    let head = head.text(runbook, &sha256(module().as_bytes()), &procedure);
    let script = format!("{head}{}\n}}\nexit (Get-ExitCode)\n", procedure.trim_end_matches('\n'));
    let mark = if script.is_ascii() { "" } else { "\u{FEFF}" };
    format!("{mark}{}", crlf(&script))
}

/// Whether a step's call has more than a few parameters.
fn is_long(step: &Step) -> bool {
    step.script.run.len() > 1 || step.script.until.len() > 1 || !step.script.warn.is_empty()
}

/// Identifies the content of a script in its state file, so that only its own state is resumed.
fn plan_id(made_from: &impl serde::Serialize) -> String {
    let text = serde_json::to_string(made_from).unwrap_or_default();
    sha256(text.as_bytes())[..32].to_owned()
}

/// The line ends of Windows, whatever a checkout has made of them.
pub(super) fn crlf(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\n', "\r\n")
}
