//! A pool that is left without a partner loses the backup service; a former partner's copies go.

use super::NONE;
use super::front_ends::run_bootstrapper;
use crate::runbook::commands::{backup_service, name, partner};
use crate::runbook::error::Steps;
use crate::runbook::step::{Script, Step, StepAction};
use crate::runbook::view::{Direction, View};

pub(super) fn steps(view: &View) -> Steps {
    let mut steps = Vec::new();
    for (pool, server) in view.leaving() {
        let script = Script {
            needs_record: view.direction == Direction::Apply,
            done: vec![backup_service("Absent", &name(server)?)],
            run: run_bootstrapper(pool)?.to_vec(),
            ..Script::default()
        };
        let title = format!("Run Bootstrapper on {server}, to remove the backup service");
        let step = view.step_of_server(StepAction::Remove, (pool, server), &title, ("none expected", 15));
        steps.push(Step { on: Some(server.clone()), script, ..step });
    }
    for pool in view.deployed().filter(|pool| View::parts(pool)) {
        let script = Script {
            needs_record: true,
            check: vec![partner(&pool.fqdn, None, pool.backup_pool_before.as_ref())?],
            run: vec![format!("Remove-CsUserStoreBackupData -PoolFqdn {}", name(&pool.fqdn)?)],
            ..Script::default()
        };
        let title = format!("Remove the former partner's user data from {}", pool.fqdn);
        steps.push(Step { script, ..view.step_of_pool(StepAction::RemoveCopies, pool, &title, (NONE, 10)) });
    }
    Ok(steps)
}
