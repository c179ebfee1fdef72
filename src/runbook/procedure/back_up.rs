//! What could be lost is saved.

use super::NONE;
use crate::runbook::commands::name;
use crate::runbook::error::RunbookError;
use crate::runbook::quote::quote;
use crate::runbook::step::{Script, Step, StepAction};
use crate::runbook::view::View;

pub(super) fn step(view: &View) -> Result<Step, RunbookError> {
    let mut files =
        ["topology.xml", "configuration.zip", "locations.zip", "simple-urls.xml"].map(String::from).to_vec();
    let mut run = [
        "Save-Export 'topology.xml' { param($File) Save-Topology -Path $File -Topology (Get-CsTopology -AsXml) }",
        "Save-Export 'configuration.zip' { param($File) Export-CsConfiguration -FileName $File }",
        "Save-Export 'locations.zip' { param($File) Export-CsLisConfiguration -FileName $File }",
        "Save-Export 'simple-urls.xml' { param($File) & $SimpleUrls | Export-Clixml -LiteralPath $File -Depth 6 }",
    ]
    .map(str::to_owned)
    .to_vec();
    let mut minutes = 10;
    for pool in view.deployed() {
        let fqdn = name(&pool.fqdn)?;
        let users = format!("users-{}.zip", pool.fqdn);
        let file = quote(&users)?;
        let groups = quote(&format!("response-groups-{}.zip", pool.fqdn))?;
        let source = quote(&format!("service:ApplicationServer:{}", pool.fqdn))?;
        run.push(format!("Save-Export {file} {{ param($File) Export-CsUserData -PoolFqdn {fqdn} -FileName $File }}"));
        run.push(format!(
            "Save-Export {groups} -Optional {{ param($File) Export-CsRgsConfiguration -Source {source} -FileName $File }}"
        ));
        files.push(users);
        minutes += 15;
    }
    let files: Result<Vec<_>, _> = files.iter().map(|file| quote(file)).collect();
    let done = vec![format!("Test-Export {}", files?.join(", "))];
    let title = "Save the topology, configuration, locations, simple URLs, user data and Response Groups".to_owned();
    let step = view.step(StepAction::BackUp, None, &title, (NONE, minutes));
    Ok(Step { script: Script { needs_record: true, done, run, ..Script::default() }, ..step })
}
