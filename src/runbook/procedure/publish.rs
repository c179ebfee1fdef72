//! Publishing the topology, by cmdlet or in Topology Builder.

use super::BY_DOMAIN_ADMIN;
use crate::plan::deployment::{DeployedPool, Edition};
use crate::runbook::step::{Script, Step, StepKind};
use crate::runbook::view::View;

pub(super) fn steps(view: &View) -> Vec<Step> {
    let publish = match view.is_undo {
        true => StepKind { heading: "Publish the topology as it was, and compare the simple URLs", ..PUBLISH },
        false => PUBLISH,
    };
    let mut steps = if view.by_cmdlet() { by_cmdlet(view, publish) } else { vec![by_hand(view, publish)] };
    steps.push(simple_urls(view));
    steps
}

const PUBLISH: StepKind = StepKind {
    number: "6",
    name: "publish",
    heading: "Publish the topology",
    minutes: 15,
    expected: "the report is clean, and the live topology is the planned one",
    on_failure: "read the report in the back-up directory; a document that is refused has changed nothing",
    ..BY_DOMAIN_ADMIN
};
const ENABLE: StepKind = StepKind {
    name: "publish enable",
    minutes: 10,
    expected: "the report is clean",
    on_failure: "read the report in the back-up directory; most often the account lacks setup permission",
    ..PUBLISH
};
const SIMPLE_URLS: StepKind = StepKind {
    name: "publish simple-urls",
    minutes: 10,
    expected: "the simple URLs are the saved ones",
    on_failure: "set them by hand from the saved file, then run Enable-CsComputer on every Front End",
    left_behind: "simple URLs to compare by hand with the configuration that the run saved",
    ..PUBLISH
};

fn by_cmdlet(view: &View, kind: StepKind) -> Vec<Step> {
    let (file, topology, other) = match view.is_undo {
        false => ("$TopologyPath", "planned topology", "Before"),
        true => ("$saved", "saved topology", "After"),
    };
    let at_goal = vec![format!("Test-Position -Is '{}'", view.goal())];
    let mut run = vec![
        "$backup = Get-ReportPath 'publish.xml'".to_owned(),
        "$report = Get-ReportPath 'publish.html'".to_owned(),
        format!("Publish-CsTopology -FileName {file} -WhatIf"),
        format!("Publish-CsTopology -FileName {file} -BackupFileName $backup -Report $report"),
    ];
    let mut check = vec![format!("Test-Position -Is '{other}'"), "Test-Saved".to_owned()];
    match view.is_undo {
        false => check.push("Assert-Bundle -By $Hashes".to_owned()),
        true => run.insert(0, "$saved = Get-ExportPath 'topology.xml'".to_owned()),
    }
    let publish =
        Script { publishes: true, done: at_goal.clone(), check, run, wait_minutes: Some(5), ..Script::default() };
    let enable = Script {
        needs_record: true,
        check: at_goal,
        run: vec!["Enable-CsTopology -Report (Get-ReportPath 'enable.html')".into()],
        ..Script::default()
    };
    vec![
        view.step(kind, None, &format!("Publish the {topology}"), publish),
        view.step(ENABLE, None, &format!("Enable the {topology}"), enable),
    ]
}

/// The clicks and values, which the script and the checklist both show.
fn by_hand(view: &View, kind: StepKind) -> Step {
    let mut by_hand = vec![
        "In Topology Builder, download the current topology. For each pool: Edit Properties, Resiliency".to_owned(),
    ];
    for pool in &view.deployment.pools {
        by_hand.push(format!("{}:", pool.fqdn));
        by_hand.extend(clicks(pool).into_iter().map(|click| format!("  {click}")));
    }
    let databases = "; on the page Select databases leave the partner's selected. Completed with warnings is no error";
    let enterprise = |pool: &DeployedPool| pool.gains_central_management && pool.edition == Edition::Enterprise;
    let gains = view.deployment.pools.iter().any(enterprise);
    by_hand.push(format!("Action, Topology, Publish{}", if gains { databases } else { "" }));
    let script = Script {
        publishes: true,
        done: vec![format!("Test-Position -Is '{}'", view.goal())],
        by_hand,
        run: vec!["Assert-Yes 'Has Topology Builder published the change without an error?'".to_owned()],
        until: vec![if view.is_undo { "& $Previous" } else { "& $Planned" }.to_owned()],
        ..Script::default()
    };
    let title = "Make the change in Topology Builder and publish it there";
    let kind = StepKind {
        minutes: 30,
        expected: "the wizard ends without an error, and the associations are the wanted ones",
        on_failure: "read what the wizard shows, and publish again there",
        ..kind
    };
    view.step(kind, None, title, script)
}

/// What to set in the properties of a pool, by the names of the dialog.
fn clicks(pool: &DeployedPool) -> Vec<String> {
    let Some(partner) = &pool.backup_pool_after else { return vec!["Associated backup pool: cleared".to_owned()] };
    let mut clicks = vec![format!("Associated backup pool: selected, {partner}")];
    if let Some(voice) = pool.voice_after {
        let state = if voice.automatic { "selected" } else { "cleared" };
        clicks.push(format!("Automatic failover and failback for Voice: {state}"));
        let seconds = [
            ("Voice failure detection interval (sec)", voice.failure_detection_seconds),
            ("Voice failback interval (sec)", voice.failback_seconds),
        ];
        clicks.extend(seconds.into_iter().filter_map(|(label, value)| Some(format!("{label}: {}", value?))));
    }
    clicks
}

fn simple_urls(view: &View) -> Step {
    let script = Script {
        done: vec!["Test-SimpleUrl -By $SimpleUrls".into()],
        run: [
            "Restore-SimpleUrl -By $SimpleUrls -Set {",
            "    param($Identity, $Urls) Set-CsSimpleUrlConfiguration -Identity $Identity -SimpleUrl @{ Replace = $Urls }",
            "}",
        ]
        .map(str::to_owned)
        .to_vec(),
        wait_minutes: Some(5),
        ..Script::default()
    };
    view.step(SIMPLE_URLS, None, "Compare the simple URLs with the saved ones, and restore lost ones", script)
}
