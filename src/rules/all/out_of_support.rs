//! The rule `out-of-support`.

use crate::rules::prelude::*;

rule! {
    /// # What it checks
    ///
    /// Which pools of a pair run a product that Microsoft no longer supports: Lync Server 2013 since 2023-04-11, Skype
    /// for Business Server 2015 and 2019 since 2025-10-14.
    ///
    /// # Why
    ///
    /// Nothing is fixed any more, including security issues, and Microsoft accepts no support case for a failed
    /// failover.
    ///
    /// # Example
    ///
    /// `pool01.contoso.com` runs Skype for Business Server 2015.
    ///
    /// # How to fix
    ///
    /// Plan the upgrade. A pool of service version 8 may be Subscription Edition, which is supported: declare its build
    /// (`cumulative-update = { installer = "...", build = "7.0.2046.826" }`) to remove this note.
    ///
    /// # Source
    ///
    /// The lifecycle pages of the products, second-hand: the dates were not read on a vendor page.
    OUT_OF_SUPPORT = "out-of-support", Fact from Topology, "lifecycle pages, second-hand", Pool(check_pool)
}

fn check_pool(context: &RuleContext<'_>, pool: PoolIndex) -> Option<Finding> {
    let version = context.topology().version(pool)?;
    let since = match version.value {
        ServiceVersion::LYNC_2013 => "2023-04-11",
        ServiceVersion::SFB_2015 | ServiceVersion::SFB_2019 => "2025-10-14",
        _ => return None,
    };
    let is_undeclared = match is_subscription_edition(context, pool) {
        Some(true) => return None,
        Some(false) => false,
        None => true,
    };
    let name = context.name(pool);
    let help = match is_undeclared {
        true => {
            "if this is Subscription Edition, declare the `build` of its `cumulative-update`; otherwise plan the upgrade"
        }
        false => "plan the upgrade",
    };
    let message = format!("`{name}` runs {}, which Microsoft has not supported since {since}", version.value);
    let finding = OUT_OF_SUPPORT.finding([name], message, help).label_request(context, pool);
    Some(finding.at(version.span, version.value.product()))
}
