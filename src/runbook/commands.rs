//! The commands of the steps: the one place where a name becomes a part of a line that runs.
//!
//! What a script runs, what it prints for another server and what the checklist shows is the text made here.

use crate::plan::deployment::{
    BackEndInstance, CentralManagement, CumulativeUpdate, DeployedPool, Edition, VoiceSettings,
};
use crate::runbook::error::RunbookError;
use crate::runbook::quote::{QuoteError, quote};
use crate::runbook::view::View;
use crate::topology::{Fqdn, ServiceVersion};

/// A name as a literal. Names of hosts were checked before any step is made.
pub(super) fn name(fqdn: &Fqdn) -> Result<String, QuoteError> {
    quote(fqdn.as_str())
}

/// Names as a list of literals.
pub(super) fn names<'a>(fqdns: impl IntoIterator<Item = &'a Fqdn>) -> Result<String, QuoteError> {
    let names: Result<Vec<_>, _> = fqdns.into_iter().map(name).collect();
    Ok(names?.join(", "))
}

/// The test of the services on servers.
pub(super) fn backup_service(is: &str, servers: &str) -> String {
    format!("Test-Service -Is '{is}' -On {servers} -By $Services")
}

/// The test that the active Central Management store is where the topology has it, where that is a pool of the plan.
pub(super) fn active_store(view: &View) -> Result<Option<String>, QuoteError> {
    let pools = view.deployment.pools.iter();
    let active = pools.filter(|pool| pool.central_management_after() == CentralManagement::Active);
    let test = |pool: &DeployedPool| {
        let names = names(std::iter::once(&pool.fqdn).chain(pool.machines.iter().filter(|one| **one != pool.fqdn)))?;
        Ok(format!("Test-CentralManagement -On {names} -By $Store"))
    };
    active.map(test).next().transpose()
}

/// The command that shows the partner of a pool.
pub(super) fn relationship(pool: &Fqdn) -> Result<String, QuoteError> {
    Ok(format!("Get-CsPoolBackupRelationship -PoolFqdn {}", name(pool)?))
}

/// The test that a pool has the partner `is`, and no longer the partner `is_not`.
pub(super) fn partner(pool: &Fqdn, is: Option<&Fqdn>, is_not: Option<&Fqdn>) -> Result<String, QuoteError> {
    let mut test = format!("Test-Partner -Of {}", name(pool)?);
    if let Some(is) = is {
        test = format!("{test} -Is {}", name(is)?);
    }
    if let Some(is_not) = is_not.filter(|is_not| Some(*is_not) != is) {
        test = format!("{test} -IsNot {}", name(is_not)?);
    }
    Ok(format!("{test} -By {{ {} }}", relationship(pool)?))
}

/// The test of a pool's voice settings, by the names that `Set-CsRegistrar` has for them.
pub(super) fn voice(pool: &Fqdn, settings: VoiceSettings) -> Result<String, QuoteError> {
    let mut fields = vec![format!("EnableAutomaticFailover = ${}", settings.automatic)];
    let seconds = [
        ("FailureDetectionInterval", settings.failure_detection_seconds),
        ("FailbackDetectionInterval", settings.failback_seconds),
    ];
    fields.extend(seconds.into_iter().filter_map(|(field, value)| Some(format!("{field} = {}", value?))));
    let name = name(pool)?;
    let expected = fields.join("; ");
    Ok(format!(
        "Test-Registrar -Of {name} -By {{ Get-CsService -Registrar -PoolFqdn {name} }} `\n        -Expected @{{ {expected} }}"
    ))
}

/// The parameters that name an instance, with what their names begin with; the default instance has no name.
pub(super) fn instance(prefix: &str, sql: &BackEndInstance) -> Result<String, QuoteError> {
    let server = name(&sql.server)?;
    Ok(match sql.instance.as_str() {
        "" => format!("-{prefix}SqlServerFqdn {server}"),
        instance => format!("-{prefix}SqlServerFqdn {server} -{prefix}SqlInstanceName {}", quote(instance)?),
    })
}

/// The test that the databases of the Central Management store are on a back end.
pub(super) fn store_databases(sql: &BackEndInstance) -> Result<String, QuoteError> {
    Ok(format!("Test-Store -By {{ Test-CsDatabase -CentralManagementDatabase {} }}", instance("", sql)?))
}

/// The call of Bootstrapper, without switches.
pub(super) fn bootstrapper(pool: &DeployedPool) -> Result<String, RunbookError> {
    let unknown = || RunbookError::UnknownProduct { pool: pool.fqdn.clone(), version: pool.version };
    let folder = pool.program_folder.as_deref().ok_or_else(unknown)?;
    let plain = |c: char| c.is_ascii_alphanumeric() || " ._-()".contains(c);
    if folder.chars().all(plain) {
        return Ok(format!("& \"$env:ProgramFiles\\{folder}\\Deployment\\Bootstrapper.exe\""));
    }
    let path = format!("{}\\Deployment\\Bootstrapper.exe", folder.trim_end_matches('\\'));
    Ok(format!("& {}", quote(&path)?))
}

/// The file name of the installer of a product's cumulative update.
pub(super) fn update_program(version: ServiceVersion) -> &'static str {
    match version {
        ServiceVersion::LYNC_2013 => "LyncServerUpdateInstaller.exe",
        _ => "SkypeServerUpdateInstaller.exe",
    }
}

/// The lines that apply the cumulative update on a server, as the page for its edition and version has them.
pub(super) fn update(pool: &DeployedPool, server: &Fqdn) -> Result<Vec<String>, RunbookError> {
    let [install, show, stop] = install(pool)?;
    let server = name(server)?;
    let standard = [
        "# in a window that is closed afterwards; close every Management Shell on this server too",
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
    let lines = match (pool.edition, pool.version) {
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
    };
    Ok(lines)
}

/// The installer's call and the look at its exit code. Its folder is a variable where the request does not declare it.
fn install(pool: &DeployedPool) -> Result<[String; 3], RunbookError> {
    let program = update_program(pool.version);
    let (file, folder) = match &pool.cumulative_update {
        CumulativeUpdate::Installed { installer, .. } => {
            let folder = installer.rsplit_once(['\\', '/']).map_or(".", |(folder, _)| folder);
            (quote(installer)?, quote(folder)?)
        }
        CumulativeUpdate::Undeclared | CumulativeUpdate::None => {
            (format!("\"$UpdateFolder\\{program}\""), "$UpdateFolder".to_owned())
        }
    };
    Ok([
        format!(
            "$setup = Start-Process -FilePath {file} -ArgumentList '/silentmode' -WorkingDirectory {folder} -Wait -PassThru"
        ),
        "\"exit code of the installer: $($setup.ExitCode)\"".to_owned(),
        "if ($setup.ExitCode -ne 0) { throw 'the update is not complete; after exit code 2 or 3010, restart first' }"
            .to_owned(),
    ])
}
