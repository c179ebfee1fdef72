//! The rule `too-few-front-ends`.

use crate::rules::rule::rule;
use crate::rules::{RuleClass, Finding, RuleContext};
use crate::rules::words::counted;
use crate::topology::{Edition, PoolIndex, ServiceVersion};

rule! {
    /// # What it checks
    ///
    /// An Enterprise pool of a pair has three Front Ends or more. Exactly two in Skype for Business Server 2019 are
    /// an error that cannot be allowed.
    ///
    /// # Why
    ///
    /// The replicas of a pool's user data need three Front Ends that run together once, or the first synchronisation
    /// after pairing never ends. Skype for Business Server 2019 refuses to publish a topology with a pool of exactly
    /// two.
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
    /// for its first start, and pools of two are not recommended; in 2019 they are refused.
    TOO_FEW_FRONT_ENDS = "too-few-front-ends", Advice from Topology, "high-availability.md"
}

const ENOUGH: usize = 3;
const REFUSED: usize = 2;

fn check(context: &RuleContext<'_>) -> Vec<Finding> {
    let enterprise = |pool: &PoolIndex| context.topology().edition(*pool) == Some(Edition::Enterprise);
    let pools = context.paired_pools().into_iter().filter(enterprise);
    pools.filter_map(|pool| of_pool(context, pool)).collect()
}

fn of_pool(context: &RuleContext<'_>, pool: PoolIndex) -> Option<Finding> {
    let topology = context.topology();
    let (name, front_ends) = (context.name(pool), topology[pool].machines.len());
    if front_ends >= ENOUGH {
        return None;
    }
    let version = topology.version(pool).filter(|version| version.value >= ServiceVersion::SFB_2019);
    let finding = match version.filter(|_| front_ends == REFUSED) {
        Some(version) => TOO_FEW_FRONT_ENDS
            .finding([name], 
                format!("`{name}` has exactly two Front Ends, which {} refuses to publish", version.value),
                "add a third Front End before pairing the pool",
            )
            .of_class(RuleClass::Integrity),
        None => TOO_FEW_FRONT_ENDS.finding([name], 
            format!("`{name}` has {}, and the first synchronisation needs three", counted(front_ends, "Front End")),
            "add Front Ends: three must run together once after the pairing",
        ),
    };
    Some(finding.label_request(context, pool).at(context.pool_span(pool), counted(front_ends, "Front End")))
}
