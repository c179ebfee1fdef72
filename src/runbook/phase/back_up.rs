//! What could be lost is saved.

use super::{Draft, Drafts, NOTHING_CHANGED, SERVER_ADMIN, Wording};
use crate::runbook::quote::quote;
use crate::runbook::step::{Kind, Task};
use crate::runbook::view::View;

const DEPLOYMENT: Wording = Wording {
    title: "Save the topology, the configuration, the locations and the simple URLs",
    documented: "before step 1: the back-ups that any change of the topology asks for",
    who: SERVER_ADMIN,
    minutes: 10,
    precondition: "the back-up directory can be written to",
    already_done: "a file that is there is kept, so that a second run never overwrites the state before the change",
    action: "exports into the back-up directory",
    verification: "every file exists and is not empty",
    on_failure: "nothing has changed: free space or rights on the back-up directory, then run again",
    repeatable: true,
    rollback: NOTHING_CHANGED,
};

const POOL: Wording = Wording {
    title: "Save the user data and Response Groups of {}",
    documented: "before step 1: the back-ups that any change of the topology asks for",
    who: SERVER_ADMIN,
    minutes: 15,
    precondition: "the back-up directory can be written to",
    already_done: "a file that is there is kept",
    action: "exports the pool's user data, and its Response Groups where it has any",
    verification: "the user data file exists and is not empty",
    on_failure: "nothing has changed: run the export by hand to see its error, then run again",
    repeatable: true,
    rollback: NOTHING_CHANGED,
};

pub(super) fn drafts(view: &View) -> Drafts {
    let prefix = file_prefix(view.kind);
    let mut drafts = vec![Draft::global(Task::BackUp, &DEPLOYMENT).with(vec![
        format!("(Get-CsTopology -AsXml).ToString() > {prefix}topology.xml"),
        format!("Export-CsConfiguration -FileName {prefix}configuration.zip"),
        format!("Export-CsLisConfiguration -FileName {prefix}locations.zip"),
        format!("Get-CsSimpleUrlConfiguration | Export-Clixml -Path {prefix}simple-urls.xml"),
    ])];
    for pool in view.deployed() {
        let name = quote(pool.fqdn.as_str())?;
        let source = quote(&format!("service:ApplicationServer:{}", pool.fqdn))?;
        drafts.push(Draft::of_pool(Task::BackUpPool, &POOL, pool).with(vec![
            format!("Export-CsUserData -PoolFqdn {name} -FileName {prefix}users-{}.zip", pool.fqdn),
            format!("Export-CsRgsConfiguration -Source {source} -FileName {prefix}response-groups-{}.zip", pool.fqdn),
        ]));
    }
    Ok(drafts)
}

/// The undo keeps its own files apart: it needs those of the runbook.
fn file_prefix(kind: Kind) -> &'static str {
    match kind {
        Kind::Apply => "before-",
        Kind::Undo => "undo-",
    }
}
