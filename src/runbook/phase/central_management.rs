//! The standby Central Management store gets its database.

use super::{Draft, Drafts, Wording};
use crate::runbook::deployment::SqlInstance;
use crate::runbook::error::RunbookError;
use crate::runbook::quote::quote;
use crate::runbook::step::Task;
use crate::runbook::view::View;

const DATABASE: Wording = Wording {
    title: "Install the Central Management database for {}",
    documented: "before step 1: Topology Builder creates it while publishing, the cmdlets do not",
    who: "member of RTCUniversalServerAdmins with sysadmin rights on the SQL instance",
    minutes: 10,
    precondition: "the pool's partner hosts the active store; the SQL instance answers",
    already_done: "the state file says so; the cmdlet leaves a database that is there as it is",
    action: "installs the database beside the pool's back end",
    verification: "the cmdlet ends without an error",
    on_failure: "check the rights on the SQL instance and its firewall; the active store is untouched",
    repeatable: true,
    rollback: "the empty database may stay: nothing refers to it yet",
};

pub(super) fn drafts(view: &View) -> Drafts {
    let mut drafts = Vec::new();
    for pool in view.deployed().filter(|pool| pool.gains_central_management) {
        let Some(instance) = &pool.sql_instance else {
            return Err(RunbookError::NoSqlInstance { pool: pool.fqdn.clone() });
        };
        let draft = Draft::of_pool(Task::InstallCentralManagement, &DATABASE, pool);
        drafts.push(draft.with(vec![command(instance)?]));
    }
    Ok(drafts)
}

/// The command that installs the database on `instance`; the default instance has no name.
pub(super) fn command(instance: &SqlInstance) -> Result<String, RunbookError> {
    let server = quote(instance.server.as_str())?;
    let install = format!("Install-CsDatabase -CentralManagementDatabase -SqlServerFqdn {server}");
    match instance.instance.as_str() {
        "" => Ok(install),
        name => Ok(format!("{install} -SqlInstanceName {}", quote(name)?)),
    }
}
