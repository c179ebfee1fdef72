//! What does not come along with a failover, and what has to go back.

use super::case::{FailoverCase, NONE};
use crate::runbook::error::{RunbookError, Steps};
use crate::runbook::quote::quote;
use crate::runbook::step::{RunbookKind, Script, Step, StepAction};
use crate::text::list;
use crate::topology::{Fqdn, ServiceVersion};

/// Imports and what is done by hand, where the pool has something to carry. A rehearsal is too short for it.
pub(super) fn over(case: &FailoverCase<'_>) -> Steps {
    if case.kind != RunbookKind::Failover {
        return Ok(Vec::new());
    }
    let pool = case.pool();
    let mut steps = Vec::new();
    // What is on the store's back end is lost with the pool, where the topology does not place the store elsewhere.
    if case.failover.central_management.active.as_ref().is_none_or(|host| *host == pool.fqdn) {
        steps.push(locations(case));
    }
    if pool.application_server {
        steps.extend([response_groups(case)?, applications(case)]);
    }
    let (from, to) = (&pool.fqdn, &case.partner().fqdn);
    steps.push(web(case, StepAction::WebTraffic, from, to));
    steps.extend(dependents(case, StepAction::Dependents, from, to));
    Ok(steps)
}

/// What was changed at the partner goes home.
pub(super) fn back(case: &FailoverCase<'_>) -> Steps {
    if case.kind != RunbookKind::Failback {
        return Ok(Vec::new());
    }
    let mut steps = Vec::new();
    if case.pool().application_server {
        steps.push(response_groups_back(case)?);
    }
    let (from, to) = (&case.partner().fqdn, &case.pool().fqdn);
    steps.push(web(case, StepAction::WebTrafficBack, from, to));
    steps.extend(dependents(case, StepAction::DependentsBack, from, to));
    Ok(steps)
}

fn locations(case: &FailoverCase<'_>) -> Step {
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
    case.step(StepAction::Locations, None, "Import the location information", (NONE, 10)).with(script)
}

/// From 2019 on the backup service may have copied the groups.
fn backed_up(case: &FailoverCase<'_>) -> Vec<String> {
    let lines = [
        "Get-CsBackupServiceConfiguration",
        "Write-Warning -Message 'say no where EnableRgsBackupService is True: they are there'",
    ];
    let may_be_there = case.pool().version >= ServiceVersion::SFB_2019;
    lines.into_iter().filter(|_| may_be_there).map(str::to_owned).collect()
}

/// Names that the partner has already make the import fail.
fn response_groups(case: &FailoverCase<'_>) -> Result<Step, RunbookError> {
    let pool = &case.pool().fqdn;
    let file = quote(&format!("response-groups-{pool}.zip"))?;
    let destination = service(&case.partner().fqdn)?;
    let script = Script {
        needs_record: true,
        check: vec![format!("Test-Export {file}")],
        warn: backed_up(case),
        by_hand: vec![
            "Names of queues, agent groups and workflows must be unique: rename what the partner has too".to_owned(),
            "Afterwards formal agents sign in again".to_owned(),
        ],
        run: vec![
            format!("Import-CsRgsConfiguration -Destination {destination} -FileName (Get-ExportPath {file})"),
            format!("Get-CsRgsWorkflow -Identity {destination} -Owner {}", service(pool)?),
        ],
        go_on: format!("the Response Groups of {pool}"),
        ..Script::default()
    };
    Ok(case.step(StepAction::ResponseGroups, None, "Import the Response Groups", (NONE, 15)).with(script))
}

fn applications(case: &FailoverCase<'_>) -> Step {
    let (pool, partner) = (&case.pool().fqdn, &case.partner().fqdn);
    let lines = vec![
        format!(
            "Announcements: Import-CsAnnouncementFile, then New-CsAnnouncement with -Parent service:ApplicationServer:{partner}"
        ),
        format!(
            "Unassigned numbers: Set-CsUnassignedNumber with -AnnouncementService {partner} and the new -AnnouncementName; not for ranges of Exchange Unified Messaging"
        ),
        format!(
            "Call Park: Get-CsCallParkOrbit shows whether {partner} has an orbit range; calls parked at {pool} are lost"
        ),
    ];
    let title = "Make announcements, unassigned numbers and Call Park ranges";
    by_hand(case, StepAction::Applications, title, lines, "announcements, unassigned numbers and Call Park")
}

fn web(case: &FailoverCase<'_>, action: StepAction, from: &Fqdn, to: &Fqdn) -> Step {
    let host = |fqdn: &Fqdn| {
        let pool = if *fqdn == case.pool().fqdn { case.pool() } else { case.partner() };
        pool.web_host.as_deref().unwrap_or("not in the topology")
    };
    let lines = vec![
        format!("DNS or GeoDNS: meet, dialin, lyncdiscover and scheduler lead to the web services of {to}"),
        format!("Web services outside: {} instead of {}", host(to), host(from)),
        format!("Load balancer: TCP 80, 443 and 4443 lead to {to}, and no longer to {from}"),
    ];
    let left = "meetings, dial-in pages, mobile clients and address book downloads by the old names";
    by_hand(case, action, &format!("Lead web traffic to {to}"), lines, left)
}

/// Next hops and gateways, where the topology shows any.
fn dependents(case: &FailoverCase<'_>, action: StepAction, from: &Fqdn, to: &Fqdn) -> Option<Step> {
    let dependents = &case.failover.dependents;
    let next_hops = [
        ("Trusted applications", &dependents.trusted_applications, "; ask their owners to try them"),
        ("Mediation pools", &dependents.mediation_pools, ""),
    ];
    let mut lines = Vec::new();
    for (what, pools, then) in next_hops.into_iter().filter(|(_, pools, _)| !pools.is_empty()) {
        lines
            .push(format!("{what}: in Topology Builder, make {to} the next hop of {}, and publish{then}", list(pools)));
    }
    if !dependents.gateways.is_empty() {
        let gateways = list(&dependents.gateways);
        let trunks = match action == StepAction::Dependents && !dependents.partner_has_gateways {
            true => format!("{to} has no gateway in the topology, so that voice routes need another trunk"),
            false => format!("look whether voice routes use the trunks of {to}"),
        };
        lines.push(format!(
            "Gateways: let {gateways} send calls to the Mediation Server of {to} instead of {from}; {trunks}"
        ));
    }
    let left = "trusted applications, Mediation pools and gateways that still point at the other pool";
    let title = format!("Point at {to} what points at {from}");
    (!lines.is_empty()).then(|| by_hand(case, action, &title, lines, left))
}

/// What only people can do, and may do later.
fn by_hand(case: &FailoverCase<'_>, action: StepAction, title: &str, by_hand: Vec<String>, left: &str) -> Step {
    let script = Script {
        needs_record: true,
        by_hand,
        run: vec!["Assert-Yes 'Is this done, or not needed?'".to_owned()],
        go_on: left.to_owned(),
        ..Script::default()
    };
    case.step(action, None, title, (NONE, 15)).with(script)
}

fn response_groups_back(case: &FailoverCase<'_>) -> Result<Step, RunbookError> {
    let (here, home) = (service(&case.partner().fqdn)?, service(&case.pool().fqdn)?);
    let script = Script {
        needs_record: true,
        warn: backed_up(case),
        run: vec![
            "$file = Get-ReportPath 'response-groups.zip'".to_owned(),
            format!("Export-CsRgsConfiguration -Source {here} -Owner {home} -FileName $file"),
            format!("Import-CsRgsConfiguration -Destination {home} -OverwriteOwner -FileName $file"),
        ],
        go_on: "changes that were made in Response Groups at the partner".to_owned(),
        ..Script::default()
    };
    let title = format!("Move the Response Groups of {} back", case.pool().fqdn);
    Ok(case.step(StepAction::ResponseGroupsBack, None, &title, (NONE, 15)).with(script))
}

fn service(pool: &Fqdn) -> Result<String, RunbookError> {
    Ok(quote(&format!("service:ApplicationServer:{pool}"))?)
}
