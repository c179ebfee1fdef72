//! The head of the scripts of a pairing, an un-pairing, and their undo.

use super::head::Head;
use super::plan_id;
use crate::notation::{Evidence, basis};
use crate::plan::deployment::CumulativeUpdate;
use crate::runbook::commands::{declared_installer, partner, update_program, voice};
use crate::runbook::quote::{comment, quote};
use crate::runbook::step::RunbookKind;
use crate::runbook::view::{VendorPage, View};

/// Everything up to the first step.
pub(super) fn head(view: &View) -> Head {
    Head {
        description: description(view),
        help: include_str!("help.txt"),
        parameters: include_str!("parameters.ps1"),
        plan: plan(view),
        paths: PATHS.replace("TOPOLOGY_FILE", &quote(&view.deployment.topology_file)),
        blocks: blocks(view),
        start: START,
    }
}

const START: &str = "\
Invoke-Runbook -Plan $Plan -Cmdlet $PSCmdlet -Topology { Get-CsTopology -AsXml } `
               -Planned $Planned -Previous $Previous -Procedure {";
const PATHS: &str = "\
$TopologyPath = Resolve-RunPath -Cmdlet $PSCmdlet -Path $TopologyPath -Root $PSScriptRoot -Name TOPOLOGY_FILE
$UpdateFolder = Split-Folder -Path $UpdateInstaller
";

fn description(view: &View) -> Vec<String> {
    let deployment = &view.deployment;
    let evidence = match deployment.notation.evidence {
        Evidence::Learned => comment(&basis(deployment.notation.learned_from.as_ref())),
        Evidence::Unverified => "UNVERIFIED, so that the written file is a preview".to_owned(),
    };
    let page = match view.page {
        VendorPage::Deploy => {
            "Steps have the numbers of the Microsoft page \"Deploy paired Front End pools for disaster recovery\"."
        }
        VendorPage::Abc => {
            "22 to 26 are those of \"Front End pool ABC failover procedure in Lync Server 2013\"; there the former partner is lost."
        }
        VendorPage::None => {
            "No Microsoft page describes an un-pairing as a whole; ABC 21 to 26 of Lync Server 2013 is nearest."
        }
    };
    vec![
        page.to_owned(),
        "What poolpair adds has letters, or a number and a letter. Pool failover is always manual.".to_owned(),
        "Run it in an elevated Management Shell on a Front End. Each change asks first; -WhatIf changes and reads"
            .to_owned(),
        "nothing. After a fault, continue with -Resume. Exit code 3: other windows come first; 4: something is left behind."
            .to_owned(),
        format!("poolpair {}, input {}", comment(&deployment.tool_version), comment(&deployment.input_sha256)),
        format!("notation {}: {evidence}", comment(&deployment.notation.name)),
    ]
}

/// The facts of the plan that the machinery needs.
fn plan(view: &View) -> Vec<String> {
    let deployment = &view.deployment;
    let (kind, other) = match view.is_undo {
        false => (RunbookKind::Apply.name(), RunbookKind::Undo.name()),
        true => (RunbookKind::Undo.name(), RunbookKind::Apply.name()),
    };
    let route = if view.by_cmdlet() { "cmdlet" } else { "topology-builder" };
    let updated: Vec<_> = deployment.pools.iter().filter(|pool| View::installs(pool)).collect();
    let undeclared = updated.iter().find(|pool| pool.cumulative_update == CumulativeUpdate::Undeclared);
    let program = undeclared.or(updated.first()).map_or("", |pool| update_program(pool.version));
    let installer = undeclared.is_none().then(|| updated.iter().find_map(|pool| declared_installer(pool))).flatten();
    let hash = |hash: &Option<String>| quote(hash.as_deref().unwrap_or_default());
    let mut lines = vec![
        format!(
            "Kind = '{kind}'; Undo = ${}; Route = '{route}'; OtherState = '{other}.state.json'; Script = $PSCommandPath",
            view.is_undo
        ),
        format!(
            "Id = {}; UpdateProgram = '{program}'; UpdateInstaller = {}",
            quote(&plan_id(deployment)),
            quote(installer.unwrap_or_default())
        ),
        format!("TopologySha256 = {}", quote(&deployment.result_sha256)),
        format!("BeforeTextSha256 = {}", hash(&deployment.baseline_text_sha256)),
    ];
    if view.by_cmdlet() {
        lines.push(format!("AfterTextSha256 = {}", hash(&deployment.result_text_sha256)));
    }
    lines
}

/// The associations as they are to be and as they were.
fn blocks(view: &View) -> String {
    let block = |is_after: bool| {
        let tests = view.deployment.pools.iter().flat_map(|pool| {
            let (before, after) = (pool.backup_pool_before.as_ref(), pool.backup_pool_after.as_ref());
            let (other, this, settings) =
                if is_after { (before, after, pool.voice_after) } else { (after, before, pool.voice_before) };
            let settings = settings.filter(|_| this.is_some()).map(|settings| voice(&pool.fqdn, settings));
            std::iter::once(partner(&pool.fqdn, this, other)).chain(settings)
        });
        format!("{{\n    {}\n}}", tests.collect::<Vec<_>>().join("\n    "))
    };
    let previous = if view.deployment.as_requested { "$null".to_owned() } else { block(view.is_undo) };
    format!("$Planned = {}\n$Previous = {previous}\n", block(!view.is_undo))
}
