//! The topology is published, by cmdlet or in Topology Builder.

use super::NONE;
use crate::plan::deployment::{DeployedPool, Edition, VoiceSettings};
use crate::runbook::error::{RunbookError, Steps};
use crate::runbook::step::{Script, Step, StepAction};
use crate::runbook::view::{Direction, View};

pub(super) fn steps(view: &View) -> Steps {
    let mut steps = match view.by_cmdlet() {
        true => by_cmdlet(view),
        false => vec![by_hand(view)?],
    };
    steps.push(simple_urls(view));
    Ok(steps)
}

fn by_cmdlet(view: &View) -> Vec<Step> {
    let (file, wanted, other) = match view.direction {
        Direction::Apply => ("$TopologyPath", "After", "Before"),
        Direction::Undo => ("$saved", "Before", "After"),
    };
    let at_goal = vec![format!("Test-Position -Is '{wanted}'")];
    let mut run = vec![
        "$backup = Get-ReportPath 'publish.xml'".to_owned(),
        "$report = Get-ReportPath 'publish.html'".to_owned(),
        format!("Publish-CsTopology -FileName {file} -WhatIf"),
        format!("Publish-CsTopology -FileName {file} -BackupFileName $backup -Report $report"),
    ];
    let mut check = vec![format!("Test-Position -Is '{other}'"), "Test-Saved".to_owned()];
    match view.direction {
        Direction::Apply => {
            check.push("Assert-Bundle -By $Hashes".to_owned());
        }
        Direction::Undo => run.insert(0, "$saved = Get-ExportPath 'topology.xml'".to_owned()),
    }
    let publish =
        Script { publishes: true, done: at_goal.clone(), check, run, wait_minutes: Some(5), ..Script::default() };
    let enable = Script {
        needs_record: true,
        check: at_goal,
        run: vec!["Enable-CsTopology -Report (Get-ReportPath 'enable.html')".into()],
        ..Script::default()
    };
    let titles = match view.direction {
        Direction::Apply => ["Publish the planned topology", "Enable the planned topology"],
        Direction::Undo => ["Publish the saved topology", "Enable the saved topology"],
    };
    let [title, enabling] = titles.map(str::to_owned);
    vec![
        Step { script: publish, ..view.step(StepAction::Publish, None, &title, (NONE, 15)) },
        Step { script: enable, ..view.step(StepAction::Enable, None, &enabling, (NONE, 10)) },
    ]
}

/// The clicks and values in their own place: what the operator reads is what the checklist shows.
fn by_hand(view: &View) -> Result<Step, RunbookError> {
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
    let run = vec!["Assert-Yes 'Has Topology Builder published the change without an error?'".to_owned()];
    let (done, until) = match view.direction {
        Direction::Apply => ("Test-Position -Is 'After'", "& $Planned"),
        Direction::Undo => ("Test-Position -Is 'Before'", "& $Previous"),
    };
    let script = Script {
        publishes: true,
        done: vec![done.into()],
        by_hand,
        run,
        until: vec![until.into()],
        ..Script::default()
    };
    let title = "Make the change in Topology Builder and publish it there".to_owned();
    Ok(Step { script, ..view.step(StepAction::Publish, None, &title, (NONE, 30)) })
}

/// What to set in the properties of a pool, by the names of the dialog.
fn clicks(pool: &DeployedPool) -> Vec<String> {
    let partner = pool.backup_pool_after.as_ref();
    let mut clicks = vec![match partner {
        Some(partner) => format!("Associated backup pool: selected, {partner}"),
        None => "Associated backup pool: cleared".to_owned(),
    }];
    if let (Some(_), Some(voice)) = (partner, pool.voice_after) {
        clicks.extend(voice_clicks(voice));
    }
    clicks
}

fn voice_clicks(voice: VoiceSettings) -> Vec<String> {
    let state = if voice.automatic { "selected" } else { "cleared" };
    let mut clicks = vec![format!("Automatic failover and failback for Voice: {state}")];
    let seconds = [
        ("Voice failure detection interval (sec)", voice.failure_detection_seconds),
        ("Voice failback interval (sec)", voice.failback_seconds),
    ];
    clicks.extend(seconds.into_iter().filter_map(|(label, value)| Some(format!("{label}: {}", value?))));
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
    let title = "Compare the simple URLs with the saved ones, and put lost ones back".to_owned();
    Step { script, ..view.step(StepAction::SimpleUrls, None, &title, (NONE, 10)) }
}
