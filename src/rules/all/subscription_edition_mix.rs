//! The rule `subscription-edition-mix`.

use crate::rules::prelude::*;

rule! {
    /// # What it checks
    ///
    /// A pair does not combine Subscription Edition with Skype for Business Server 2015 or 2019. A declared build of
    /// 7.0.2046.820 or later on a pool of service version 8 means Subscription Edition.
    ///
    /// # Why
    ///
    /// Microsoft announced that a later update of Subscription Edition restricts coexistence with earlier versions.
    ///
    /// # Example
    ///
    /// `pool01.contoso.com` is declared with build `7.0.2046.826`, `pool02.contoso.com` with `7.0.2046.553`.
    ///
    /// # How to fix
    ///
    /// Upgrade the other pool in the same step, or pair pools of one product.
    ///
    /// # Source
    ///
    /// Press reports on Microsoft's announcement; no vendor page was read. The builds are from a public copy of the
    /// vendor's update page and from one blog.
    SUBSCRIPTION_EDITION_MIX = "subscription-edition-mix", Advice from Declared, "press", Side(check_side)
}

fn check_side(context: &RuleContext<'_>, pair: &PairContext<'_>, [new, old]: [PoolIndex; 2]) -> Option<Finding> {
    if [new, old].map(|pool| is_subscription_edition(context, pool)) != [Some(true), Some(false)] {
        return None;
    }
    let (name, other) = (context.name(new), context.name(old));
    let product = context.topology().version(old).map_or(ServiceVersion::SFB_2019, |version| version.value);
    let message = format!("`{name}` runs Subscription Edition (by its declared build), and `{other}` runs {product}");
    let finding = SUBSCRIPTION_EDITION_MIX.finding([name, other], message, "upgrade the other pool in the same step");
    let build = |pool| Some(&context.facts(pool)?.cumulative_update.as_ref()?.origin);
    Some(finding.label_pair(pair).at_some(build(new), "declared here").at_some(build(old), "and here"))
}
