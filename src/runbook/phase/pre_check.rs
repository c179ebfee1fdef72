//! The pools are healthy.

use super::{Draft, Drafts, NOTHING_CHANGED, SERVER_ADMIN, Wording};
use crate::runbook::deployment::Edition;
use crate::runbook::quote::quote;
use crate::runbook::step::Task;
use crate::runbook::view::View;

const PRE_CHECK: Wording = Wording {
    title: "Check the health of {}",
    documented: "before step 1: a pool that is not healthy cannot be paired",
    who: SERVER_ADMIN,
    minutes: 10,
    precondition: "the live topology is the planned one; no pool is failed over",
    already_done: "the state file says so; after the publication, what stops in between is no reason to stop",
    action: "reads the replicas, the backup relationship, the fabric state (Enterprise), the Front Ends' services, and tries the ports to the partner",
    verification: "replicas up to date, relationship as planned from, services running, TCP 445, 5061, 135 and 9001 open towards the partner",
    on_failure: "repair what is reported before anything is published; open the ports on every firewall between the pools",
    repeatable: true,
    rollback: NOTHING_CHANGED,
};

pub(super) fn drafts(view: &View) -> Drafts {
    let mut drafts = Vec::new();
    for pool in view.deployed() {
        let name = quote(pool.fqdn.as_str())?;
        let mut commands = vec![
            "Get-CsManagementStoreReplicationStatus".to_owned(),
            format!("Get-CsPoolBackupRelationship -PoolFqdn {name}"),
        ];
        if pool.edition == Edition::Enterprise {
            commands.push(format!("Get-CsPoolFabricState -PoolFqdn {name}"));
        }
        for machine in &pool.machines {
            commands.push(format!("Get-CsWindowsService -ComputerName {}", quote(machine.as_str())?));
        }
        drafts.push(Draft::of_pool(Task::PreCheck, &PRE_CHECK, pool).with(commands));
    }
    Ok(drafts)
}
