//! The head of a script: the help, the parameters, the pinned module, the facts.

use crate::runbook::powershell::MODULE_FILE;
use crate::runbook::quote::comment;
use crate::runbook::step::Runbook;

const MACHINERY: &str = include_str!("machinery.ps1");

/// The parts of a script's head that differ between scripts.
pub(super) struct Head {
    /// The lines of its help.
    pub(super) description: Vec<String>,
    /// The parameters in its help; `SCRIPT` stands for its name.
    pub(super) help: &'static str,
    /// The parameters.
    pub(super) parameters: &'static str,
    /// The entries of `$Plan`, line by line.
    pub(super) plan: Vec<String>,
    /// Lines that complete its own parameters.
    pub(super) paths: String,
    /// Further blocks that its steps refer to.
    pub(super) blocks: String,
    /// The call of the module that takes the steps.
    pub(super) start: &'static str,
}

impl Head {
    /// The text up to the first step. What people wrote stands in the help on one line each, so that it can neither end
    /// the comment nor begin a section.
    pub(super) fn text(&self, runbook: &Runbook, module_sha256: &str, procedure: &str) -> String {
        let script = runbook.kind.name();
        let description: String = self.description.iter().map(|line| format!("    {line}\n")).collect();
        let help = self.help.replace("SCRIPT", script);
        let machinery = filled([
            ("TOOL_VERSION", env!("CARGO_PKG_VERSION")),
            ("MODULE_FILE", MODULE_FILE),
            ("MODULE_SHA256", module_sha256),
            ("PLAN", &self.plan.iter().map(|line| format!("    {line}")).collect::<Vec<_>>().join("\n")),
            ("PATHS", &self.paths),
            ("STATE_FILE", &format!("{script}.state.json")),
        ]);
        let used = QUERIES.iter().filter(|(name, _)| procedure.contains(name));
        let queries: String = used.map(|(name, query)| format!("{name} = {{ {query} }}\n")).collect();
        format!(
            "#Requires -Version 5.1\n\n<#\n.SYNOPSIS\n    {}.\n.DESCRIPTION\n{description}{help}#>\n{}\n{machinery}{queries}{}\n{}\n",
            comment(&runbook.title),
            self.parameters,
            self.blocks,
            self.start
        )
    }
}

/// The lines that check and load the module. Each placeholder is filled once; placeholders in values are left alone.
fn filled(values: [(&str, &str); 6]) -> String {
    let mut rest = MACHINERY;
    let mut out = String::new();
    for (place, value) in values {
        if let Some((before, after)) = rest.split_once(place) {
            out.push_str(before);
            out.push_str(value);
            rest = after;
        }
    }
    out + rest
}

/// Queries that several steps use, by name.
const QUERIES: [(&str, &str); 7] = [
    ("$Services", "param($Server) Get-CsWindowsService -ComputerName $Server"),
    ("$Replicas", "Get-CsManagementStoreReplicationStatus"),
    ("$Store", "Get-CsManagementStoreReplicationStatus -CentralManagementStoreStatus"),
    ("$SimpleUrls", "Get-CsSimpleUrlConfiguration"),
    ("$Settings", "Get-CsBackupServiceConfiguration"),
    ("$Permission", "param($Container) Test-CsSetupPermission -ComputerOU $Container"),
    (
        "$Disks",
        "param($Server) Get-CimInstance -ClassName 'Win32_LogicalDisk' -Filter 'DriveType = 3' -ComputerName $Server",
    ),
];
