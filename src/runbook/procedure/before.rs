//! The steps before anything changes: confirmation, rights, back-ups, drift, health.

use crate::plan::deployment::{DeployedPool, Edition};
use crate::runbook::commands::{
    active_store, application_server, backup_service, fabric_state, instance, name, names, pool_fact, replicas,
    response_groups_file, store_databases,
};
use crate::runbook::quote::{quote, quote_line};
use crate::runbook::step::{BEFORE, BY_OPERATOR, Script, Step, StepKind};
use crate::runbook::view::View;
use crate::topology::{Fqdn, ServiceVersion};

pub(super) fn steps(view: &View) -> Vec<Step> {
    let mut steps = vec![confirm(view), rights(view)];
    if view.is_undo {
        steps.push(find(view));
    } else if !view.deployment.as_requested {
        steps.extend([back_up(view), drift(view)]);
        steps.extend(health(view));
    }
    if view.by_cmdlet() && !view.deployment.as_requested {
        steps.extend(store_databases_of(view, Edition::Enterprise, CENTRAL_MANAGEMENT));
    }
    steps
}

const CONFIRM: StepKind = StepKind {
    number: "A",
    name: "confirm",
    heading: "Confirm the plan",
    minutes: 10,
    expected: "script, module and topology are those of the bundle; every answer is yes",
    on_failure: "copy the bundle again, or correct the request and plan again",
    who: BY_OPERATOR.who,
    ..BEFORE
};

fn confirm(view: &View) -> Step {
    let deployment = &view.deployment;
    let mut check = vec!["Assert-Bundle -By $Hashes".to_owned()];
    check.extend(deployment.pools.iter().map(|pool| format!("Write-Note {}", quote_line(&fact(pool)))));
    if view.is_undo {
        check.push("Assert-Yes 'Is this the change to undo, now?'".to_owned());
    } else {
        for allowed in &deployment.allowed {
            let text = format!("allowed: {}: {} Reason: {}", allowed.rule, allowed.message, allowed.reason);
            check.push(format!("Write-Warning -Message {}", quote_line(&text)));
        }
        if deployment.as_requested {
            let found = "the association was found as requested: nothing is published, and 6a-replicate is first";
            check.push(format!("Write-Note '  {found}'"));
        }
        check.push(
            "Assert-Yes 'Is this the reviewed plan, inside its maintenance window, with no pool failed over?'"
                .to_owned(),
        );
        check.extend(deployment.questions.iter().map(|question| format!("Assert-Yes {}", quote_line(question))));
    }
    view.step(CONFIRM, None, "Confirm the plan", Script { check, ..Script::default() })
}

/// A pool with its partner before and after, on one line.
fn fact(pool: &DeployedPool) -> String {
    let partner = |pool: &Option<Fqdn>| pool.as_ref().map_or("none", Fqdn::as_str).to_owned();
    let (before, after) = (partner(&pool.backup_pool_before), partner(&pool.backup_pool_after));
    let deployed = if pool.deployed { "" } else { ", not set up yet" };
    let place = format!("{}, site {}{deployed}", pool.product_and_origin(), pool.site);
    pool_fact(&pool.fqdn, pool.edition, &place, &format!("backup pool {before} -> {after}; "), &pool.machines)
}

const RIGHTS: StepKind = StepKind {
    number: "B",
    name: "rights",
    heading: "Check the rights of this shell",
    expected: "an elevated shell with the groups that are asked for",
    on_failure: "start the shell as administrator, or use another account",
    ..BEFORE
};

fn rights(view: &View) -> Step {
    let check = vec![format!("Assert-Right -On {} -By $Permission", list(view.servers()))];
    view.step(RIGHTS, None, "Check the rights of this shell", Script { check, ..Script::default() })
}

/// The servers as a list of literals, which may be empty.
fn list<'a>(servers: impl IntoIterator<Item = &'a Fqdn>) -> String {
    let servers = names(servers);
    if servers.is_empty() { "@()".to_owned() } else { servers }
}

const BACK_UP: StepKind = StepKind {
    number: "C",
    name: "back-up",
    heading: "Save what could be lost",
    minutes: 10,
    expected: "every file exists and is not empty; save call park music, announcements, monitoring and archiving databases by hand, and all of it regularly",
    on_failure: "free space or rights on the back-up directory, then -Resume",
    ..BEFORE
};

fn back_up(view: &View) -> Step {
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
        let groups = response_groups_file(&pool.fqdn);
        let source = application_server(&pool.fqdn);
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

const DRIFT: StepKind = StepKind {
    number: "D",
    name: "drift",
    heading: "Check that nothing changed since the export",
    expected: "the live topology is the one that was exported, or the planned one",
    on_failure: "export the topology again and plan again",
    ..BEFORE
};

fn drift(view: &View) -> Step {
    let script = Script { check: vec!["Assert-NoDrift".into()], ..Script::default() };
    view.step(DRIFT, None, "Check that nothing changed since the export", script)
}

const FIND: StepKind = StepKind {
    number: "D",
    name: "find",
    heading: "Find out what is to be undone: no check of a pool's health stops an undo",
    expected: "reports what is published and what runs; ends the run if there is nothing to undo",
    on_failure: "make the change in Topology Builder, with the values of the plan",
    ..BEFORE
};

fn find(view: &View) -> Step {
    let losing = list(view.leaving().map(|(_, server)| server));
    let check = vec![format!("Find-Change -Servers {losing} -Service $Services -SimpleUrl $SimpleUrls")];
    let warn = vec![format!("Test-Service -Is 'InService' -On {} -By $Services", list(view.servers()))];
    view.step(FIND, None, "Find out what is to be undone", Script { check, warn, ..Script::default() })
}

/// Ports between pools and to the partner's file share; 9001 is known from field reports only.
const PORTS: &str = "5061, 135, 9001";

/// Less free space than this on a Front End causes a warning. No vendor page gives a number.
const FREE_GIGABYTES: u32 = 10;

const HEALTH: StepKind = StepKind {
    number: "E",
    name: "health",
    heading: "Check the health of the pools",
    minutes: 20,
    expected: "replicas up to date, services running; in the fabric state every routing group has a primary and a secondary; equal patch levels; repeat the port checks that warned from the servers that use them",
    on_failure: "repair the server that is named",
    ..BEFORE
};

fn health(view: &View) -> Option<Step> {
    let servers = names(view.servers());
    if servers.is_empty() {
        return None;
    }
    let mut warn = vec!["& $Previous".to_owned()];
    warn.extend(view.deployed().filter_map(|pool| fabric_state(&pool.fqdn, pool.edition)));
    if view.deployed().any(|pool| pool.version != ServiceVersion::LYNC_2013) {
        warn.push("Get-CsServerPatchVersion".to_owned());
    }
    let stores: Vec<_> = view.deployed().filter_map(|pool| Some(&pool.file_store.as_ref()?.host)).collect();
    warn.push(format!("Test-Port -On {servers} -Ports {PORTS}"));
    let edges = &view.deployment.edges;
    for (targets, port) in [(stores, 445), (edges.iter().collect(), 4443)] {
        if !targets.is_empty() {
            warn.push(format!("Test-Port -On {} -Ports {port}", names(targets)));
        }
    }
    warn.push(format!("Test-Disk -On {servers} -Gigabytes {FREE_GIGABYTES} -By $Disks"));
    let mut check = vec![replicas(view.servers()), backup_service("InService", view.servers())];
    check.extend(active_store(view));
    let done = vec![format!("Test-Position -Is '{}'", view.goal())];
    let script = Script { needs_record: true, done, check, warn, ..Script::default() };
    Some(view.step(HEALTH, None, "Check the health of the pools", script))
}

const CENTRAL_MANAGEMENT: StepKind = StepKind {
    number: "F",
    name: "central-management",
    heading: "Install the standby Central Management database, which the cmdlets do not create",
    minutes: 10,
    who: "member of RTCUniversalServerAdmins with sysadmin rights on the SQL instance",
    expected: "Test-CsDatabase shows xds and lis; a clustered instance needs -UseDefaultSqlPaths, and in an availability group both databases join it",
    on_failure: "check the rights and the firewall of the SQL instance",
    rollback: "the empty database may stay",
    left_behind: "the database of the standby store",
    ..BY_OPERATOR
};
pub(super) const STANDARD_CENTRAL_MANAGEMENT: StepKind = StepKind {
    number: "10a",
    heading: "Install the standby Central Management database on the Standard Edition server",
    ..CENTRAL_MANAGEMENT
};

/// The databases of the standby Central Management store, on pools of an edition.
pub(super) fn store_databases_of(view: &View, edition: Edition, kind: StepKind) -> impl Iterator<Item = Step> {
    let pools = view.deployed().filter(move |pool| pool.edition == edition && pool.gains_central_management);
    pools.filter_map(move |pool| {
        let sql = pool.sql_instance.as_ref()?;
        let script = Script {
            done: vec![store_databases(sql)],
            run: vec![format!("Install-CsDatabase -CentralManagementDatabase {}", instance("", sql))],
            ..Script::default()
        };
        let title = format!("Install the Central Management database for {}", pool.fqdn);
        Some(view.step(kind, Some(&pool.fqdn), &title, script))
    })
}
