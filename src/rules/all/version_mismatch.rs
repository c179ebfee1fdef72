//! The rule `version-mismatch`.

use crate::rules::prelude::*;

rule! {
    /// # What it checks
    ///
    /// Both pools of a pair run the same product version. An existing mixed pair is a warning, since an upgrade passes
    /// through this state.
    ///
    /// # Why
    ///
    /// A pair of two versions is tolerated only during an upgrade. Failing a pool over in disaster mode is not
    /// supported between versions: until both are upgraded, the pair gives no protection.
    ///
    /// # Example
    ///
    /// `pool01.contoso.com` runs Lync Server 2013, and `pool02.contoso.com` Skype for Business Server 2015.
    ///
    /// # How to fix
    ///
    /// Pair pools of one version, or upgrade the older pool first. If a mixed pair is part of an upgrade, upgrade the
    /// other pool without delay.
    ///
    /// # Source
    ///
    /// The page on upgrading to Skype for Business Server 2015 (`upgrade.md`): the pools of a pair are upgraded one
    /// soon after the other, a mixed pair is supported only in between, and no pool failover in disaster mode.
    VERSION_MISMATCH = "version-mismatch", Support from Topology, "upgrade.md", Pair(check_pair)
}

fn check_pair(context: &RuleContext<'_>, pair: &PairContext<'_>) -> Option<Finding> {
    let topology = context.topology();
    let [first, second] = pair.pools;
    let versions = [topology.version(first)?, topology.version(second)?];
    let [older, newer] = versions.each_ref().map(|version| version.value);
    // `version-without-pairing` covers versions without pairing.
    if older == newer || older.min(newer) < ServiceVersion::LYNC_2013 {
        return None;
    }
    let [one, other] = pair.names(context);
    let [first, second] = versions;
    let finding = VERSION_MISMATCH
        .finding(
            [one, other],
            format!("`{one}` runs {}, and `{other}` runs {}", first.value, second.value),
            "pair pools of one version: between two, a pool failover in disaster mode is not supported, and the pair is \
             tolerated only during an upgrade",
        )
        .label_pair(pair)
        .at(first.span, first.value.product())
        .at(second.span, second.value.product());
    Some(if context.is_pair(pair.pools) { finding.with_severity(Severity::Warning) } else { finding })
}
