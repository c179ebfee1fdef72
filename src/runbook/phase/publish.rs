//! The topology is published.

use super::{DOMAIN_ADMIN, Draft, Drafts, UNDO, Wording};
use crate::runbook::deployment::PublishRoute;
use crate::runbook::quote::quote;
use crate::runbook::step::{Kind, Task};
use crate::runbook::view::View;

const PUBLISH: Wording = Wording {
    title: "Publish the topology",
    documented: "step 1: publish the topology",
    who: DOMAIN_ADMIN,
    minutes: 15,
    precondition: "the file is the planned one, byte for byte; the live topology is the one before the change",
    already_done: "the live topology is the one after the change",
    action: "tries the publication without writing, then publishes, with a back-up file and a report",
    verification: "the live topology is the one after the change",
    on_failure: "read the report in the back-up directory; a document that is refused has changed nothing",
    repeatable: true,
    rollback: UNDO,
};

const ENABLE: Wording = Wording {
    title: "Enable the published topology",
    documented: "step 1: publishing by cmdlet is complete with Enable-CsTopology",
    who: DOMAIN_ADMIN,
    minutes: 10,
    precondition: "the live topology is the one after the change",
    already_done: "the state file says so; enabling again is safe",
    action: "enables the topology, with a report",
    verification: "the cmdlet ends without an error",
    on_failure: "read the report in the back-up directory; most often the account lacks setup permission",
    repeatable: true,
    rollback: UNDO,
};

const SIMPLE_URLS: Wording = Wording {
    title: "Compare the simple URLs with the saved ones",
    documented: "step 1: publishing by cmdlet can lose the simple URLs",
    who: DOMAIN_ADMIN,
    minutes: 10,
    precondition: "the simple URLs were saved before publishing",
    already_done: "the simple URLs are the saved ones",
    action: "puts back every simple URL configuration that is no longer the saved one",
    verification: "the simple URLs are the saved ones",
    on_failure: "set them by hand from the saved file, then run Enable-CsComputer on every Front End",
    repeatable: true,
    rollback: UNDO,
};

const BY_HAND: Wording = Wording {
    title: "Make the change in Topology Builder and publish it there",
    documented: "step 1: set the associated backup pool and the voice settings, then publish the topology",
    who: DOMAIN_ADMIN,
    minutes: 30,
    precondition: "the live topology is the one before the change",
    already_done: "the live backup relationships are those of the plan",
    action: "shows the exact values, and waits until the live topology has them",
    verification: "the live backup relationships and voice settings are those of the plan",
    on_failure: "read Topology Builder's publishing report; correct the values and publish again",
    repeatable: true,
    rollback: UNDO,
};

pub(super) fn drafts(view: &View) -> Drafts {
    match view.deployment.publish_route {
        PublishRoute::Cmdlet => by_cmdlet(view),
        PublishRoute::TopologyBuilder => Ok(vec![Draft::global(Task::PublishByHand, &BY_HAND)]),
    }
}

fn by_cmdlet(view: &View) -> Drafts {
    let (file, backup) = match view.kind {
        Kind::Apply => (view.deployment.topology_file.as_str(), "before-publish.xml"),
        Kind::Undo => ("before-topology.xml", "undo-publish.xml"),
    };
    let file = quote(file)?;
    let publish = format!("Publish-CsTopology -FileName {file}");
    Ok(vec![
        Draft::global(Task::Publish, &PUBLISH).with(vec![
            format!("{publish} -WhatIf"),
            format!("{publish} -BackupFileName {backup} -Report publish.html"),
        ]),
        Draft::global(Task::EnableTopology, &ENABLE)
            .about("enable")
            .with(vec!["Enable-CsTopology -Report enable.html".to_owned()]),
        Draft::global(Task::RestoreSimpleUrls, &SIMPLE_URLS)
            .about("simple-urls")
            .with(vec!["Get-CsSimpleUrlConfiguration".to_owned()]),
    ])
}
