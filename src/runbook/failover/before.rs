//! What comes first: the one question, the rights, the pair; before a planned change its health too.

use super::case::{FailoverCase, NONE};
use super::pools;
use crate::failover::FailoverPool;
use crate::runbook::commands::{backup_service, name, names, relationship};
use crate::runbook::error::{RunbookError, Steps};
use crate::runbook::quote::{QuoteError, one_line, quote};
use crate::runbook::step::{RunbookKind, Script, Step, StepAction};
use crate::topology::{Edition, Fqdn};

pub(super) fn steps(case: &FailoverCase<'_>) -> Steps {
    let mut steps = vec![confirm(case)?, rights(case)?, pair(case)?];
    match case.kind {
        RunbookKind::Rehearsal => {
            steps.extend([back_up(case)?, health(case)?]);
            steps.extend(pools::statuses(case, StepAction::Steady)?);
            steps.push(pools::compare(case, StepAction::Compare)?);
        }
        RunbookKind::Failback => {
            steps.push(health(case)?);
            steps.extend(pools::statuses(case, StepAction::Steady)?);
        }
        _ => {}
    }
    Ok(steps)
}

/// The one question, after what it is about. A pair of two products needs more than a yes.
fn confirm(case: &FailoverCase<'_>) -> Result<Step, RunbookError> {
    let mut check = vec!["Assert-Bundle -By $Hashes".to_owned()];
    for pool in [case.pool(), case.partner()] {
        check.push(format!("Write-Note {}", free(&fact(pool))?));
    }
    for assumption in case.failover.assumptions() {
        check.push(format!("Write-Warning -Message {}", free(&format!("taken for granted: {assumption}"))?));
    }
    let disaster = case.kind == RunbookKind::Failover;
    check.push(match disaster && case.failover.versions_differ() {
        true => format!("Assert-Reason -Question {} -Because {}", quote(&question(case))?, quote(&versions(case))?),
        false => format!("Assert-Yes {}", quote(&question(case))?),
    });
    let title = match case.kind {
        RunbookKind::Failover => "Decide to fail over",
        RunbookKind::Failback => "Decide to fail back",
        _ => "Decide to rehearse",
    };
    Ok(case.step(StepAction::Confirm, None, title, (NONE, 5)).with(Script { check, ..Script::default() }))
}

/// What a yes means.
fn question(case: &FailoverCase<'_>) -> String {
    let (pool, partner) = (&case.pool().fqdn, &case.partner().fqdn);
    match case.kind {
        RunbookKind::Failover => format!(
            "Fail over {pool} to {partner} now? Yes means: {pool} is down, and {partner} is not failed over to {pool}."
        ),
        RunbookKind::Failback => format!(
            "Fail back {pool} from {partner} now? Yes means: {pool} is repaired, and its users know that they are signed out once and that the conferences that they organise end."
        ),
        _ => format!(
            "Rehearse the failover of {pool} to {partner} now? Yes means: this is the agreed window, in which all calls and meetings of the users of {pool} end twice, they know it, and no pool of the two is failed over."
        ),
    }
}

fn versions(case: &FailoverCase<'_>) -> String {
    let products = [case.pool(), case.partner()].map(|pool| format!("{} runs {}", pool.fqdn, pool.product));
    format!("{}: pools of different versions are not supported in disaster mode", one_line(&products.join(", ")))
}

/// A pool on one line.
fn fact(pool: &FailoverPool) -> String {
    let servers: Vec<_> = pool.machines.iter().map(Fqdn::as_str).collect();
    let (fqdn, edition, product, site) = (&pool.fqdn, pool.edition, &pool.product, &pool.site);
    format!("{fqdn} ({edition:?} Edition, {product}, site {site}): Front Ends {}", servers.join(", "))
}

fn free(text: &str) -> Result<String, QuoteError> {
    quote(&one_line(text))
}

fn rights(case: &FailoverCase<'_>) -> Result<Step, RunbookError> {
    let servers = names(&case.partner().machines)?;
    let check = vec!["Assert-Right".to_owned(), format!("Test-Here -On {servers}")];
    let step = case.step(StepAction::Rights, None, "Check the rights of this shell, and the server", (NONE, 2));
    Ok(step.with(Script { check, ..Script::default() }))
}

/// The local copy of the topology answers when the store is gone.
fn pair(case: &FailoverCase<'_>) -> Result<Step, RunbookError> {
    let of = |pool: &Fqdn, partner: &Fqdn| -> Result<String, QuoteError> {
        let (asked, ask) = (name(pool)?, relationship(pool)?);
        Ok(format!("Test-Partner -Of {asked} -Is {} -By {{ {ask} -LocalStore }}", name(partner)?))
    };
    let (pool, partner) = (&case.pool().fqdn, &case.partner().fqdn);
    let check = vec![of(pool, partner)?, of(partner, pool)?];
    let step = case.step(StepAction::Pair, None, "Ask whether the pools are paired", (NONE, 2));
    Ok(step.with(Script { check, ..Script::default() }))
}

/// What the day of the disaster needs fresh.
fn back_up(case: &FailoverCase<'_>) -> Result<Step, RunbookError> {
    let locations = "Save-Export 'locations.zip' { param($File) Export-CsLisConfiguration -FileName $File }".to_owned();
    let mut run = vec![locations];
    if case.pool().application_server {
        let file = quote(&format!("response-groups-{}.zip", case.pool().fqdn))?;
        let source = quote(&format!("service:ApplicationServer:{}", case.pool().fqdn))?;
        run.push(format!("Save-Export {file} -Optional {{"));
        run.push(format!("    param($File) Export-CsRgsConfiguration -Source {source} -FileName $File"));
        run.push("}".to_owned());
    }
    let step = case.step(StepAction::BackUp, None, "Save the location information and the Response Groups", (NONE, 10));
    Ok(step.with(Script { needs_record: true, run, ..Script::default() }))
}

fn health(case: &FailoverCase<'_>) -> Result<Step, RunbookError> {
    let servers = case.all_front_ends()?;
    let until = vec![
        format!("Test-Replica -On {servers} -By $Replicas"),
        backup_service("InService", &servers),
        backup_service("Running", &servers),
    ];
    let enterprise = case.failover.pools.iter().filter(|pool| pool.edition == Edition::Enterprise);
    let fabric = enterprise.map(|pool| Ok(format!("Get-CsPoolFabricState -PoolFqdn {}", name(&pool.fqdn)?)));
    let warn = fabric.collect::<Result<Vec<_>, QuoteError>>()?;
    let title = "Check that both pools are healthy, and that the backup service runs on every Front End";
    // What was healthy before the failover need not be asked again after it: the record is enough.
    let script = Script { needs_record: true, warn, until, wait_minutes: Some(1), ..Script::default() };
    Ok(case.step(StepAction::Health, None, title, (NONE, 10)).with(script))
}
