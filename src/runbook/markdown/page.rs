//! The steps of the Microsoft page, each with the ids that do it.

use crate::plan::deployment::{CumulativeUpdate, PublishRoute};
use crate::runbook::step::Runbook;
use crate::runbook::view::{VendorPage, View};
use crate::topology::ServiceVersion;

/// A step of the page, what it says, and the numbers of the steps that do it.
type PageRow = (&'static str, &'static str, &'static [&'static str]);

const DEPLOY: [PageRow; 9] = [
    ("1", "the pools exist", &[]),
    ("2-5", "the associated backup pool, voice failover and its intervals", &[]),
    ("6", "publish the topology", &["6", "6a"]),
    ("7", "pools that are not deployed yet: deploy them, in place of 8 to 11", &["7"]),
    ("8", "Bootstrapper on every Front End of both pools", &["8"]),
    ("9", "the cumulative update again, on every Front End", &["9"]),
    ("10", "start the backup service on every Front End", &["10", "10a"]),
    ("11", "synchronise both pools and look at the status", &["11", "11a"]),
    ("note", "pool failover is always manual", &[]),
];

const ABC: [PageRow; 7] = [
    ("21", "remove the former partner's copies (here after the change)", &["J"]),
    ("22", "change the association and publish", &["22", "22a"]),
    ("23", "Bootstrapper and the backup service on the new partner", &["22b", "23", "23a", "23b"]),
    ("24", "stop and start the backup service on the pool that stays", &["24"]),
    ("25", "the Central Management database on a Standard Edition partner", &["25"]),
    ("26", "synchronise, the new partner first", &["26", "26a"]),
    ("added", "Bootstrapper removes the backup service of the former partner, which the page assumes lost", &["I"]),
];

const UNPAIR: [PageRow; 3] = [
    ("ABC 21", "remove the former partner's copies (here after the change)", &["J"]),
    ("ABC 22", "change the association and publish", &["G", "H"]),
    ("added", "Bootstrapper removes the backup service", &["I"]),
];

/// The table, under the name of the page.
pub(super) fn table(view: &View, runbook: &Runbook) -> String {
    let (page, rows): (&str, &[PageRow]) = match view.page {
        VendorPage::Deploy => ("*Deploy paired Front End pools for disaster recovery*", &DEPLOY),
        VendorPage::Abc => ("*Front End pool ABC failover procedure in Lync Server 2013*, steps 21 to 26", &ABC),
        VendorPage::None => (
            "no page describes an un-pairing as a whole; nearest is *Front End pool ABC failover procedure in Lync Server 2013*",
            &UNPAIR,
        ),
    };
    let mut out = format!(
        "Microsoft's procedure: {page}.\n\n| page step | what it says | steps here | how many |\n| --- | --- | --- | --- |\n"
    );
    for (number, words, numbers) in rows {
        let steps = runbook.steps.iter().filter(|step| numbers.contains(&step.kind.number));
        let ids: Vec<_> = steps.map(|step| format!("`{}`", step.id)).collect();
        let (ids, count) = match ids.len() {
            0 => (reason(view, number).to_owned(), String::from("-")),
            count => (ids.join(", "), count.to_string()),
        };
        out.push_str(&format!("| {number} | {words} | {ids} | {count} |\n"));
    }
    out.push('\n');
    if view.deployment.pools.iter().any(|pool| pool.version == ServiceVersion::LYNC_2013)
        && view.page == VendorPage::Deploy
    {
        out.push_str(LYNC_2013);
    }
    out
}

const LYNC_2013: &str = "\
Lync Server 2013's own page has ten steps and no update step: its 9 is 10 here, its 10 is 11; step 9 is taken over from the newer page.

";

/// Why no step does what the page says.
fn reason(view: &View, number: &str) -> &'static str {
    let deployment = &view.deployment;
    match number {
        "1" => "a fact of the input: see *Pools*",
        "2-5" if deployment.as_requested => "found as requested",
        "2-5" if deployment.publish_route == PublishRoute::TopologyBuilder => {
            "set in Topology Builder: see `6-publish`"
        }
        "2-5" => "set in the written file: see the three lines above",
        "6" => "does not apply: it was found published as requested",
        "7" if view.is_undo => "does not apply: an undo deploys nothing",
        "7" => "does not apply: the pools are deployed",
        "9" if deployment.pools.iter().any(|pool| pool.cumulative_update == CumulativeUpdate::None) => {
            "does not apply: the request says that no cumulative update was installed"
        }
        "note" => "in the head of the script",
        "25" => "does not apply: no Standard Edition server gains the store",
        _ if deployment.pools.iter().any(|pool| !pool.deployed) => "does not apply: step 7 replaces it",
        _ => "does not apply: nothing of this kind changes",
    }
}
