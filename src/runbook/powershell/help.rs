//! The comment-based help at the top of a script.

use crate::notation::basis;
use crate::runbook::deployment::{Evidence, NotationName, PublishRoute};
use crate::runbook::quote::comment;
use crate::runbook::step::Kind;
use crate::runbook::view::View;

const PARAMETERS: &str = include_str!("engine/help.ps1");

/// The whole block comment. What people wrote stands in it behind a dash, on one line each, so that it can neither
/// end the comment nor begin a section of the help.
pub(super) fn help(view: &View) -> String {
    let deployment = &view.deployment;
    let mut lines =
        vec!["<#".to_owned(), ".SYNOPSIS".to_owned(), synopsis(view.kind).to_owned(), ".DESCRIPTION".to_owned()];
    lines.extend(DESCRIPTION.map(str::to_owned));
    lines.push(String::new());
    lines.push(format!("    Input topology (SHA-256): {}", comment(&deployment.input_sha256)));
    lines.push(format!("    Planned topology (SHA-256): {}", comment(&deployment.result_sha256)));
    lines.push(format!("    Made by: poolpair {}", comment(&deployment.tool_version)));
    lines.push(format!("    Notation: {} ({})", comment(&deployment.notation.name), evidence(&deployment.notation)));
    lines.push(format!("    Published by: {}", route(deployment.publish_route)));
    for allowed in &deployment.allowed {
        let [rule, message, reason] = [&allowed.rule, &allowed.message, &allowed.reason].map(|text| comment(text));
        lines.push(format!("    - Allowed: {rule}: {message} Reason: {reason}"));
    }
    lines.extend(deployment.notes.iter().map(|note| format!("    - Note: {}", comment(note))));
    lines.extend(PARAMETERS.lines().map(str::to_owned));
    lines.extend(examples(view.kind));
    lines.push("#>\n".to_owned());
    lines.join("\n")
}

fn synopsis(kind: Kind) -> &'static str {
    match kind {
        Kind::Apply => "    Makes the planned Front End pool pairing real, one step after another.",
        Kind::Undo => "    Takes the planned Front End pool pairing back, one step after another.",
    }
}

const DESCRIPTION: [&str; 4] = [
    "    Run it in an elevated Management Shell on a domain-joined server. Every change asks first; -WhatIf changes",
    "    nothing, and reads nothing either. A failure stops the run; -Resume goes on after it.",
    "    Automatic failover covers voice only: pool failover and failback are always started by an administrator.",
    "    The data and the steps of this plan come first; the engine below them is the same in every script.",
];

fn evidence(notation: &NotationName) -> String {
    let basis = comment(&basis(notation.learned_from.as_ref()));
    match notation.evidence {
        Evidence::Learned => basis,
        Evidence::Unverified => format!("UNVERIFIED: {basis}"),
    }
}

fn route(route: PublishRoute) -> &'static str {
    match route {
        PublishRoute::Cmdlet => "Publish-CsTopology, with the written file",
        PublishRoute::TopologyBuilder => "Topology Builder, by hand; the written file is a preview",
    }
}

fn examples(kind: Kind) -> Vec<String> {
    let script = match kind {
        Kind::Apply => ".\\runbook.ps1",
        Kind::Undo => ".\\undo.ps1",
    };
    ["-List", "-WhatIf", "-Resume"].map(|option| format!(".EXAMPLE\n    {script} {option}")).to_vec()
}
