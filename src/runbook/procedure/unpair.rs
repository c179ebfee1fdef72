//! A pool that is left without a partner loses the backup service; a former partner's copies go.

use super::BY_LOCAL_ADMIN;
use crate::plan::deployment::DeployedPool;
use crate::runbook::commands::{backup_service, bootstrapper, name, partner};
use crate::runbook::step::{BY_SERVER_ADMIN, Script, Step, StepKind};
use crate::runbook::view::View;
use crate::topology::Fqdn;

pub(super) fn steps(view: &View) -> Vec<Step> {
    let removals = view.leaving().map(|(pool, server)| remove(view, pool, server));
    let former = view.deployed().filter(|pool| View::parts(pool));
    removals.chain(former.map(|pool| remove_copies(view, pool))).collect()
}

const REMOVE: StepKind = StepKind {
    number: "I",
    name: "bootstrap",
    heading: "On every Front End of a pool without a partner, run Bootstrapper, which removes the backup service",
    impact: "none expected",
    minutes: 15,
    expected: "exit code 0, and the service LYNCBACKUP is gone",
    on_failure: "read Bootstrapper's log; safe to repeat",
    left_behind: "the backup service on that server; run Bootstrapper there when it is back",
    ..BY_LOCAL_ADMIN
};

fn remove(view: &View, pool: &DeployedPool, server: &Fqdn) -> Step {
    let script = Script {
        needs_record: !view.is_undo,
        done: vec![backup_service("Absent", [server])],
        run: bootstrapper(pool).to_vec(),
        ..Script::default()
    };
    let title = format!("Run Bootstrapper on {server}, to remove the backup service");
    Step { on: Some(server.clone()), ..view.step(REMOVE, Some(server), &title, script) }
}

const REMOVE_COPIES: StepKind = StepKind {
    number: "J",
    name: "remove-copies",
    heading: "Remove the former partner's copies (ABC 21; here after the change, as the cmdlet's page says)",
    minutes: 10,
    expected: "the cmdlet ends without an error",
    on_failure: "run it again later",
    rollback: "the copies come back with a new pairing",
    left_behind: "copies of the former partner's user data; run the cmdlet later",
    ..BY_SERVER_ADMIN
};

fn remove_copies(view: &View, pool: &DeployedPool) -> Step {
    let script = Script {
        needs_record: true,
        check: vec![partner(&pool.fqdn, None, pool.backup_pool_before.as_ref())],
        run: vec![format!("Remove-CsUserStoreBackupData -PoolFqdn {}", name(&pool.fqdn))],
        ..Script::default()
    };
    let title = format!("Remove the former partner's user data from {}", pool.fqdn);
    view.step(REMOVE_COPIES, Some(&pool.fqdn), &title, script)
}
