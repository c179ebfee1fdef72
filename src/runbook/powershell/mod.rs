//! The PowerShell script: generated data and steps, and an engine that is the same in every script.

mod data;
mod help;

use crate::runbook::deployment::Deployment;
use crate::runbook::error::RunbookError;
use crate::runbook::step::Runbook;
use crate::runbook::view::View;

/// The script for a runbook, `runbook.ps1` or `undo.ps1` by its kind, for Windows PowerShell 5.1.
///
/// Lines end in CRLF. The text is pure ASCII where the deployment is; otherwise it starts with U+FEFF, so that it
/// has to be written as UTF-8 just as it is: Windows PowerShell takes a file without that mark for ANSI.
///
/// # Errors
/// When a file name, share, instance or installer path cannot be quoted.
pub fn powershell(deployment: &Deployment, runbook: &Runbook) -> Result<String, RunbookError> {
    let view = View::new(deployment, runbook.kind);
    let generated = generated(&view, runbook)?;
    let script = format!("{generated}\n{}", engine());
    let mark = if script.is_ascii() { "" } else { "\u{FEFF}" };
    Ok(format!("{mark}{}", script.replace('\n', "\r\n")))
}

/// The part of the script that no deployment changes, with line feeds.
pub fn engine() -> String {
    ENGINE.concat()
}

/// The help, the parameters, the data and the steps.
fn generated(view: &View, runbook: &Runbook) -> Result<String, RunbookError> {
    let help = help::help(view);
    let data = data::data(view, runbook)?;
    Ok(format!("#Requires -Version 5.1\n\n{help}{PARAMETERS}\n{data}"))
}

const PARAMETERS: &str = include_str!("engine/parameters.ps1");

const ENGINE: [&str; 9] = [
    include_str!("engine/constants.ps1"),
    include_str!("engine/tools.ps1"),
    include_str!("engine/state.ps1"),
    include_str!("engine/topology.ps1"),
    include_str!("engine/services.ps1"),
    include_str!("engine/checks.ps1"),
    include_str!("engine/publish.ps1"),
    include_str!("engine/servers.ps1"),
    concat!(include_str!("engine/sync.ps1"), include_str!("engine/main.ps1")),
];
