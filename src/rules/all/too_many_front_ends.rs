//! The rule `too-many-front-ends`.

use crate::rules::prelude::*;

rule! {
    /// # What it checks
    ///
    /// A pool of a pair has no more Front Ends than its version supports: 12 in Lync Server 2013 and Skype for Business
    /// Server 2015, 16 in Skype for Business Server 2019.
    ///
    /// # Why
    ///
    /// Larger pools were not tested by Microsoft and are not supported.
    ///
    /// # Example
    ///
    /// `pool01.contoso.com` of 2015 has 13 Front Ends.
    ///
    /// # How to fix
    ///
    /// Remove Front Ends, and move users to another pool if the rest cannot carry them.
    ///
    /// # Source
    ///
    /// The pages on capacity planning of 2015 and 2019 (`user-model.md`), *Front End Server*; for 2013, the numbers of
    /// 2015 are used.
    TOO_MANY_FRONT_ENDS = "too-many-front-ends", Support from Topology, "user-model.md", Pool(check_pool)
}

fn check_pool(context: &RuleContext<'_>, pool: PoolIndex) -> Option<Finding> {
    let version = context.topology().version(pool)?;
    let max = match version.value {
        ServiceVersion::LYNC_2013 | ServiceVersion::SFB_2015 => 12,
        ServiceVersion::SFB_2019 => 16,
        _ => return None,
    };
    let (name, front_ends) = (context.name(pool), context.topology()[pool].machines.len());
    let message = format!("`{name}` has {front_ends} Front Ends, more than the {max} of {}", version.value);
    let finding = TOO_MANY_FRONT_ENDS.finding([name], message, format!("leave {max} Front Ends or fewer in the pool"));
    let labelled = finding.label_request(context, pool).at(context.pool_span(pool), format!("{front_ends} Front Ends"));
    (front_ends > max).then_some(labelled)
}
