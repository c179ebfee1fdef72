//! What a review page is made of.

use super::inspect::Inspection;
use super::picture::Picture;
use crate::Export;
use crate::diff::UnifiedDiff;
use crate::pairing::Pairing;
use crate::plan::deployment::Deployment;
use crate::plan::{PlanRecord, Planned};
use crate::rules::Finding;
use crate::runbook::{Runbook, Step};
use crate::text::count;

/// Everything that a review page tells about a plan.
#[derive(Clone, Debug)]
pub struct Review<'a> {
    /// The document that was planned on.
    pub before: &'a Export,
    /// The plan.
    pub record: &'a PlanRecord,
    /// The steps that implement it.
    pub runbook: &'a Runbook,
    /// What the rules found, with places in [`before`](Self::before).
    pub findings: &'a [Finding],
    /// The sites, pools and pairs.
    pub picture: Picture,
    /// The unified diff of the two documents.
    pub diff: &'a UnifiedDiff,
}

impl<'a> Review<'a> {
    /// Puts a review together; the picture is drawn from the plan.
    pub fn new(
        before: &'a Export,
        planned: &'a Planned,
        record: &'a PlanRecord,
        runbook: &'a Runbook,
        diff: &'a UnifiedDiff,
    ) -> Self {
        let pairing = Pairing::read(&before.document, &before.topology, &record.notation);
        let picture = Picture::of_plan(&pictured(record), &Inspection::of(before, &pairing, &record.notation));
        Self { before, record, runbook, findings: &planned.findings, picture, diff }
    }

    /// What is asked for, as a sentence with names in backticks.
    pub fn title(&self) -> String {
        const MOST: usize = 3;
        let request = &self.record.request;
        let pairs = request.pair.iter().map(|pair| {
            let [one, other] = &pair.pools;
            format!("pair `{one}` with `{other}`")
        });
        let parts = request.unpair.iter().map(|unpair| format!("part `{}` from its partner", unpair.pool));
        let requested: Vec<_> = pairs.chain(parts).collect();
        let more = requested.len().saturating_sub(MOST);
        let shown = requested.iter().take(MOST).cloned().collect::<Vec<_>>().join(", ");
        match (requested.len(), more) {
            (0, _) => "no change is asked for".to_owned(),
            (_, 0) => shown,
            _ => format!("{shown} and {}", count(more, "more change")),
        }
    }

    /// `23 steps`.
    pub fn steps_words(&self) -> String {
        count(self.runbook.steps.len(), "step")
    }

    /// The steps with one number together, in order.
    pub fn steps_by_number(&self) -> impl Iterator<Item = &'a [Step]> {
        self.runbook.steps.chunk_by(|one, other| one.number == other.number)
    }
}

/// What the picture is drawn from. Where nothing changes, no pool gains or loses the standby Central Management store
/// either, whatever a pairing would have brought along.
fn pictured(record: &PlanRecord) -> Deployment {
    let mut deployment = record.deployment.clone();
    if record.changes.is_empty() {
        for pool in &mut deployment.pools {
            (pool.gains_central_management, pool.loses_central_management) = (false, false);
        }
    }
    deployment
}

/// Printed in every review: the one thing that operators get wrong about a pair.
pub const FAILOVER_IS_MANUAL: &str = "automatic failover covers Voice only: an administrator starts the failover and \
                                      failback of a whole pool";
