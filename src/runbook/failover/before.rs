//! The first steps: the question, the rights, the pair; before a planned change also its health.

use super::FailoverCase;
use crate::runbook::commands::{
    application_server, backup_service, fabric_state, name, names, pool_fact, relationship, replicas,
    response_groups_file,
};
use crate::runbook::quote::{quote, quote_line};
use crate::runbook::step::{BEFORE, BY_OPERATOR, RunbookKind, Script, Step, StepKind};
use crate::topology::Fqdn;

pub(super) fn steps(case: &FailoverCase<'_>) -> Vec<Step> {
    vec![confirm(case), rights(case), pair(case)]
}

pub(in crate::runbook) const CONFIRM: StepKind = StepKind {
    number: "A",
    name: "confirm",
    heading: "One question",
    expected: "script and module are those of the bundle; a yes means that the pools are as the question says",
    on_failure: "copy the bundle again",
    who: BY_OPERATOR.who,
    ..BEFORE
};

/// The facts and the question. A pair of two products needs a written reason instead of a yes.
fn confirm(case: &FailoverCase<'_>) -> Step {
    let mut check = vec!["Assert-Bundle -By $Hashes".to_owned()];
    for pool in &case.failover.pools {
        let place = format!("{}, site {}", pool.product, pool.site);
        let fact = pool_fact(&pool.fqdn, pool.edition, &place, "", &pool.machines);
        check.push(format!("Write-Note {}", quote_line(&fact)));
    }
    for assumption in case.failover.assumptions() {
        check.push(format!("Write-Warning -Message {}", quote_line(&format!("assumed: {assumption}"))));
    }
    let (title, question) = question(case);
    let question = quote(&question);
    check.push(match case.kind == RunbookKind::Failover && case.failover.versions_differ() {
        true => format!("Assert-Reason -Question {question} -Because {}", quote_line(&versions(case))),
        false => format!("Assert-Yes {question}"),
    });
    Step::new(CONFIRM, None, title, Script { check, ..Script::default() })
}

/// What is decided, and what a yes means.
fn question(case: &FailoverCase<'_>) -> (&'static str, String) {
    let (pool, partner) = (&case.pool().fqdn, &case.partner().fqdn);
    match case.kind {
        RunbookKind::Failover => (
            "Decide to fail over",
            format!(
                "Fail over {pool} to {partner} now? Yes means: {pool} is down, and {partner} is not failed over to {pool}."
            ),
        ),
        RunbookKind::Failback => (
            "Decide to fail back",
            format!(
                "Fail back {pool} from {partner} now? Yes means: {pool} is repaired, and its users know that they are signed out once and that the conferences that they organise end."
            ),
        ),
        _ => (
            "Decide to rehearse",
            format!(
                "Rehearse the failover of {pool} to {partner} now? Yes means: this is the agreed window, in which all calls and meetings of the users of {pool} end twice, they know it, and no pool of the two is failed over."
            ),
        ),
    }
}

fn versions(case: &FailoverCase<'_>) -> String {
    let products = [case.pool(), case.partner()].map(|pool| format!("{} runs {}", pool.fqdn, pool.product));
    format!("{}: pools of different versions are not supported in disaster mode", products.join(", "))
}

pub(in crate::runbook) const RIGHTS: StepKind = StepKind {
    number: "B",
    name: "rights",
    heading: "Check the rights of this shell, and that it runs on a Front End of the partner",
    minutes: 2,
    expected: "an elevated shell, on one of these servers",
    on_failure: "start the Management Shell as administrator there, or use another account",
    ..BEFORE
};

fn rights(case: &FailoverCase<'_>) -> Step {
    let check = vec!["Assert-Right".to_owned(), format!("Test-Here -On {}", names(&case.partner().machines))];
    Step::new(RIGHTS, None, "Check the rights of this shell, and the server", Script { check, ..Script::default() })
}

const PAIR: StepKind = StepKind {
    number: "C",
    name: "pair",
    heading: "Ask this server's copy of the topology whether the pools are paired",
    minutes: 2,
    expected: "each pool names the other",
    on_failure: "the deployment is not paired as the topology says: export it and make the bundle again",
    ..BEFORE
};

/// The local copy of the topology is available even when the store is not.
fn pair(case: &FailoverCase<'_>) -> Step {
    let of = |pool: &Fqdn, partner: &Fqdn| {
        let (asked, partner, ask) = (name(pool), name(partner), relationship(pool));
        format!("Test-Partner -Of {asked} -Is {partner} -By {{ {ask} -LocalStore }}")
    };
    let (pool, partner) = (&case.pool().fqdn, &case.partner().fqdn);
    let check = vec![of(pool, partner), of(partner, pool)];
    Step::new(PAIR, None, "Ask whether the pools are paired", Script { check, ..Script::default() })
}

const BACK_UP: StepKind = StepKind {
    number: "D",
    name: "back-up",
    heading: "Save what could be lost",
    minutes: 10,
    expected: "every file exists",
    on_failure: "free space or rights on the back-up directory",
    ..BEFORE
};

/// The exports that a failover needs to be recent.
pub(super) fn back_up(case: &FailoverCase<'_>) -> Vec<Step> {
    let locations = "Save-Export 'locations.zip' { param($File) Export-CsLisConfiguration -FileName $File }".to_owned();
    let mut run = vec![locations];
    if case.pool().application_server {
        let file = response_groups_file(&case.pool().fqdn);
        let source = application_server(&case.pool().fqdn);
        run.push(format!("Save-Export {file} -Optional {{"));
        run.push(format!("    param($File) Export-CsRgsConfiguration -Source {source} -FileName $File"));
        run.push("}".to_owned());
    }
    let title = "Save the location information and the Response Groups";
    vec![Step::new(BACK_UP, None, title, Script { needs_record: true, run, ..Script::default() })]
}

const HEALTH: StepKind = StepKind {
    number: "E",
    name: "health",
    heading: "Check the health of the pools",
    minutes: 10,
    expected: "replicas up to date, all services run, LYNCBACKUP too; each routing group has a primary and a secondary",
    on_failure: "repair the server that is named, then -Resume",
    ..BEFORE
};

pub(super) fn health(case: &FailoverCase<'_>) -> Vec<Step> {
    let until = vec![
        replicas(case.all_front_ends()),
        backup_service("InService", case.all_front_ends()),
        backup_service("Running", case.all_front_ends()),
    ];
    let warn = case.failover.pools.iter().filter_map(|pool| fabric_state(&pool.fqdn, pool.edition)).collect();
    let title = "Check that both pools are healthy, and that the backup service runs on every Front End";
    // The health before the failover is not checked again after it: the record is enough.
    let script = Script { needs_record: true, warn, until, wait_minutes: Some(1), ..Script::default() };
    vec![Step::new(HEALTH, None, title, script)]
}
