//! Data and settings that do not fail over by themselves, and that have to be moved back.

use super::FailoverCase;
use crate::failover::FailoverPool;
use crate::runbook::commands::{application_server, response_groups_file};
use crate::runbook::step::{BY_OPERATOR, BY_SERVER_ADMIN, RunbookKind, Script, Step, StepKind};
use crate::text::list;
use crate::topology::{Fqdn, ServiceVersion};

/// Manual steps, which may be done later.
const BY_HAND: StepKind = StepKind {
    minutes: 15,
    expected: "each line is done, or not needed",
    on_failure: "continue: it can be done later",
    rollback: "the former values",
    ..BY_OPERATOR
};
const WEB_TRAFFIC: StepKind =
    StepKind { number: "5d", name: "web", heading: "Move the web traffic: a pool failover changes no DNS", ..BY_HAND };
const DEPENDENTS: StepKind = StepKind {
    number: "5e",
    name: "dependents",
    heading: "Point to the partner what points to the pool and does not fail over with it",
    ..BY_HAND
};

/// Imports and manual steps, if the pool has something to move.
pub(super) fn over(case: &FailoverCase<'_>) -> Vec<Step> {
    let pool = case.pool();
    let mut steps = Vec::new();
    // Location information on the store's back end is lost with the pool, unless the topology places the store elsewhere.
    if case.failover.central_management.active.as_ref().is_none_or(|host| *host == pool.fqdn) {
        steps.push(locations());
    }
    if pool.application_server {
        steps.extend([response_groups(case), applications(case)]);
    }
    steps.push(web(WEB_TRAFFIC, pool, case.partner()));
    steps.extend(dependents(case, DEPENDENTS, &pool.fqdn, &case.partner().fqdn));
    steps
}

/// Changes made at the partner are moved back.
pub(super) fn back(case: &FailoverCase<'_>) -> Vec<Step> {
    let mut steps = Vec::new();
    if case.pool().application_server {
        steps.push(response_groups_back(case));
    }
    let (from, to) = (case.partner(), case.pool());
    let web_traffic = StepKind { number: "9a", heading: "Move the web traffic back", ..WEB_TRAFFIC };
    steps.push(web(web_traffic, from, to));
    let heading = "Point back to the pool what was pointed to the partner";
    steps.extend(dependents(case, StepKind { number: "9b", heading, ..DEPENDENTS }, &from.fqdn, &to.fqdn));
    steps
}

const LOCATIONS: StepKind = StepKind {
    number: "5a",
    name: "locations",
    heading: "Import the location information, which does not come with the store (ABC 3)",
    minutes: 10,
    expected: "emergency calls have locations again",
    on_failure: "without a recent export, leave them until the pool is back",
    rollback: "Import-CsLisConfiguration with another file",
    ..BY_SERVER_ADMIN
};

fn locations() -> Step {
    let script = Script {
        needs_record: true,
        check: vec!["Test-Export 'locations.zip'".to_owned()],
        run: vec![
            "Import-CsLisConfiguration -FileName (Get-ExportPath 'locations.zip')".to_owned(),
            "Publish-CsLisConfiguration".to_owned(),
        ],
        go_on: "the location information: emergency calls carry no location".to_owned(),
        ..Script::default()
    };
    Step::new(LOCATIONS, None, "Import the location information", script)
}

/// From 2019 on the backup service may have copied the groups.
fn backed_up(case: &FailoverCase<'_>) -> Vec<String> {
    let lines = [
        "Get-CsBackupServiceConfiguration",
        "Write-Warning -Message 'say no where EnableRgsBackupService is True: they are already there'",
    ];
    let may_be_there = case.pool().version >= ServiceVersion::SFB_2019;
    lines.into_iter().filter(|_| may_be_there).map(str::to_owned).collect()
}

const RESPONSE_GROUPS: StepKind = StepKind {
    number: "5b",
    name: "response-groups",
    heading: "Import the Response Groups (ABC 4 and 5)",
    minutes: 15,
    who: "member of CsResponseGroupAdministrator or RTCUniversalServerAdmins",
    expected: "Get-CsRgsWorkflow lists the workflows of the failed pool, which stays their owner",
    on_failure: "rename duplicates; -ReplaceExistingRgsSettings overwrites the settings of the backup pool: only by hand",
    rollback: "remove the imported workflows after the failback",
    ..BY_SERVER_ADMIN
};

/// Names that already exist at the partner make the import fail.
fn response_groups(case: &FailoverCase<'_>) -> Step {
    let pool = &case.pool().fqdn;
    let file = response_groups_file(pool);
    let destination = application_server(&case.partner().fqdn);
    let script = Script {
        needs_record: true,
        check: vec![format!("Test-Export {file}")],
        warn: backed_up(case),
        by_hand: vec![
            "Names of queues, agent groups and workflows must be unique: rename those that the partner also has"
                .to_owned(),
            "Afterwards formal agents sign in again".to_owned(),
        ],
        run: vec![
            format!("Import-CsRgsConfiguration -Destination {destination} -FileName (Get-ExportPath {file})"),
            format!("Get-CsRgsWorkflow -Identity {destination} -Owner {}", application_server(pool)),
        ],
        go_on: format!("the Response Groups of {pool}"),
        ..Script::default()
    };
    Step::new(RESPONSE_GROUPS, None, "Import the Response Groups", script)
}

const APPLICATIONS: StepKind = StepKind {
    number: "5c",
    name: "applications",
    heading: "Recreate what is not copied: announcements and numbers (ABC 6), Call Park",
    ..BY_HAND
};

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
    let title = "Recreate announcements, unassigned numbers and Call Park ranges";
    by_hand(APPLICATIONS, title, lines, "announcements, unassigned numbers and Call Park")
}

fn web(kind: StepKind, from: &FailoverPool, to: &FailoverPool) -> Step {
    let [old, new] = [from, to].map(|pool| pool.web_host.as_deref().unwrap_or("not in the topology"));
    let (from, to) = (&from.fqdn, &to.fqdn);
    let lines = vec![
        format!("DNS or GeoDNS: meet, dialin, lyncdiscover and scheduler point to the web services of {to}"),
        format!("External web services: {new} instead of {old}"),
        format!("Load balancer: TCP 80, 443 and 4443 go to {to}, and no longer to {from}"),
    ];
    let left = "meetings, dial-in pages, mobile clients and address book downloads by the old names";
    by_hand(kind, &format!("Point web traffic to {to}"), lines, left)
}

/// Next hops and gateways, where the topology shows any.
fn dependents(case: &FailoverCase<'_>, kind: StepKind, from: &Fqdn, to: &Fqdn) -> Option<Step> {
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
        let trunks = match case.kind == RunbookKind::Failover && !dependents.partner_has_gateways {
            true => format!("{to} has no gateway in the topology, so that voice routes need another trunk"),
            false => format!("check whether voice routes use the trunks of {to}"),
        };
        lines.push(format!(
            "Gateways: let {gateways} send calls to the Mediation Server of {to} instead of {from}; {trunks}"
        ));
    }
    let left = "trusted applications, Mediation pools and gateways that still point to the other pool";
    (!lines.is_empty()).then(|| by_hand(kind, &format!("Point to {to} what points to {from}"), lines, left))
}

/// Manual steps, which may be done later.
fn by_hand(kind: StepKind, title: &str, by_hand: Vec<String>, left: &str) -> Step {
    let script = Script {
        needs_record: true,
        by_hand,
        run: vec!["Assert-Yes 'Is this done, or not needed?'".to_owned()],
        go_on: left.to_owned(),
        ..Script::default()
    };
    Step::new(kind, None, title, script)
}

const RESPONSE_GROUPS_BACK: StepKind = StepKind {
    number: "9",
    heading: "Move the Response Groups back, with what was changed in them",
    expected: "the groups are as they were at the backup pool",
    on_failure: "the exported file is in the back-up directory: import it by hand",
    rollback: "the export of before",
    ..RESPONSE_GROUPS
};

fn response_groups_back(case: &FailoverCase<'_>) -> Step {
    let (here, home) = (application_server(&case.partner().fqdn), application_server(&case.pool().fqdn));
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
    Step::new(RESPONSE_GROUPS_BACK, None, &title, script)
}
