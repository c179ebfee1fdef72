//! What could be lost is saved.

use crate::runbook::commands::name;
use crate::runbook::quote::quote;
use crate::runbook::step::{BY_SERVER_ADMIN, STOP, Script, Step, StepKind};
use crate::runbook::view::View;

const BACK_UP: StepKind = StepKind {
    number: "C",
    name: "back-up",
    heading: "Save what could be lost",
    minutes: 10,
    expected: "every file is there and not empty; call park music, announcements, monitoring and archiving databases are saved by hand, and all of it regularly",
    on_failure: "free space or rights on the back-up directory, then -Resume",
    rollback: STOP,
    ..BY_SERVER_ADMIN
};

pub(super) fn step(view: &View) -> Step {
    let mut files = ["topology.xml", "configuration.zip", "locations.zip", "simple-urls.xml"].map(quote).to_vec();
    let mut run = [
        "Save-Export 'topology.xml' { param($File) Save-Topology -Path $File -Topology (Get-CsTopology -AsXml) }",
        "Save-Export 'configuration.zip' { param($File) Export-CsConfiguration -FileName $File }",
        "Save-Export 'locations.zip' { param($File) Export-CsLisConfiguration -FileName $File }",
        "Save-Export 'simple-urls.xml' { param($File) & $SimpleUrls | Export-Clixml -LiteralPath $File -Depth 6 }",
    ]
    .map(str::to_owned)
    .to_vec();
    let mut kind = BACK_UP;
    for pool in view.deployed() {
        let fqdn = name(&pool.fqdn);
        let file = quote(&format!("users-{}.zip", pool.fqdn));
        let groups = quote(&format!("response-groups-{}.zip", pool.fqdn));
        let source = quote(&format!("service:ApplicationServer:{}", pool.fqdn));
        run.push(format!("Save-Export {file} {{ param($File) Export-CsUserData -PoolFqdn {fqdn} -FileName $File }}"));
        run.push(format!(
            "Save-Export {groups} -Optional {{ param($File) Export-CsRgsConfiguration -Source {source} -FileName $File }}"
        ));
        files.push(file);
        kind.minutes += 15;
    }
    let done = vec![format!("Test-Export {}", files.join(", "))];
    let title = "Save the topology, configuration, locations, simple URLs, user data and Response Groups";
    view.step(kind, None, title, Script { needs_record: true, done, run, ..Script::default() })
}
