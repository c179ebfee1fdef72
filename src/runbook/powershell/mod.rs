//! The PowerShell scripts: the procedure with its literal commands, and the module that holds the machinery.

mod head;
mod step;

use sha2::{Digest, Sha256};

use crate::plan::deployment::Deployment;
use crate::runbook::error::RunbookError;
use crate::runbook::procedure::is_first_of_number;
use crate::runbook::step::Runbook;
use crate::runbook::view::View;

/// The name of the module's file, beside the scripts.
pub const MODULE_FILE: &str = "poolpair.psm1";

/// The module: the same text for every plan, with the line ends of Windows.
pub fn module() -> String {
    crlf(include_str!("poolpair.psm1"))
}

/// The script for a runbook, `runbook.ps1` or `undo.ps1` by its kind, for Windows PowerShell 5.1.
///
/// Lines end in CRLF. The text is pure ASCII where the deployment is; otherwise it starts with U+FEFF, so that it
/// has to be written as UTF-8 just as it is: Windows PowerShell takes a file without that mark for ANSI.
///
/// # Errors
///
/// When a file name, share, instance or installer path cannot be quoted.
pub fn powershell(deployment: &Deployment, runbook: &Runbook) -> Result<String, RunbookError> {
    let view = View::new(deployment, runbook.kind);
    let mut script = head::head(&view, runbook, &sha256(&module()))?;
    for (index, one) in runbook.steps.iter().enumerate() {
        if is_first_of_number(&runbook.steps, index) {
            script.push_str(&format!("# Step {}. {}\n", one.number, one.action.heading(&view)));
        }
        script.push_str(&step::text(one)?);
        script.push('\n');
    }
    script.push_str("}\n\nif (Test-Paused) { exit 3 }\n");
    let mark = if script.is_ascii() { "" } else { "\u{FEFF}" };
    Ok(format!("{mark}{}", crlf(&script)))
}

fn sha256(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Line ends as a checkout may have changed them, made those of Windows.
pub(super) fn crlf(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\n', "\r\n")
}
