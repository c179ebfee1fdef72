//! The shell has the rights that the steps take.

use super::{DOMAIN_ADMIN, Draft, Drafts, NOTHING_CHANGED, Wording};
use crate::runbook::step::Task;
use crate::runbook::view::View;

const RIGHTS: Wording = Wording {
    title: "Check the rights of this shell",
    documented: "before step 1: the group memberships that publishing and the backup service cmdlets ask for",
    who: DOMAIN_ADMIN,
    minutes: 5,
    precondition: "an elevated Management Shell on a domain-joined server",
    already_done: "never: rights belong to the shell that runs now",
    action: "looks for elevation, RTCUniversalServerAdmins and Domain Admins among the groups of the shell",
    verification: "all are there; without Domain Admins, setup permission was delegated on the servers' organizational unit",
    on_failure: "open an elevated shell as a member of the groups; new memberships count after signing in again",
    repeatable: true,
    rollback: NOTHING_CHANGED,
};

pub(super) fn drafts(_: &View) -> Drafts {
    let commands = vec!["whoami.exe /groups".to_owned()];
    Ok(vec![Draft::global(Task::CheckRights, &RIGHTS).with(commands)])
}
