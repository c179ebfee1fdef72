//! The rule `edge-media-parity`.

use crate::rules::prelude::*;

rule! {
    /// # What it checks
    ///
    /// Both pools of a pair have an Edge pool for media, or neither has; any service of the pool may name it.
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
    /// Set an Edge pool for media on the other pool as well.
    ///
    /// # Source
    ///
    /// Inferred.
    EDGE_MEDIA_PARITY = "edge-media-parity", Advice from Topology, "inferred", Side(check_side)
}

fn check_side(context: &RuleContext<'_>, pair: &PairContext<'_>, [with, without]: [PoolIndex; 2]) -> Option<Finding> {
    let edge_of = |pool| context.topology().used_by(pool, Role::EDGE);
    let edge = edge_of(with).filter(|_| edge_of(without).is_none())?;
    let (name, other) = (context.name(with), context.name(without));
    let message = format!("`{name}` has an Edge pool for media, and `{other}` has none");
    let finding = EDGE_MEDIA_PARITY.finding([name, other], message, format!("set an Edge pool for media on `{other}`"));
    let labelled = finding.label_pair(pair).at(context.service_span(edge), "the Edge pool");
    Some(labelled.at(context.pool_span(without), "has none"))
}
