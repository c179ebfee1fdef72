//! The steps of the Microsoft page, each with the ids that do it.

use crate::plan::deployment::{CumulativeUpdate, PublishRoute};
use crate::runbook::step::{Runbook, StepAction, VendorPage};
use crate::runbook::view::{Direction, View};
use crate::topology::ServiceVersion;

type PageRow = (&'static str, &'static str, &'static [StepAction]);

const DEPLOY: [PageRow; 9] = [
    ("1", "the pools exist", &[]),
    ("2-5", "the associated backup pool, voice failover and its intervals", &[]),
    (
        "6",
        "publish the topology",
        &[StepAction::Publish, StepAction::Enable, StepAction::SimpleUrls, StepAction::Replicate],
    ),
    ("7", "pools that are not deployed yet: deploy them, in place of 8 to 11", &[StepAction::Deploy]),
    ("8", "Bootstrapper on every Front End of both pools", &[StepAction::Bootstrap]),
    ("9", "the cumulative update again, on every Front End", &[StepAction::Update]),
    ("10", "start the backup service on every Front End", &[StepAction::Start, StepAction::StandardCentralManagement]),
    ("11", "synchronise both pools and look at the status", &[StepAction::Synchronise, StepAction::Status]),
    ("note", "pool failover is always manual", &[]),
];

const ABC: [PageRow; 7] = [
    ("21", "remove the former partner's copies (here after the change)", &[StepAction::RemoveCopies]),
    (
        "22",
        "change the association and publish",
        &[StepAction::Publish, StepAction::Enable, StepAction::SimpleUrls, StepAction::Replicate],
    ),
    (
        "23",
        "Bootstrapper and the backup service on the new partner",
        &[StepAction::Deploy, StepAction::Bootstrap, StepAction::Update, StepAction::Start],
    ),
    ("24", "stop and start the backup service on the pool that stays", &[StepAction::Restart]),
    ("25", "the Central Management database on a Standard Edition partner", &[StepAction::StandardCentralManagement]),
    ("26", "synchronise, the new partner first", &[StepAction::Synchronise, StepAction::Status]),
    (
        "added",
        "Bootstrapper removes the backup service of the former partner, which the page takes for lost",
        &[StepAction::Remove],
    ),
];

const UNPAIR: [PageRow; 3] = [
    ("ABC 21", "remove the former partner's copies (here after the change)", &[StepAction::RemoveCopies]),
    (
        "ABC 22",
        "change the association and publish",
        &[StepAction::Publish, StepAction::Enable, StepAction::SimpleUrls, StepAction::Replicate],
    ),
    ("added", "Bootstrapper removes the backup service", &[StepAction::Remove]),
];

/// The table, under the name of the page.
pub(super) fn table(view: &View, runbook: &Runbook) -> String {
    let (page, rows): (&str, &[PageRow]) = match runbook.page {
        VendorPage::Deploy => ("*Deploy paired Front End pools for disaster recovery*", &DEPLOY),
        VendorPage::Abc => ("*Front End pool ABC failover procedure in Lync Server 2013*, steps 21 to 26", &ABC),
        VendorPage::None | VendorPage::FailingOver => (
            "no page describes an un-pairing as a whole; nearest is *Front End pool ABC failover procedure in Lync Server 2013*",
            &UNPAIR,
        ),
    };
    let mut out = format!(
        "Microsoft's procedure: {page}.\n\n| page step | what it says | steps here | how many |\n| --- | --- | --- | --- |\n"
    );
    for (number, words, actions) in rows {
        let ids = ids(runbook, actions);
        let (ids, count) = match ids.len() {
            0 => (reason(view, number).to_owned(), String::from("-")),
            count => (ids.join(", "), count.to_string()),
        };
        out.push_str(&format!("| {number} | {words} | {ids} | {count} |\n"));
    }
    out.push('\n');
    if view.deployment.pools.iter().any(|pool| pool.version == ServiceVersion::LYNC_2013)
        && runbook.page == VendorPage::Deploy
    {
        out.push_str(LYNC_2013);
    }
    out
}

const LYNC_2013: &str = "\
Lync Server 2013's own page has ten steps and no update step: its 9 is 10 here, its 10 is 11; step 9 is taken over from the newer page.

";

fn ids(runbook: &Runbook, actions: &[StepAction]) -> Vec<String> {
    let steps = runbook.steps.iter().filter(|step| actions.contains(&step.action));
    steps.map(|step| format!("`{}`", step.id)).collect()
}

/// Why no step does what the page says.
fn reason(view: &View, number: &str) -> &'static str {
    let deployment = &view.deployment;
    let undo = view.direction == Direction::Undo;
    match number {
        "1" => "a fact of the input: see *Pools*",
        "2-5" if deployment.as_requested => "found as requested",
        "2-5" if deployment.publish_route == PublishRoute::TopologyBuilder => {
            "set in Topology Builder: see `6-publish`"
        }
        "2-5" => "set in the written file: see the three lines above",
        "6" => "does not apply: it was found published as requested",
        "7" if undo => "does not apply: an undo deploys nothing",
        "7" => "does not apply: the pools are deployed",
        "9" if deployment.pools.iter().any(|pool| pool.cumulative_update == CumulativeUpdate::None) => {
            "does not apply: the request says that no cumulative update was installed"
        }
        "note" => "in the head of the script",
        "25" => "does not apply: no Standard Edition server gains the store",
        _ if deployment.pools.iter().any(|pool| !pool.deployed) => "does not apply: 7 stands in its place",
        _ => "does not apply: nothing of this kind changes",
    }
}
