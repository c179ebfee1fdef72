//! The head of the scripts of a failover, a failback and a rehearsal.

use super::head::Head;
use super::plan_id;
use crate::failover::Failover;
use crate::notation::{Evidence, basis};
use crate::runbook::quote::{comment, quote};
use crate::runbook::step::RunbookKind;

/// Everything up to the first step.
pub(super) fn head(failover: &Failover, kind: RunbookKind) -> Head {
    let id = quote(&plan_id(failover));
    Head {
        description: description(failover, kind),
        help: include_str!("failover_help.txt"),
        parameters: include_str!("failover_parameters.ps1"),
        plan: vec![
            format!("Kind = '{}'; Undo = $false; Recurs = $true; Id = {id}", kind.name()),
            "Script = $PSCommandPath".to_owned(),
        ],
        paths: String::new(),
        blocks: String::new(),
        start: "Invoke-Runbook -Plan $Plan -Cmdlet $PSCmdlet -Procedure {",
    }
}

fn description(failover: &Failover, kind: RunbookKind) -> Vec<String> {
    let notation = &failover.notation;
    let evidence = match notation.evidence {
        Evidence::Learned => comment(&basis(notation.learned_from.as_ref())),
        Evidence::Unverified => "UNVERIFIED, so that step C asks the deployment".to_owned(),
    };
    let order = match kind {
        RunbookKind::Failback => ORDER_BACK,
        _ => ORDER_OVER,
    };
    let mut lines: Vec<_> = PAGE.iter().chain(order).chain(&RUN).map(|line| (*line).to_owned()).collect();
    lines.push(format!("poolpair {}, input {}", env!("CARGO_PKG_VERSION"), comment(&failover.input.sha256)));
    lines.push(format!("notation {}: {evidence}", comment(&notation.name)));
    lines
}

const PAGE: [&str; 2] = [
    "FO n is step n of the Microsoft page \"Failing over and failing back a pool in Skype for Business Server\", ABC n",
    "that of \"Front End pool ABC failover procedure in Lync Server 2013\". Pool failover is always manual.",
];
const ORDER_OVER: &[&str] = &[
    "The order differs from FO in one place: the Edge next hop is changed after the store, to which it is written.",
    "Where FO and the page of a cmdlet differ, the cmdlet's page is followed: a lost store is failed over",
    "with the names of the databases and -Force, one that answers with neither.",
];
const ORDER_BACK: &[&str] = &[
    "FO says that nothing but its cmdlet is needed; the page \"Configuring and monitoring the Backup Service\" asks for",
    "the content of conferences to be copied back: step 7.",
];
const RUN: [&str; 3] = [
    "Run it in an elevated Management Shell on a Front End of the backup pool; no file from the other site is needed.",
    "One question at the start; each change asks once (A answers all of them). -WhatIf changes and reads nothing.",
    "After a fault, continue with -Resume. -List prints the ids that -StartAt, -StopAfter and -Only take.",
];
