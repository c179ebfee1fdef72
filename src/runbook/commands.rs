//! The commands of the steps: the only place where a name becomes part of a command line.
//!
//! Scripts run this text, print it for other servers, and checklists show it.

use crate::plan::deployment::{
    BackEndInstance, CentralManagement, CumulativeUpdate, DeployedPool, Edition, VoiceSettings,
};
use crate::runbook::quote::quote;
use crate::runbook::view::View;
use crate::topology::{Fqdn, ServiceVersion};

/// A name as a literal. Host names are checked before any step is made.
pub(super) fn name(fqdn: &Fqdn) -> String {
    quote(fqdn.as_str())
}

/// Names as a list of literals.
pub(super) fn names<'a>(fqdns: impl IntoIterator<Item = &'a Fqdn>) -> String {
    fqdns.into_iter().map(name).collect::<Vec<_>>().join(", ")
}

/// The test of the services on servers.
pub(super) fn backup_service<'a>(is: &str, servers: impl IntoIterator<Item = &'a Fqdn>) -> String {
    format!("Test-Service -Is '{is}' -On {} -By $Services", names(servers))
}

/// The test that the active Central Management store is where the topology has it, if that is a pool of the plan.
pub(super) fn active_store(view: &View) -> Option<String> {
    let mut pools = view.deployment.pools.iter();
    let pool = pools.find(|pool| pool.central_management_after() == CentralManagement::Active)?;
    Some(store_is("-On", &pool.fqdn, &pool.machines))
}

/// The test that the active Central Management store is `-On` a pool or `-NotOn` it, by its name or those of its Front
/// Ends.
pub(super) fn store_is(place: &str, pool: &Fqdn, machines: &[Fqdn]) -> String {
    let rest = machines.iter().filter(|machine| *machine != pool);
    format!("Test-CentralManagement {place} {} -By $Store", names(std::iter::once(pool).chain(rest)))
}

/// The test that a pool has no backlog for its partner.
pub(super) fn backup_status(pool: &Fqdn) -> String {
    format!("Test-BackupStatus -By {{ Get-CsBackupServiceStatus -PoolFqdn {} }}", name(pool))
}

/// The command that shows the fabric of an Enterprise pool.
pub(super) fn fabric_state(pool: &Fqdn, edition: Edition) -> Option<String> {
    (edition == Edition::Enterprise).then(|| format!("Get-CsPoolFabricState -PoolFqdn {}", name(pool)))
}

/// The service of a pool that Response Groups and announcements are homed on.
pub(super) fn application_server(pool: &Fqdn) -> String {
    quote(&format!("service:ApplicationServer:{pool}"))
}

/// The file that the Response Groups of a pool are saved to.
pub(super) fn response_groups_file(pool: &Fqdn) -> String {
    quote(&format!("response-groups-{pool}.zip"))
}

/// A pool on one line.
pub(super) fn pool_fact(pool: &Fqdn, edition: Edition, place: &str, more: &str, machines: &[Fqdn]) -> String {
    let servers: Vec<_> = machines.iter().map(Fqdn::as_str).collect();
    format!("{pool} ({edition:?} Edition, {place}): {more}Front Ends {}", servers.join(", "))
}

/// The test that servers have the published topology.
pub(super) fn replicas<'a>(servers: impl IntoIterator<Item = &'a Fqdn>) -> String {
    format!("Test-Replica -On {} -By $Replicas", names(servers))
}

/// The command that shows the partner of a pool.
pub(super) fn relationship(pool: &Fqdn) -> String {
    format!("Get-CsPoolBackupRelationship -PoolFqdn {}", name(pool))
}

/// The test that a pool has the partner `is`, and no longer the partner `is_not`.
pub(super) fn partner(pool: &Fqdn, is: Option<&Fqdn>, is_not: Option<&Fqdn>) -> String {
    let mut test = format!("Test-Partner -Of {}", name(pool));
    if let Some(is) = is {
        test = format!("{test} -Is {}", name(is));
    }
    if let Some(is_not) = is_not.filter(|is_not| Some(*is_not) != is) {
        test = format!("{test} -IsNot {}", name(is_not));
    }
    format!("{test} -By {{ {} }}", relationship(pool))
}

/// The test of a pool's voice settings, by the names that `Set-CsRegistrar` has for them.
pub(super) fn voice(pool: &Fqdn, settings: VoiceSettings) -> String {
    let mut fields = vec![format!("EnableAutomaticFailover = ${}", settings.automatic)];
    let seconds = [
        ("FailureDetectionInterval", settings.failure_detection_seconds),
        ("FailbackDetectionInterval", settings.failback_seconds),
    ];
    fields.extend(seconds.into_iter().filter_map(|(field, value)| Some(format!("{field} = {}", value?))));
    let name = name(pool);
    let expected = fields.join("; ");
    format!(
        "Test-Registrar -Of {name} -By {{ Get-CsService -Registrar -PoolFqdn {name} }} `\n        -Expected @{{ {expected} }}"
    )
}

/// The parameters that name an instance, with their prefix; the default instance has no name.
pub(super) fn instance(prefix: &str, sql: &BackEndInstance) -> String {
    instance_on(prefix, &name(&sql.server), &sql.instance)
}

/// The same for an instance on a server given as a literal or a variable.
pub(super) fn instance_on(prefix: &str, server: &str, instance: &str) -> String {
    match instance {
        "" => format!("-{prefix}SqlServerFqdn {server}"),
        instance => format!("-{prefix}SqlServerFqdn {server} -{prefix}SqlInstanceName {}", quote(instance)),
    }
}

/// The test that the databases of the Central Management store are on a back end.
pub(super) fn store_databases(sql: &BackEndInstance) -> String {
    format!("Test-Store -By {{ Test-CsDatabase -CentralManagementDatabase {} }}", instance("", sql))
}

/// The call of Bootstrapper, without switches, and the check of its exit code. A pool without a folder was refused.
pub(super) fn bootstrapper(pool: &DeployedPool) -> [String; 2] {
    let folder = pool.program_folder.as_deref().unwrap_or_default();
    let is_plain = folder.chars().all(|c| c.is_ascii_alphanumeric() || " ._-()".contains(c));
    let program = match is_plain {
        true => format!("\"$env:ProgramFiles\\{folder}\\Deployment\\Bootstrapper.exe\""),
        false => quote(&format!("{}\\Deployment\\Bootstrapper.exe", folder.trim_end_matches('\\'))),
    };
    let stop = "if ($LASTEXITCODE -ne 0) { throw \"Bootstrapper ended with exit code $LASTEXITCODE; read its log\" }";
    [format!("& {program}"), stop.to_owned()]
}

/// The file name of the installer of a product's cumulative update.
pub(super) fn update_program(version: ServiceVersion) -> &'static str {
    match version {
        ServiceVersion::LYNC_2013 => "LyncServerUpdateInstaller.exe",
        _ => "SkypeServerUpdateInstaller.exe",
    }
}

/// The installer of the cumulative update, if the request declares it.
pub(super) fn declared_installer(pool: &DeployedPool) -> Option<&str> {
    match &pool.cumulative_update {
        CumulativeUpdate::Installed { installer, .. } => Some(installer),
        CumulativeUpdate::Undeclared | CumulativeUpdate::None => None,
    }
}

/// The lines that apply the cumulative update on a server, as the page for its edition and version has them.
pub(super) fn update(pool: &DeployedPool, server: &Fqdn) -> Vec<String> {
    let [install, show, stop] = install(pool);
    let server = name(server);
    let standard = [
        "# in a window that you close afterwards; also close every Management Shell on this server",
        "Stop-CsWindowsService",
        "net stop w3svc",
        "# in a new window of plain, elevated PowerShell",
        &install,
        &show,
        &stop,
        "# in an elevated Management Shell",
        "Stop-CsWindowsService",
        "net start w3svc",
        "Install-CsDatabase -Update -LocalDatabases",
        "Start-CsWindowsService",
    ];
    let readiness = "$state = Get-CsPoolUpgradeReadinessState | Format-List | Out-String";
    let ready =
        "if ($state -notmatch '(?m)(^|:)\\s*Ready\\s*$') { throw \"wait 20 minutes and run this again: $state\" }";
    match (pool.edition, pool.version) {
        (Edition::Standard, _) => standard.map(str::to_owned).to_vec(),
        (Edition::Enterprise, ServiceVersion::LYNC_2013) => {
            let graceful = "Stop-CsWindowsService -Graceful";
            [readiness, ready, graceful, &install, &show, &stop, "Start-CsWindowsService"].map(str::to_owned).to_vec()
        }
        (Edition::Enterprise, _) => vec![
            format!("Invoke-CsComputerFailOver -ComputerName {server}"),
            install,
            show,
            stop,
            format!("Invoke-CsComputerFailBack -ComputerName {server}"),
        ],
    }
}

/// The installer's call and the check of its exit code. Its folder is a variable if the request does not declare it.
fn install(pool: &DeployedPool) -> [String; 3] {
    let program = update_program(pool.version);
    let (file, folder) = match declared_installer(pool) {
        Some(installer) => {
            let folder = installer.rsplit_once(['\\', '/']).map_or(".", |(folder, _)| folder);
            (quote(installer), quote(folder))
        }
        None => (format!("\"$UpdateFolder\\{program}\""), "$UpdateFolder".to_owned()),
    };
    [
        format!(
            "$setup = Start-Process -FilePath {file} -ArgumentList '/silentmode' -WorkingDirectory {folder} -Wait -PassThru"
        ),
        "\"exit code of the installer: $($setup.ExitCode)\"".to_owned(),
        "if ($setup.ExitCode -ne 0) { throw 'the update is not complete; after exit code 2 or 3010, restart first' }"
            .to_owned(),
    ]
}
