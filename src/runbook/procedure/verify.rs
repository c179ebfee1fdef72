//! The result is what was planned.

use super::{NONE, Steps};
use crate::plan::deployment::CentralManagement;
use crate::runbook::commands::{name, names};
use crate::runbook::step::{Action, Script, Step};
use crate::runbook::view::{Direction, View};

pub(super) fn steps(view: &View) -> Steps {
    let mut check = vec![format!("& ${}", if view.direction == Direction::Apply { "Planned" } else { "Previous" })];
    if view.by_cmdlet() && !view.deployment.as_requested {
        check.push(format!("Test-Position -Is '{}'", view.goal()));
    }
    if !view.deployment.as_requested {
        check.push("Test-SimpleUrl -By $SimpleUrls".to_owned());
    }
    let active = |pool: &&_| View::central_management_after(pool) == CentralManagement::Active;
    for pool in view.deployment.pools.iter().filter(active) {
        let (pool, servers) = (name(&pool.fqdn)?, names(&pool.machines)?);
        check.push(format!("Test-CentralManagement -Pool {pool} -Servers {servers} -By {{"));
        check.push("    Get-CsManagementStoreReplicationStatus -CentralManagementStoreStatus".to_owned());
        check.push("}".to_owned());
    }
    let warn =
        vec!["$report = Get-ReportPath 'topology-test.html'".to_owned(), "Test-CsTopology -Report $report".to_owned()];
    let title = match view.direction {
        Direction::Apply => "Check that the result is what was planned",
        Direction::Undo => "Check that the change is taken back",
    };
    let step = view.step(Action::Verify, None, title, (NONE, 15));
    Ok(vec![Step { script: Script { check, warn, ..Script::default() }, ..step }])
}
