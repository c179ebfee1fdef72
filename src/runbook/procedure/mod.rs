//! The steps that a deployment needs, in the order in which they run, which is also that of the text: a step that waits
//! for all steps of an earlier kind comes after them.

mod after;
mod before;
mod front_ends;
mod publish;
mod synchronise;
mod title;

use crate::plan::deployment::{DeployedPool, Deployment, PublishRoute};
use crate::runbook::error::{RunbookError, check_host_names, check_steps, group};
use crate::runbook::quote::check_visible;
use crate::runbook::step::{BY_SERVER_ADMIN, Runbook, RunbookKind, Script, Step, StepKind};
use crate::runbook::view::{VendorPage, View};
use crate::topology::Fqdn;

/// The steps that implement a plan.
///
/// # Errors
///
/// When the deployment contains something that cannot be printed into a script, or something that a runbook needs is
/// unknown.
pub fn runbook(deployment: &Deployment) -> Result<Runbook, RunbookError> {
    build(deployment, RunbookKind::Apply)
}

/// The steps that undo a plan; they start from the state of the deployment.
///
/// # Errors
///
/// As [`runbook`].
pub fn undo(deployment: &Deployment) -> Result<Runbook, RunbookError> {
    build(deployment, RunbookKind::Undo)
}

fn build(deployment: &Deployment, kind: RunbookKind) -> Result<Runbook, RunbookError> {
    let view = View::new(deployment, kind);
    check(&view, deployment)?;
    let mut steps = before::steps(&view);
    if !deployment.as_requested {
        steps.extend(publish::steps(&view));
    }
    for part in [front_ends::steps, synchronise::steps, after::steps] {
        steps.extend(part(&view));
    }
    if view.is_undo {
        steps.iter_mut().for_each(loosen);
    }
    let rollback = if view.is_undo { UNDO_AGAIN } else { UNDO };
    steps.iter_mut().filter(|step| step.kind.rollback.is_empty()).for_each(|step| step.kind.rollback = rollback);
    check_steps(&steps)?;
    Ok(Runbook { kind, title: title::title(&view), steps })
}

/// An undo has to work with a server down and a sync that never ends: steps that can safely be left out say what is left
/// behind, and wait only a short time for servers that may be down.
fn loosen(step: &mut Step) {
    if !step.kind.left_behind.is_empty() {
        step.script.go_on = step.kind.left_behind.to_owned();
        step.script.wait_minutes = Some(10);
    }
}

const UNDO: &str = "stop; `undo.ps1` finds out what is to be undone";
const UNDO_AGAIN: &str = "run `undo.ps1 -Resume` again";
/// The undo rolls it back.
const UNDONE: StepKind = StepKind { rollback: "", ..BY_SERVER_ADMIN };
/// It needs setup permission.
const BY_DOMAIN_ADMIN: StepKind = StepKind {
    who: "member of RTCUniversalServerAdmins and of Domain Admins (or with delegated setup permission), local administrator where the file shares are",
    ..UNDONE
};
/// It runs on the server itself.
const BY_LOCAL_ADMIN: StepKind =
    StepKind { who: "local administrator of the server, in an elevated shell there", ..UNDONE };

impl View {
    /// A step of this kind; `about` is the pool or server that its id names.
    fn step(&self, kind: StepKind, about: Option<&Fqdn>, title: &str, script: Script) -> Step {
        Step::new(self.numbered(kind), about, title, script)
    }

    /// The kind by the number of the page. A change of partner has no new pair, but a new partner.
    fn numbered(&self, kind: StepKind) -> StepKind {
        let (number, heading) = match (self.page, kind.number) {
            (VendorPage::Abc, "6") => ("22", kind.heading),
            (VendorPage::Abc, "6a") => ("22a", kind.heading),
            (VendorPage::Abc, "7") => ("22b", kind.heading),
            (VendorPage::Abc, "8") => ("23", "On every Front End of a new partner, run Bootstrapper"),
            (VendorPage::Abc, "9") => (
                "23a",
                "After all of them, apply the cumulative update again there, one server at a time (added to the page)",
            ),
            (VendorPage::Abc, "10") => {
                ("23b", "On every Front End of a new partner, start the backup service (ABC 23 too)")
            }
            (VendorPage::Abc, "10a") => ("25", kind.heading),
            (VendorPage::Abc, "11") => ("26", kind.heading),
            (VendorPage::Abc, "11a") => ("26a", kind.heading),
            (VendorPage::None, "6") => ("G", kind.heading),
            (VendorPage::None, "6a") => ("H", kind.heading),
            (_, number) => (number, kind.heading),
        };
        StepKind { number, heading, ..kind }
    }

    /// Every server that is set up, of all pools.
    fn servers(&self) -> Vec<&Fqdn> {
        self.deployed().flat_map(|pool| &pool.machines).collect()
    }

    /// The servers that lose the backup service, with their pools. In an undo they count even if the plan says that their
    /// pool is not set up, since that may have changed.
    fn leaving(&self) -> impl Iterator<Item = (&DeployedPool, &Fqdn)> {
        let pools = self.deployment.pools.iter().filter(|pool| Self::parts(pool) && pool.backup_pool_after.is_none());
        let pools = pools.filter(|pool| pool.deployed || self.is_undo);
        pools.flat_map(|pool| pool.machines.iter().map(move |server| (pool, server)))
    }

    /// The final position of the live topology, in the terms of the module.
    fn goal(&self) -> &'static str {
        if self.is_undo { "Before" } else { "After" }
    }
}

/// Refuses what no script may contain, before any line is made.
fn check(view: &View, deployment: &Deployment) -> Result<(), RunbookError> {
    deployment.pools.iter().try_for_each(check_names)?;
    for (seen, pool) in view.deployment.pools.iter().zip(&deployment.pools) {
        check_pool(view, seen, pool.backup_pool_after.as_ref())?;
    }
    let hashes = [&deployment.baseline_text_sha256, &deployment.result_text_sha256];
    if deployment.publish_route == PublishRoute::Cmdlet && hashes.contains(&&None) {
        return Err(RunbookError::NoTextHash);
    }
    let names = [&deployment.topology_file, &deployment.result_sha256].into_iter().chain(hashes.into_iter().flatten());
    Ok(names.into_iter().try_for_each(|name| check_visible(name))?)
}

/// `pool` as the view has it, `partner` as the plan has it: only the view knows what an undo or a pair that is there
/// already does with the store.
fn check_pool(view: &View, pool: &DeployedPool, partner: Option<&Fqdn>) -> Result<(), RunbookError> {
    let fqdn = pool.fqdn.clone();
    let changes_store = pool.gains_central_management || pool.loses_central_management;
    match partner.filter(|partner| view.pool(partner).is_none()) {
        _ if pool.program_folder.is_none() => Err(RunbookError::UnknownProduct { pool: fqdn, version: pool.version }),
        _ if changes_store && pool.sql_instance.is_none() => Err(RunbookError::NoSqlInstance { pool: fqdn }),
        Some(partner) => Err(RunbookError::UnknownPartner { pool: fqdn, partner: partner.clone() }),
        None => Ok(()),
    }
}

fn check_names(pool: &DeployedPool) -> Result<(), RunbookError> {
    let names = group("pool", &pool.fqdn, "Front End", &pool.machines);
    let partners = pool.backup_pool_before.iter().chain(&pool.backup_pool_after);
    let names = names.chain(partners.map(|partner| ("backup pool", partner)));
    let names = names.chain(pool.file_store.iter().map(|store| ("file server", &store.host)));
    check_host_names(names.chain(pool.sql_instance.iter().map(|sql| ("SQL server", &sql.server))))
}
