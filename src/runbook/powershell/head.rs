//! What stands above the steps: the help, the parameters, the pinned module, the facts of the plan.

use sha2::{Digest, Sha256};

use crate::notation::{Evidence, basis};
use crate::plan::deployment::{CumulativeUpdate, DeployedPool};
use crate::runbook::commands::{partner, update_program, voice};
use crate::runbook::error::RunbookError;
use crate::runbook::powershell::MODULE_FILE;
use crate::runbook::quote::{comment, quote};
use crate::runbook::step::{Kind, Page, Runbook};
use crate::runbook::title::title;
use crate::runbook::view::View;

const PARAMETERS: &str = include_str!("parameters.ps1");
const MACHINERY: &str = include_str!("machinery.ps1");

/// Everything up to the first step.
pub(super) fn head(view: &View, runbook: &Runbook, module_sha256: &str) -> Result<String, RunbookError> {
    let file = quote(&view.deployment.topology_file)?;
    let state = if view.kind == Kind::Apply { "'runbook.state.json'" } else { "'undo.state.json'" };
    let machinery = filled([
        ("TOOL_VERSION", &comment(&view.deployment.tool_version)),
        ("MODULE_FILE", MODULE_FILE),
        ("MODULE_SHA256", module_sha256),
        ("PLAN", &plan(view)?),
        ("TOPOLOGY_FILE", &file),
        ("STATE_FILE", state),
    ]);
    let help = help(view, runbook);
    let blocks = blocks(view)?;
    Ok(format!("#Requires -Version 5.1\n\n<#\n{help}#>\n{PARAMETERS}\n{machinery}\n{blocks}\n{START}\n"))
}

/// The lines that check and load the module, with each place filled once: a value is never looked at for places.
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

const START: &str = "\
Invoke-Runbook -Plan $Plan -Options $Options -Cmdlet $PSCmdlet -Topology { Get-CsTopology -AsXml } `
               -Planned $Planned -Previous $Previous -Procedure {";

/// The help. What people wrote stands in it on one line each, so that it can neither end the comment nor begin a
/// section.
fn help(view: &View, runbook: &Runbook) -> String {
    let deployment = &view.deployment;
    let evidence = match deployment.notation.evidence {
        Evidence::Learned => comment(&basis(deployment.notation.learned_from.as_ref())),
        Evidence::Unverified => "UNVERIFIED, so that the written file is a preview".to_owned(),
    };
    let page = match runbook.page {
        Page::Deploy => {
            "Steps have the numbers of the Microsoft page \"Deploy paired Front End pools for disaster recovery\"."
        }
        Page::Abc => {
            "Steps have the numbers of the page \"Front End pool ABC failover procedure in Lync Server 2013\"."
        }
        Page::None => {
            "No Microsoft page describes an un-pairing as a whole; ABC 21 to 26 of Lync Server 2013 is nearest."
        }
    };
    let script = if view.kind == Kind::Apply { "runbook.ps1" } else { "undo.ps1" };
    let mut lines = vec![
        ".SYNOPSIS".to_owned(),
        format!("    {}.", comment(&title(view))),
        ".DESCRIPTION".to_owned(),
        format!("    {page}"),
        "    What poolpair adds has letters, or a number and a letter. Pool failover is always manual.".to_owned(),
        "    Run it in an elevated Management Shell on a Front End. Each change asks first; -WhatIf changes and reads"
            .to_owned(),
        "    nothing. After a fault -Resume goes on. Exit code 3: something has to be done in other windows first."
            .to_owned(),
        format!("    poolpair {}, input {}", comment(&deployment.tool_version), comment(&deployment.input_sha256)),
        format!("    notation {}: {evidence}", comment(&deployment.notation.name)),
        "    -List prints the ids that -StartAt, -StopAfter and -Only take.".to_owned(),
    ];
    lines.push(HELP.replace("SCRIPT", script));
    lines.join("\n")
}

const HELP: &str = include_str!("help.txt");

/// The facts of the plan that the machinery needs.
fn plan(view: &View) -> Result<String, RunbookError> {
    let deployment = &view.deployment;
    let (kind, undo) = if view.kind == Kind::Apply { ("runbook", "$false") } else { ("undo", "$true") };
    let route = if view.by_cmdlet() { "cmdlet" } else { "topology-builder" };
    let updated: Vec<_> = deployment.pools.iter().filter(|pool| View::installs(pool)).collect();
    let undeclared = updated.iter().find(|pool| pool.cumulative_update == CumulativeUpdate::Undeclared);
    let program = undeclared.or(updated.first()).map_or("", |pool| update_program(pool.version));
    let installer = undeclared.is_none().then(|| updated.iter().find_map(|pool| declared(pool))).flatten();
    // An undo takes back a pairing where its own view loses a partner.
    let pairs = deployment.pools.iter().any(View::leaves);
    let hash = |hash: &Option<String>| quote(hash.as_deref().unwrap_or_default());
    let lines = [
        format!("Kind = '{kind}'; Undo = {undo}; Route = '{route}'; Pairs = ${pairs}; Script = $PSCommandPath"),
        format!("Id = {}; EarlierState = 'runbook.state.json'", quote(&plan_id(view))?),
        format!("TopologySha256 = {}", quote(&deployment.result_sha256)?),
        format!("BeforeTextSha256 = {}", hash(&deployment.baseline_text_sha256)?),
        format!("AfterTextSha256 = {}", hash(&deployment.result_text_sha256)?),
        format!("UpdateProgram = '{program}'; UpdateInstaller = {}", quote(installer.unwrap_or_default())?),
    ];
    Ok(lines.map(|line| format!("    {line}")).join("\n"))
}

fn declared(pool: &DeployedPool) -> Option<&str> {
    match &pool.cumulative_update {
        CumulativeUpdate::Installed { installer, .. } => Some(installer),
        CumulativeUpdate::Undeclared | CumulativeUpdate::None => None,
    }
}

/// Names the plan in the state file: a state of another plan must not be resumed.
fn plan_id(view: &View) -> String {
    let text = serde_json::to_string(&view.deployment).unwrap_or_default();
    Sha256::digest(text.as_bytes()).iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}

/// What is asked of the deployment again and again, and the associations as they are to be and as they were.
fn blocks(view: &View) -> Result<String, RunbookError> {
    let (mut planned, mut previous) = (Vec::new(), Vec::new());
    for pool in &view.deployment.pools {
        let (before, after) = (pool.backup_pool_before.as_ref(), pool.backup_pool_after.as_ref());
        let sides = [(before, after, pool.voice_after), (after, before, pool.voice_before)];
        let sides = if view.kind == Kind::Apply { sides } else { [sides[1], sides[0]] };
        for ((other, this, settings), tests) in sides.into_iter().zip([&mut planned, &mut previous]) {
            tests.push(partner(&pool.fqdn, this, other)?);
            if let (Some(_), Some(settings)) = (this, settings) {
                tests.push(voice(&pool.fqdn, settings)?);
            }
        }
    }
    let needs_previous = view.kind == Kind::Undo || !view.by_cmdlet();
    let previous = if needs_previous && !view.deployment.as_requested { block(&previous) } else { "$null".to_owned() };
    Ok(format!(
        "{QUERIES}# The associations as planned, and as they were before.\n$Planned = {}\n$Previous = {previous}\n",
        block(&planned)
    ))
}

fn block(lines: &[String]) -> String {
    format!("{{\n    {}\n}}", lines.join("\n    "))
}

const QUERIES: &str = "\
$Services = { param($Server) Get-CsWindowsService -ComputerName $Server }
$Replicas = { Get-CsManagementStoreReplicationStatus }
$SimpleUrls = { Get-CsSimpleUrlConfiguration }
$Permission = { param($Container) Test-CsSetupPermission -ComputerOU $Container }
";
