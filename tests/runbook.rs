//! The runbooks of the situations, as snapshots, and what holds for all of them.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod runbook_support;

use std::collections::BTreeSet;

use poolpair::plan::deployment::{DeployedPool, Deployment};
use poolpair::runbook::{self, Kind, Runbook, RunbookError, Task, powershell};
use poolpair::topology::{Fqdn, ServiceVersion};
use runbook_support::situations;

const HELP: &str = include_str!("../src/runbook/powershell/engine/help.ps1");
const PARAMETERS: &str = include_str!("../src/runbook/powershell/engine/parameters.ps1");

/// The script as a reviewer knows it: without the parts that are the same in every script, which have a snapshot of
/// their own.
fn own_part(deployment: &Deployment, runbook: &Runbook) -> String {
    let script = powershell(deployment, runbook).unwrap().replace("\r\n", "\n");
    let own = script.strip_suffix(&powershell::engine()).unwrap();
    assert!(own.contains(HELP) && own.contains(PARAMETERS));
    own.replace(HELP, "(the help of the parameters)\n").replace(PARAMETERS, "(the parameters)\n")
}

#[test]
fn scripts() {
    for (name, deployment) in situations::all() {
        let apply = runbook::runbook(&deployment).unwrap();
        let undo = runbook::undo(&deployment).unwrap();
        insta::assert_snapshot!(format!("{name}.runbook.ps1"), own_part(&deployment, &apply));
        insta::assert_snapshot!(format!("{name}.undo.ps1"), own_part(&deployment, &undo));
    }
}

#[test]
fn engine() {
    insta::assert_snapshot!("engine.ps1", format!("{HELP}\n{PARAMETERS}\n{}", powershell::engine()));
}

#[test]
fn checklists() {
    for (name, deployment) in situations::all() {
        let apply = runbook::runbook(&deployment).unwrap();
        insta::assert_snapshot!(format!("{name}.runbook.md"), runbook::markdown(&deployment, &apply));
    }
    let deployment = situations::topology_builder();
    let undo = runbook::undo(&deployment).unwrap();
    insta::assert_snapshot!("topology_builder.undo.md", runbook::markdown(&deployment, &undo));
}

#[test]
fn steps_survive_json() {
    let runbook = runbook::runbook(&situations::central_management()).unwrap();
    let json = serde_json::to_value(&runbook).unwrap();
    let schema = serde_json::to_value(schemars::schema_for!(Runbook)).unwrap();
    assert!(jsonschema::validator_for(&schema).unwrap().is_valid(&json));
    assert_eq!(serde_json::from_value::<Runbook>(json).unwrap(), runbook);
}

#[test]
fn ids_are_unique_and_need_only_earlier_ones() {
    for (name, deployment) in situations::all() {
        for runbook in [runbook::runbook(&deployment).unwrap(), runbook::undo(&deployment).unwrap()] {
            let mut earlier = BTreeSet::new();
            for step in &runbook.steps {
                assert!(step.needs.iter().all(|need| earlier.contains(need)), "{name} {}", step.id);
                assert!(earlier.insert(step.id.clone()), "{name} {} twice", step.id);
            }
            assert!(runbook.steps.is_sorted_by_key(|step| step.phase), "{name}: phases out of order");
        }
    }
}

/// The script, the checklist and the plan hold the same ids in the same order.
#[test]
fn every_format_has_the_same_steps() {
    for (name, deployment) in situations::all() {
        let runbook = runbook::runbook(&deployment).unwrap();
        let script = powershell(&deployment, &runbook).unwrap();
        let checklist = runbook::markdown(&deployment, &runbook);
        let (mut in_script, mut in_checklist) = (script.as_str(), checklist.as_str());
        for step in &runbook.steps {
            in_script = after(in_script, &format!("@{{ Id = '{}'; Task = '{}'", step.id, step.task.name()), name);
            in_checklist = after(in_checklist, &format!("(`{}`, ", step.id), name);
        }
    }
}

fn after<'a>(text: &'a str, part: &str, name: &str) -> &'a str {
    let found = text.split_once(part);
    assert!(found.is_some(), "{name}: no {part} where it should be");
    found.unwrap().1
}

#[test]
fn every_front_end_of_a_new_pair_has_one_step_a_phase() {
    for deployment in [situations::standard_2015(), situations::enterprise_2019(), situations::two_pairs()] {
        let runbook = runbook::runbook(&deployment).unwrap();
        for task in [Task::Bootstrap, Task::ApplyUpdate, Task::StartBackupService] {
            let machines: Vec<&Fqdn> =
                runbook.steps.iter().filter(|step| step.task == task).flat_map(|step| &step.machine).collect();
            let expected: Vec<&Fqdn> = deployment.pools.iter().flat_map(|pool| &pool.machines).collect();
            assert_eq!(machines, expected, "{task:?}");
        }
    }
}

#[test]
fn a_change_of_one_pool_changes_its_lines_only() {
    let before = situations::enterprise_2019();
    let mut after = before.clone();
    let newcomer = Fqdn::new("pool01-fe9.contoso.com");
    after.pools[0].machines.push(newcomer.clone());
    let [old, new] = [before, after].map(|deployment| own_part(&deployment, &runbook::runbook(&deployment).unwrap()));
    let old: BTreeSet<&str> = old.lines().collect();
    let changed: Vec<&str> = new.lines().filter(|line| !old.contains(line)).collect();
    let expected = |line: &&str| line.contains(newcomer.as_str()) || line.contains("PlanId");
    assert!(changed.iter().all(expected), "{changed:#?}");
}

#[test]
fn an_undo_of_the_undo_is_the_plan() {
    for (name, deployment) in situations::all() {
        let ids = |runbook: &Runbook| runbook.steps.iter().map(|step| (step.id.clone(), step.task)).collect::<Vec<_>>();
        let mut turned = deployment.clone();
        for pool in turned.pools.iter_mut().filter(|pool| pool.deployed) {
            turn(pool);
        }
        if deployment.pools.iter().all(|pool| pool.deployed) {
            assert_eq!(ids(&runbook::undo(&turned).unwrap()), ids(&runbook::runbook(&deployment).unwrap()), "{name}");
        }
    }
}

fn turn(pool: &mut DeployedPool) {
    std::mem::swap(&mut pool.backup_pool_before, &mut pool.backup_pool_after);
    std::mem::swap(&mut pool.voice_before, &mut pool.voice_after);
    std::mem::swap(&mut pool.gains_central_management, &mut pool.loses_central_management);
}

#[test]
fn lines_end_in_crlf_and_only_other_text_has_a_mark() {
    let mut deployment = situations::standard_2015();
    let plain = powershell(&deployment, &runbook::runbook(&deployment).unwrap()).unwrap();
    assert!(plain.is_ascii());
    assert_eq!(plain.matches('\n').count(), plain.matches("\r\n").count());
    deployment.pools[0].site = "Z\u{fc}rich".into();
    let marked = powershell(&deployment, &runbook::runbook(&deployment).unwrap()).unwrap();
    assert!(marked.starts_with("\u{FEFF}#Requires") && marked.contains("'Z\u{fc}rich'"));
}

#[test]
fn what_makes_no_safe_script_is_refused() {
    let refuse = |change: fn(&mut Deployment)| {
        let mut deployment = situations::central_management();
        change(&mut deployment);
        let [apply, undo] = [runbook::runbook(&deployment), runbook::undo(&deployment)].map(Result::unwrap_err);
        assert_eq!(apply, undo);
        apply
    };
    let name = refuse(|deployment| deployment.pools[0].machines[1] = Fqdn::new("fe'; calc #"));
    assert_eq!(name.to_string(), "`fe\\'; calc #` is no host name, so the Front End cannot be printed into a script");
    assert!(matches!(
        refuse(|deployment| deployment.pools[1].fqdn = Fqdn::new("a b")),
        RunbookError::NotAHostName { role: "pool", .. }
    ));
    let version = refuse(|deployment| deployment.pools[0].version = ServiceVersion(5));
    assert!(matches!(version, RunbookError::UnknownProduct { .. }));
    assert!(matches!(refuse(|deployment| deployment.pools[1].sql_instance = None), RunbookError::NoSqlInstance { .. }));
    assert_eq!(refuse(|deployment| deployment.result_text_sha256 = None), RunbookError::NoTextHash);
    let partner = refuse(|deployment| {
        deployment.pools[0].backup_pool_after = Some(Fqdn::new("other.contoso.com"));
    });
    assert!(matches!(partner, RunbookError::UnknownPartner { .. }));
}

#[test]
fn kinds_are_told_apart() {
    let deployment = situations::unpair();
    assert_eq!(runbook::runbook(&deployment).unwrap().kind, Kind::Apply);
    assert_eq!(runbook::undo(&deployment).unwrap().kind, Kind::Undo);
}

#[test]
fn every_task_has_a_handler() {
    let engine = powershell::engine();
    let tasks: BTreeSet<Task> = situations::all()
        .iter()
        .flat_map(|(_, deployment)| runbook::runbook(deployment).unwrap().steps)
        .map(|step| step.task)
        .collect();
    assert_eq!(tasks.len(), 23, "a task that no situation needs");
    for task in tasks {
        let entry = format!("\n    '{}'", task.name());
        assert_eq!(engine.matches(&entry).count(), 1, "{task:?}");
    }
}

/// What a person reads about a step that is done is what the engine does with it.
#[test]
fn what_is_never_done_already_runs_again() {
    let engine = powershell::engine();
    for (name, deployment) in situations::all() {
        for step in runbook::runbook(&deployment).unwrap().steps {
            let entry = engine.lines().find(|line| line.starts_with(&format!("    '{}' ", step.task.name()))).unwrap();
            let never = step.already_done.starts_with("never");
            assert_eq!(entry.contains("Always = $true"), never, "{name} {}: {entry}", step.id);
        }
    }
}
