//! What does not come along with a failover, and what has to go back.

use super::case::{Case, NONE, Steps};
use crate::runbook::error::RunbookError;
use crate::runbook::quote::quote;
use crate::runbook::step::{Action, Kind, Script, Step};
use crate::topology::{Fqdn, ServiceVersion};

/// Imports and what is done by hand, where the pool has something to carry. A rehearsal is too short for it.
pub(super) fn over(case: &Case<'_>) -> Steps {
    if case.kind != Kind::Failover {
        return Ok(Vec::new());
    }
    let pool = case.pool();
    let mut steps = Vec::new();
    // What is on the store's back end is lost with the pool, where the topology does not place the store elsewhere.
    if case.failover.central_management.active.as_ref().is_none_or(|host| *host == pool.fqdn) {
        steps.push(locations(case));
    }
    if pool.application_server {
        steps.extend([response_groups(case)?, applications(case)?]);
    }
    steps.push(web(case, Action::WebTraffic, &pool.fqdn, &case.partner().fqdn)?);
    Ok(steps)
}

/// What was changed at the partner goes home.
pub(super) fn back(case: &Case<'_>) -> Steps {
    if case.kind != Kind::Failback {
        return Ok(Vec::new());
    }
    let mut steps = Vec::new();
    if case.pool().application_server {
        steps.push(response_groups_back(case)?);
    }
    steps.push(web(case, Action::WebTrafficBack, &case.partner().fqdn, &case.pool().fqdn)?);
    Ok(steps)
}

fn locations(case: &Case<'_>) -> Step {
    let script = Script {
        needs_record: true,
        check: vec!["Test-Export 'locations.zip'".to_owned()],
        run: vec![
            "Import-CsLisConfiguration -FileName (Get-ExportPath 'locations.zip')".to_owned(),
            "Publish-CsLisConfiguration".to_owned(),
        ],
        go_on: "the location information: emergency calls tell no location".to_owned(),
        ..Script::default()
    };
    case.step(Action::Locations, None, "Import the location information", (NONE, 10)).with(script)
}

/// Names that the partner has already make the import fail. From 2019 on the groups may be there already.
fn response_groups(case: &Case<'_>) -> Result<Step, RunbookError> {
    let pool = &case.pool().fqdn;
    let file = quote(&format!("response-groups-{pool}.zip"))?;
    let destination = service(&case.partner().fqdn)?;
    let mut warn = Vec::new();
    if case.pool().version >= ServiceVersion::SFB_2019 {
        warn.push("Get-CsBackupServiceConfiguration".to_owned());
        warn.push("Write-Warning -Message 'say no where EnableRgsBackupService is True: they are there'".to_owned());
    }
    let script = Script {
        needs_record: true,
        check: vec![format!("Test-Export {file}")],
        warn,
        by_hand: vec![
            "Names of queues, agent groups and workflows must be unique: rename what the partner has too".to_owned(),
            "Afterwards formal agents sign in again".to_owned(),
        ],
        run: vec![
            format!("Import-CsRgsConfiguration -Destination {destination} -FileName (Get-ExportPath {file})"),
            "Get-CsRgsWorkflow -ShowAll".to_owned(),
        ],
        go_on: format!("the Response Groups of {pool}"),
        ..Script::default()
    };
    Ok(case.step(Action::ResponseGroups, None, "Import the Response Groups", (NONE, 15)).with(script))
}

fn applications(case: &Case<'_>) -> Result<Step, RunbookError> {
    let (pool, partner) = (&case.pool().fqdn, &case.partner().fqdn);
    let by_hand = [
        format!("Announcements: Import-CsAnnouncementFile, then New-CsAnnouncement with -Parent service:ApplicationServer:{partner}"),
        "Unassigned numbers: Set-CsUnassignedNumber with the new announcement; not for ranges of Exchange Unified Messaging".to_owned(),
        format!("Call Park: Get-CsCallParkOrbit shows whether {partner} has an orbit range; calls parked at {pool} are lost"),
    ];
    let script = Script {
        needs_record: true,
        by_hand: by_hand.to_vec(),
        run: vec!["Assert-Yes 'Is this done, or not needed?'".to_owned()],
        go_on: "announcements, unassigned numbers and Call Park".to_owned(),
        ..Script::default()
    };
    let title = "Make announcements, unassigned numbers and Call Park ranges";
    Ok(case.step(Action::Applications, None, title, (NONE, 15)).with(script))
}

fn web(case: &Case<'_>, action: Action, from: &Fqdn, to: &Fqdn) -> Result<Step, RunbookError> {
    let names = [case.pool(), case.partner()]
        .map(|pool| (&pool.fqdn, pool.web_host.as_deref().unwrap_or("not in the topology")));
    let host = |fqdn: &Fqdn| names.iter().find(|(name, _)| *name == fqdn).map_or("", |(_, host)| host);
    let by_hand = vec![
        format!("DNS or GeoDNS: meet, dialin, lyncdiscover and scheduler lead to the web services of {to}"),
        format!("Web services outside: {} instead of {}", host(to), host(from)),
        format!("Load balancer: TCP 80, 443 and 4443 lead to {to}, and no longer to {from}"),
    ];
    let script = Script {
        needs_record: true,
        by_hand,
        run: vec!["Assert-Yes 'Is this done, or not needed?'".to_owned()],
        go_on: "meetings, dial-in pages, mobile clients and address book downloads by the old names".to_owned(),
        ..Script::default()
    };
    let title = format!("Lead web traffic to {to}");
    Ok(case.step(action, None, &title, (NONE, 15)).with(script))
}

fn response_groups_back(case: &Case<'_>) -> Result<Step, RunbookError> {
    let (here, home) = (service(&case.partner().fqdn)?, service(&case.pool().fqdn)?);
    let script = Script {
        needs_record: true,
        run: vec![
            "$file = Get-ReportPath 'response-groups.zip'".to_owned(),
            format!("Export-CsRgsConfiguration -Source {here} -Owner {home} -FileName $file"),
            format!("Import-CsRgsConfiguration -Destination {home} -OverwriteOwner -FileName $file"),
        ],
        go_on: "changes that were made in Response Groups at the partner".to_owned(),
        ..Script::default()
    };
    let title = format!("Move the Response Groups of {} back", case.pool().fqdn);
    Ok(case.step(Action::ResponseGroupsBack, None, &title, (NONE, 15)).with(script))
}

fn service(pool: &Fqdn) -> Result<String, RunbookError> {
    Ok(quote(&format!("service:ApplicationServer:{pool}"))?)
}
