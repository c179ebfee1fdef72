//! The rule `edge-media-parity`.

use crate::rules::rule::rule;
use crate::rules::{Finding, PairContext, RuleContext};
use crate::topology::Role;

rule! {
    /// # What it checks
    ///
    /// Both pools of a pair have an Edge pool for media, or neither has: any service of the pool may name it.
    ///
    /// # Why
    ///
    /// Users who fail over to a pool without one can neither call nor meet anybody outside the network.
    ///
    /// # Example
    ///
    /// `pool01.contoso.com` depends on `edge01.contoso.com`, and `pool02.contoso.com` on no Edge pool.
    ///
    /// # How to fix
    ///
    /// Set an Edge pool for media on the other pool, too.
    ///
    /// # Source
    ///
    /// Inferred.
    EDGE_MEDIA_PARITY = "edge-media-parity", Advice from Topology, "inferred"
}

pub(super) fn check(context: &RuleContext<'_>) -> Vec<Finding> {
    context.pairs().iter().filter_map(|pair| of_pair(context, pair)).collect()
}

fn of_pair(context: &RuleContext<'_>, pair: &PairContext<'_>) -> Option<Finding> {
    let topology = context.topology();
    let [first, second] = pair.pools;
    let (with, without, edge) = match (topology.used_by(first, Role::EDGE), topology.used_by(second, Role::EDGE)) {
        (Some(edge), None) => (first, second, edge),
        (None, Some(edge)) => (second, first, edge),
        _ => return None,
    };
    let (name, other) = (context.name(with), context.name(without));
    let message = format!("`{name}` has an Edge pool for media, and `{other}` has none");
    let finding = EDGE_MEDIA_PARITY.finding([name, other], message, format!("set an Edge pool for media on `{other}`"));
    Some(
        finding
            .asked_for(pair)
            .at(context.service_span(edge), "the Edge pool")
            .at(context.pool_span(without), "has none"),
    )
}
