//! The runbooks of the situations: the order and the literal text of every step, and what holds for all of them.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod failover;
mod hostile;
mod lint;
mod support;

use std::collections::BTreeSet;
use std::fmt::Write as _;

use poolpair::plan::{Deployment, PublishRoute};
use poolpair::runbook::{self, Runbook, RunbookError, RunbookKind, StepKind, powershell};
use poolpair::topology::{CentralManagement, Fqdn, ServiceVersion};
use support::{failovers, situations};

fn books(deployment: &Deployment) -> [Runbook; 2] {
    [runbook::runbook(deployment).unwrap(), runbook::undo(deployment).unwrap()]
}

fn script(deployment: &Deployment, book: &Runbook) -> String {
    powershell(deployment, book).replace("\r\n", "\n")
}

/// One whole script and one whole checklist of each kind; all others step by step.
#[test]
fn whole_runbooks() {
    let pairing = situations::standard_2015();
    let [apply, undo] = books(&pairing);
    let module = "$ModuleSha256 = '";
    let without_hash = |text: String| {
        let (before, after) = text.split_once(module).unwrap();
        format!("{before}{module}{}", &after[64..])
    };
    insta::assert_snapshot!("pairing.runbook.ps1", without_hash(script(&pairing, &apply)));
    insta::assert_snapshot!("pairing.undo.ps1", without_hash(script(&pairing, &undo)));
    insta::assert_snapshot!("pairing.runbook.md", runbook::markdown(&pairing, &apply).replace("\r\n", "\n"));
    insta::assert_snapshot!("pairing.undo.md", runbook::markdown(&pairing, &undo).replace("\r\n", "\n"));
}

/// Every step of every situation: its id, and what it runs where no earlier situation runs the same.
#[test]
fn steps_of_every_situation() {
    let mut known = BTreeSet::new();
    for (name, deployment) in situations::all() {
        let mut out = String::new();
        for book in books(&deployment) {
            writeln!(out, "== {:?}", book.kind).unwrap();
            for step in &book.steps {
                let blocks = &step.script;
                writeln!(out, "{}", step.id).unwrap();
                let lines = blocks.by_hand.iter().chain(&blocks.run).chain(&blocks.until);
                let lines: String = lines.map(|line| format!("    {line}\n")).collect();
                if known.insert((step.id.clone(), lines.clone())) {
                    out.push_str(&lines);
                }
            }
        }
        insta::assert_snapshot!(format!("{name}.steps"), out);
    }
}

/// What a reader ticks: each number once, in rising order, above the steps that carry it.
#[test]
fn the_numbers_rise() {
    for (name, deployment) in situations::all() {
        for book in books(&deployment) {
            let text = script(&deployment, &book);
            let comments: Vec<&str> = text.lines().filter_map(|line| line.trim().strip_prefix("# Step ")).collect();
            let numbers: Vec<&str> = comments.iter().map(|comment| comment.split_once(". ").unwrap().0).collect();
            assert!(numbers.is_sorted_by(|one, next| rank(one) < rank(next)), "{name}: {numbers:?}");
            let steps: BTreeSet<&str> = book.steps.iter().map(|step| step.kind.number).collect();
            assert_eq!(numbers.iter().copied().collect::<BTreeSet<_>>(), steps, "{name}");
        }
    }
}

/// The letters A to H come before the numbers of a page, the others after them.
pub(crate) fn rank(number: &str) -> (u32, u32, &str) {
    let digits: String = number.chars().take_while(char::is_ascii_digit).collect();
    match digits.parse() {
        Ok(value) => (1, value, &number[digits.len()..]),
        Err(_) => (if number < "I" { 0 } else { 2 }, 0, number),
    }
}

/// The script and the checklist hold the same ids and commands, in the same order.
#[test]
fn both_formats_have_the_same_steps() {
    for (name, deployment) in situations::all() {
        for book in books(&deployment) {
            let (text, checklist) = (script(&deployment, &book), runbook::markdown(&deployment, &book));
            let (mut in_script, mut in_checklist) = (text.as_str(), checklist.as_str());
            let mut ids = BTreeSet::new();
            for step in &book.steps {
                in_script = after(in_script, &format!("Step '{}'", step.id), name);
                in_checklist = after(in_checklist, &format!("(`{}`, ", step.id), name);
                for line in &step.script.run {
                    in_script = after(in_script, line, name);
                    in_checklist = after(in_checklist, line, name);
                }
                assert!(ids.insert(step.id.clone()), "{name} {} twice", step.id);
            }
        }
    }
}

/// A field that a kind of steps leaves out is empty.
#[test]
fn every_step_has_its_words() {
    let changes = situations::all().into_iter().flat_map(|(_, deployment)| books(&deployment));
    let failovers = failovers::all().into_iter().flat_map(|(_, failover)| runbook::failover(&failover).unwrap());
    for step in changes.chain(failovers).flat_map(|book| book.steps) {
        let StepKind { number, name, heading, who, expected, on_failure, rollback, .. } = step.kind;
        let words = [number, name, heading, who, expected, on_failure, rollback];
        assert!(words.iter().all(|words| !words.is_empty()), "{}: {words:?}", step.id);
    }
}

fn after<'a>(text: &'a str, part: &str, name: &str) -> &'a str {
    let found = text.split_once(part);
    assert!(found.is_some(), "{name}: no {part} where it should be");
    found.unwrap().1
}

/// All of 8 before all of 9, all of 9 before all of 10, and every Front End once in each.
#[test]
fn every_front_end_of_a_new_pair_has_one_step_of_each_kind() {
    for deployment in [situations::standard_2015(), situations::enterprise_2019(), situations::two_pairs()] {
        let book = runbook::runbook(&deployment).unwrap();
        let expected: Vec<String> =
            deployment.pools.iter().flat_map(|pool| &pool.machines).map(ToString::to_string).collect();
        for name in ["bootstrap", "update", "start"] {
            let steps = book.steps.iter().filter(|step| step.kind.name == name);
            let servers: Vec<_> = steps.map(|step| step.id.split_once(' ').unwrap().1.to_owned()).collect();
            assert_eq!(servers, expected, "{name}");
        }
    }
}

#[test]
fn scripts_are_short() {
    let two = [situations::standard_2015(), situations::topology_builder_central_management(), situations::unpair()];
    for deployment in two {
        for book in books(&deployment) {
            let lines = script(&deployment, &book).lines().count();
            assert!(lines <= 250, "{:?}: {lines} lines for two servers", book.kind);
        }
    }
    for book in books(&situations::enterprise_of(4)) {
        let lines = script(&situations::enterprise_of(4), &book).lines().count();
        assert!(lines <= 400, "{:?}: {lines} lines for eight servers", book.kind);
    }
}

/// A lost word here is a change that runs without its gate.
#[test]
fn what_proves_nothing_needs_the_record() {
    for (name, deployment) in situations::all() {
        for step in runbook::runbook(&deployment).unwrap().steps {
            let needs = ["bootstrap", "update", "restart", "publish enable"];
            assert!(step.script.needs_record || !needs.contains(&step.kind.name), "{name} {}", step.id);
            assert_eq!(step.script.publishes, step.kind.name == "publish", "{name} {}", step.id);
        }
    }
}

#[test]
fn nothing_runs_on_a_pool_that_is_not_deployed() {
    for (name, mut deployment) in situations::all() {
        deployment.pools.iter_mut().for_each(|pool| pool.deployed = false);
        for step in runbook::runbook(&deployment).unwrap().steps {
            let runs = ["bootstrap", "update", "start", "restart"];
            assert!(!runs.contains(&step.kind.name), "{name} {}", step.id);
        }
    }
}

/// A set-up ends when the backup service is there, which nothing installs on a pool without a partner.
#[test]
fn only_pools_of_pairs_are_set_up() {
    for (name, mut deployment) in situations::all() {
        deployment.pools.iter_mut().for_each(|pool| pool.deployed = false);
        let steps = runbook::runbook(&deployment).unwrap().steps;
        for pool in &deployment.pools {
            let is_set_up = steps.iter().any(|step| step.id.ends_with(&format!("-deploy {}", pool.fqdn)));
            assert_eq!(is_set_up, pool.backup_pool_after.is_some(), "{name} {}", pool.fqdn);
        }
    }
}

/// What changes something is not changed again by going on: the deployment shows it, or the record says so.
#[test]
fn no_change_is_made_twice() {
    for (name, deployment) in situations::all() {
        for book in books(&deployment) {
            for step in book.steps.iter().filter(|step| !step.script.run.is_empty()) {
                let script = &step.script;
                let recorded = script.needs_record && !script.check.is_empty();
                assert!(!script.done.is_empty() || recorded, "{name} {:?}: {} runs on each resume", book.kind, step.id);
            }
        }
    }
}

/// A service that stopped again is started again by a step of that server.
#[test]
fn what_goes_on_after_a_stopped_service_is_a_step() {
    for (name, deployment) in situations::all() {
        for book in books(&deployment) {
            let ids: BTreeSet<&str> = book.steps.iter().map(|step| step.id.as_str()).collect();
            for line in book.steps.iter().flat_map(|step| &step.script.until) {
                let Some((_, rest)) = line.split_once("-GoOnWith ") else { continue };
                let (steps, rest) = rest.split_once(" -On ").unwrap();
                let (servers, _) = rest.split_once(" -By ").unwrap();
                let literals =
                    |list: &str| list.split(", ").map(|one| one.trim_matches('\'').to_owned()).collect::<Vec<_>>();
                for (step, server) in literals(steps)
                    .iter()
                    .flat_map(|step| literals(servers).into_iter().map(move |server| (step.clone(), server)))
                {
                    assert!(ids.contains(format!("{step} {server}").as_str()), "{name}: no step {step} {server}");
                }
            }
        }
    }
}

/// The store's pool sends the Edge Servers their replica.
#[test]
fn the_way_to_the_edge_servers_is_tried() {
    let deployment = situations::topology_builder_central_management();
    let text = script(&deployment, &runbook::runbook(&deployment).unwrap());
    assert!(text.contains("    Test-Port -On 'edge01.contoso.com' -Ports 4443\n"));
}

/// At three in the morning: nothing that the going-forward runbook checks or asks stops the undo.
#[test]
fn an_undo_begins_at_what_is_there() {
    for (name, deployment) in situations::all() {
        let undo = runbook::undo(&deployment).unwrap();
        let skipped = ["back-up", "drift", "health", "deploy"];
        assert!(undo.steps.iter().all(|step| !skipped.contains(&step.kind.name)), "{name}");
        assert!(undo.steps.iter().any(|step| step.kind.name == "find"), "{name}");
        let text = script(&deployment, &undo);
        assert!(deployment.questions.iter().all(|question| !text.contains(question)), "{name}");
        for step in undo.steps.iter().filter(|step| step.on.is_some()) {
            assert!(!step.script.go_on.is_empty(), "{name}: {} stops when its server is down", step.id);
        }
    }
}

/// What stays on a pool that keeps a partner is no sign of the change.
#[test]
fn an_undo_looks_for_the_services_that_it_removes() {
    let losing = [
        (situations::standard_2015(), "'se01.contoso.com', 'se02.contoso.com'"),
        (situations::change_of_partner(), "'sec.contoso.com'"),
        (situations::unpair(), "@()"),
    ];
    for (deployment, servers) in losing {
        let text = script(&deployment, &runbook::undo(&deployment).unwrap());
        assert!(text.contains(&format!("Find-Change -Servers {servers} -Service")), "{servers}");
    }
}

/// Topology Builder makes the standby database of an Enterprise pool, and asks where.
#[test]
fn the_wizard_asks_for_databases_of_enterprise_pools_only() {
    let mut enterprise = situations::central_management();
    enterprise.publish_route = PublishRoute::TopologyBuilder;
    for (deployment, asks) in [(enterprise, true), (situations::topology_builder_central_management(), false)] {
        let text = script(&deployment, &runbook::runbook(&deployment).unwrap());
        assert_eq!(text.contains("on the page Select databases"), asks);
        let (_, verify) = text.split_once("# Step Z. ").unwrap();
        assert_eq!(
            verify.contains("Test-CsDatabase -CentralManagementDatabase -SqlServerFqdn"),
            asks,
            "looked for at the end"
        );
    }
}

/// The association was found as requested: nothing is published, and 8 and 9 run.
#[test]
fn a_pair_that_is_there_already_is_finished() {
    let mut deployment = situations::voice_settings();
    deployment.as_requested = true;
    let book = runbook::runbook(&deployment).unwrap();
    let ids: Vec<&str> = book.steps.iter().map(|step| step.id.as_str()).collect();
    assert_eq!(&ids[..4], ["A-confirm", "B-rights", "6a-replicate", "8-bootstrap se01.contoso.com"]);
    let text = script(&deployment, &book);
    assert!(!text.contains("Publish-CsTopology") && text.contains("Finish the pairing of se01.contoso.com with"));
    assert!(runbook::markdown(&deployment, &book).contains("| 2-5 |"));
}

#[test]
fn questions_and_notes_are_printed_in_full() {
    let mut deployment = situations::standard_2015();
    let long = |end: &str| format!("{}{end}", "is it so ".repeat(100));
    (deployment.questions, deployment.notes) = (vec![long("in the end?")], vec![long("after all")]);
    let text = runbook::markdown(&deployment, &books(&deployment)[0]);
    assert!(text.contains("is it so in the end?") && text.contains("is it so after all"), "{text}");
}

#[test]
fn a_checklist_says_what_a_change_board_asks_for() {
    for (name, deployment) in situations::all() {
        for book in books(&deployment) {
            let text = runbook::markdown(&deployment, &book);
            for phrase in [
                "## Impact on users",
                "## Length of the window",
                "## Point of no return",
                "## Acceptance test",
                "| change number | |",
                "| where the evidence is kept",
            ] {
                assert!(text.contains(phrase), "{name} {:?}: {phrase}", book.kind);
            }
            assert_eq!(text.contains("Go / no-go"), book.kind == RunbookKind::Apply, "{name}");
            assert_eq!(text.matches('\n').count(), text.matches("\r\n").count(), "{name}");
        }
    }
    let text = runbook::markdown(&situations::standard_2015(), &books(&situations::standard_2015())[0]);
    assert!(text.contains("Recovery time: 15 to 20 minutes") && text.contains("Recovery point: 5 minutes"));
    let old = situations::enterprise_2013();
    let text = runbook::markdown(&old, &books(&old)[0]);
    assert!(text.contains("has ten steps and no update step") && text.contains("Recovery point: 30 minutes"));
}

#[test]
fn titles_name_the_pools() {
    let title = |deployment: &Deployment, book: usize| {
        let text = runbook::markdown(deployment, &books(deployment)[book]);
        text.lines().next().unwrap().trim_start_matches("# ").to_owned()
    };
    let pairing = situations::standard_2015();
    assert_eq!(title(&pairing, 0), "Pair se01.contoso.com with se02.contoso.com");
    assert_eq!(title(&pairing, 1), "Undo: un-pair se01.contoso.com from se02.contoso.com");
    let unpairing = situations::unpair();
    assert_eq!(title(&unpairing, 0), "Un-pair se01.contoso.com from se02.contoso.com");
    assert_eq!(title(&unpairing, 1), "Undo: pair se01.contoso.com with se02.contoso.com");
    let change = situations::change_of_partner();
    assert_eq!(title(&change, 0), "Change the partner of seb.contoso.com from sea.contoso.com to sec.contoso.com");
}

#[test]
fn lines_end_in_crlf_and_only_other_text_has_a_mark() {
    let mut deployment = situations::standard_2015();
    let plain = powershell(&deployment, &runbook::runbook(&deployment).unwrap());
    assert!(plain.is_ascii());
    for text in [&plain, &runbook::module()] {
        assert_eq!(text.matches('\n').count(), text.matches("\r\n").count());
    }
    deployment.pools[0].site = "Z\u{fc}rich".into();
    let marked = powershell(&deployment, &runbook::runbook(&deployment).unwrap());
    assert!(marked.starts_with("\u{FEFF}#Requires") && marked.contains("site Z\u{fc}rich"));
}

/// The script stops for any other module, and a rehearsal of that needs no PowerShell: the hash is that of the file.
#[test]
fn the_module_is_pinned() {
    use sha2::{Digest, Sha256};
    let hash: String = Sha256::digest(runbook::module().as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect();
    for (name, deployment) in situations::all() {
        for book in books(&deployment) {
            assert_eq!(script(&deployment, &book).matches(&format!("'{hash}'")).count(), 1, "{name}");
        }
    }
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
    let version = refuse(|deployment| deployment.pools[0].program_folder = None);
    assert!(matches!(version, RunbookError::UnknownProduct { .. }));
    assert!(matches!(refuse(|deployment| deployment.pools[1].sql_instance = None), RunbookError::NoSqlInstance { .. }));
    assert_eq!(refuse(|deployment| deployment.result_text_sha256 = None), RunbookError::NoTextHash);
    let partner = refuse(|deployment| {
        deployment.pools[0].backup_pool_after = Some(Fqdn::new("other.contoso.com"));
    });
    assert!(matches!(partner, RunbookError::UnknownPartner { .. }));
    let mut there_already = situations::central_management();
    there_already.as_requested = true;
    let standby = &mut there_already.pools[1];
    (standby.central_management, standby.gains_central_management) = (CentralManagement::Standby, false);
    standby.sql_instance = None;
    assert!(matches!(runbook::runbook(&there_already), Err(RunbookError::NoSqlInstance { .. })));
}

/// A product that poolpair does not know runs from the folder that the request declares.
#[test]
fn a_declared_product_has_its_own_folder() {
    let mut deployment = situations::standard_2015();
    for pool in &mut deployment.pools {
        pool.version = ServiceVersion(9);
        pool.program_folder = Some("Skype for Business Server SE".into());
    }
    let book = runbook::runbook(&deployment).unwrap();
    let expected = r#"& "$env:ProgramFiles\Skype for Business Server SE\Deployment\Bootstrapper.exe""#;
    assert!(script(&deployment, &book).contains(expected));
    deployment.pools[0].program_folder = Some(r"D:\SfB $(calc)'".into());
    let book = runbook::runbook(&deployment).unwrap();
    assert!(script(&deployment, &book).contains(r"& 'D:\SfB $(calc)''\Deployment\Bootstrapper.exe'"));
}

#[test]
fn the_route_decides_who_publishes() {
    for (name, deployment) in situations::all() {
        let by_cmdlet = deployment.publish_route == PublishRoute::Cmdlet;
        for book in books(&deployment) {
            assert_eq!(script(&deployment, &book).contains("Publish-CsTopology -FileName"), by_cmdlet, "{name}");
            let has_report = runbook::markdown(&deployment, &book).contains("read the report in the back-up directory");
            assert_eq!(has_report, by_cmdlet, "{name}");
        }
    }
}
