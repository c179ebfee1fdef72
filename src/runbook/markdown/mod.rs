//! The runbook as a checklist for people.

mod board;
mod failover;
mod page;
mod steps;
mod troubleshooting;

pub use board::{BLANKS, Board, Publishing, Topic, hours};
pub use failover::failover_markdown;

use crate::notation::basis;
use crate::plan::deployment::{DeployedPool, Deployment, Evidence, PublishRoute};
use crate::runbook::powershell::crlf;
use crate::runbook::step::Runbook;
use crate::runbook::view::View;
use crate::text::markdown::{escape, whole_prose};
use crate::topology::Fqdn;
use steps::{name, pool_cells};

/// The checklist for a runbook: the same steps as the script, with the same ids and commands, in the same order.
///
/// Lines end in CRLF, for it is read on a server. Everything that a topology or a request may hold is escaped.
pub fn markdown(deployment: &Deployment, runbook: &Runbook) -> String {
    let view = View::new(deployment, runbook.kind);
    let out = [
        format!("# {}\n\n", escape(&runbook.title)),
        changes(&view),
        page::table(&view, runbook),
        board::sections(deployment, runbook),
        facts(deployment),
        open_points(&view),
        START.replace("SCRIPT", runbook.kind.name()),
        "## Steps\n\n".to_owned() + &steps::sections(&runbook.steps),
        troubleshooting::NOT_REPLICATED.to_owned(),
        troubleshooting::table(troubleshooting::PAIRING),
    ];
    crlf(&out.concat())
}

/// What changes, in three lines.
fn changes(view: &View) -> String {
    let of_pools = |told: &dyn Fn(&DeployedPool) -> String| {
        let told = view.deployment.pools.iter().map(|pool| format!("{}: {}", name(&pool.fqdn), told(pool)));
        told.collect::<Vec<_>>().join("; ")
    };
    let partner = |fqdn: &Option<Fqdn>| fqdn.as_ref().map_or("none".to_owned(), name);
    let partners =
        of_pools(&|pool| format!("{} → {}", partner(&pool.backup_pool_before), partner(&pool.backup_pool_after)));
    let voice = of_pools(&|pool| pool.voice_after.map_or("not set".to_owned(), |voice| escape(&voice.to_string())));
    let route = match view.deployment.publish_route {
        _ if view.deployment.as_requested => "the association was found as requested; nothing is published",
        PublishRoute::Cmdlet => "published by cmdlet, with the written file",
        PublishRoute::TopologyBuilder => {
            "made and published by hand in Topology Builder; the written file is a preview"
        }
    };
    format!("- Backup pool: {partners}\n- Voice failover (detection / failback): {voice}\n- How: {route}\n\n")
}

fn facts(deployment: &Deployment) -> String {
    let mut out = "## Pools\n\n| pool | site | edition, product | Front Ends | line in the export |\n| --- | --- | --- | --- | --- |\n".to_owned();
    for pool in &deployment.pools {
        let cells = pool_cells(&pool.fqdn, &pool.site, pool.edition, &pool.product_and_origin(), &pool.machines);
        out.push_str(&format!("{cells} {} |\n", pool.line.map_or("".to_owned(), |line| line.to_string())));
    }
    let evidence = match deployment.notation.evidence {
        Evidence::Learned => escape(&basis(deployment.notation.learned_from.as_ref())),
        Evidence::Unverified => "**unverified**: no example of a paired topology is publicly available".to_owned(),
    };
    out.push_str(&format!(
        "\nInput topology {}, planned topology {} (SHA-256); notation {} ({evidence}); made by poolpair {}.\n\n",
        escape(&deployment.input_sha256),
        escape(&deployment.result_sha256),
        escape(&deployment.notation.name),
        escape(&deployment.tool_version),
    ));
    out
}

/// What the operator answers, and what the rules said.
fn open_points(view: &View) -> String {
    let deployment = &view.deployment;
    if view.is_undo {
        return String::new();
    }
    let allowed = deployment.allowed.iter().map(|one| {
        let (rule, message, reason) = (escape(&one.rule), whole_prose(&one.message), escape(&one.reason));
        format!("**{rule}**: {message} Reason: {reason}")
    });
    let written = |texts: &[String]| texts.iter().map(|text| whole_prose(text)).collect::<Vec<_>>();
    let topics = [
        Topic::new("Allowed rule breaks", "", allowed),
        Topic::new("To answer before the start", "", written(&deployment.questions)).ticked(),
        Topic::new("Notes", "", written(&deployment.notes)),
    ];
    topics.iter().filter(|topic| !topic.items.is_empty()).map(Topic::section).collect()
}

const START: &str = "\
## How to start it

1. Copy the whole bundle to a Front End of one of the pools. `Get-FileHash *` gives the hashes of `SHA256SUMS`.
2. `Get-ChildItem | Unblock-File`. Where policy asks for signed scripts, sign the copies: `Set-AuthenticodeSignature`.
3. In an elevated Management Shell, in that folder: `.\\SCRIPT.ps1 -List`, then `.\\SCRIPT.ps1 -WhatIf`, then `.\\SCRIPT.ps1`.
4. After a fault, or after exit code 3: `.\\SCRIPT.ps1 -Resume`, with the same other parameters.

Commands of the product are shown as they run. `Test-…`, `Save-…`, `Assert-…` and `Write-Note` are functions of `poolpair.psm1`.

";
