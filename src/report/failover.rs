//! `failover.json`: the facts and steps of a failover.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::failover::Failover;
use crate::runbook::{Runbook, Step};
use crate::topology::Fqdn;

/// The facts and steps of a failover.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(title = "poolpair failover")]
pub struct FailoverRecord {
    /// The version of this format; 1. Within a version, fields are only added.
    pub format_version: u32,
    /// The pool that fails.
    pub pool: Fqdn,
    /// Its backup pool.
    pub partner: Fqdn,
    /// The facts of the failover.
    #[serde(flatten)]
    pub failover: Failover,
    /// The steps of `failover.ps1`.
    pub steps: Vec<StepRecord>,
    /// The steps of `failback.ps1`.
    pub failback_steps: Vec<StepRecord>,
    /// The steps of `rehearsal.ps1`.
    pub rehearsal_steps: Vec<StepRecord>,
}

/// A step of a script.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct StepRecord {
    /// Its id, as used with `-StartAt` and `-Only`.
    pub id: String,
    /// What it does, with the names of pools and servers.
    pub title: String,
}

impl FailoverRecord {
    /// The name of its file.
    pub const NAME: &'static str = "failover.json";
    /// The version of the format.
    pub const FORMAT_VERSION: u32 = 1;

    /// Creates the record of a failover and its three scripts.
    pub fn new(failover: &Failover, [over, back, rehearsal]: &[Runbook; 3]) -> Self {
        let step = |step: &Step| StepRecord { id: step.id.clone(), title: step.title.clone() };
        let steps = |runbook: &Runbook| runbook.steps.iter().map(step).collect();
        Self {
            format_version: Self::FORMAT_VERSION,
            pool: failover.pool().fqdn.clone(),
            partner: failover.partner().fqdn.clone(),
            failover: failover.clone(),
            steps: steps(over),
            failback_steps: steps(back),
            rehearsal_steps: steps(rehearsal),
        }
    }
}
