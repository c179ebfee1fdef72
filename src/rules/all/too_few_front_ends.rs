//! The rule `too-few-front-ends`.

use super::two_front_ends_2019;
use crate::rules::prelude::*;

rule! {
    /// # What it checks
    ///
    /// An Enterprise pool of a pair has three Front Ends or more. `two-front-ends-2019` covers exactly two in Skype for
    /// Business Server 2019.
    ///
    /// # Why
    ///
    /// The replicas of a pool's user data need three Front Ends running together once; otherwise the first
    /// synchronization after pairing never completes.
    ///
    /// # Example
    ///
    /// `pool02.contoso.com` is an Enterprise pool of two Front Ends.
    ///
    /// # How to fix
    ///
    /// Add Front Ends to the pool before pairing it.
    ///
    /// # Source
    ///
    /// The page on high availability of the Front End (`high-availability.md`): a pool needs three Front Ends running
    /// for its first start, and pools of two are not recommended.
    TOO_FEW_FRONT_ENDS = "too-few-front-ends", Advice from Topology, "high-availability.md", Pool(check_pool)
}

const MIN_FRONT_ENDS: usize = 3;

fn check_pool(context: &RuleContext<'_>, pool: PoolIndex) -> Option<Finding> {
    let (name, front_ends) = (context.name(pool), context.topology()[pool].machines.len());
    let is_enterprise = context.topology().edition(pool) == Some(Edition::Enterprise);
    // `two-front-ends-2019` covers that case with a higher severity.
    if !is_enterprise || front_ends >= MIN_FRONT_ENDS || two_front_ends_2019::applies(context, pool) {
        return None;
    }
    let message = format!("`{name}` has {}, and the first synchronization needs three", count(front_ends, "Front End"));
    let help = "add Front Ends: three must run together once after the pairing";
    let finding = TOO_FEW_FRONT_ENDS.finding([name], message, help).label_request(context, pool);
    Some(finding.at(context.pool_span(pool), count(front_ends, "Front End")))
}
