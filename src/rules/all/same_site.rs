//! The rule `same-site`.

use crate::rules::prelude::*;

rule! {
    /// # What it checks
    ///
    /// The pools of a pair are in different sites.
    ///
    /// # Why
    ///
    /// Whatever takes a site down, a fire or a cut cable, takes both pools of the pair down. This is only advice, since
    /// Microsoft's reference topologies also pair pools within one site.
    ///
    /// # Example
    ///
    /// `pool01.contoso.com` and `pool02.contoso.com` are both in the central site Seattle.
    ///
    /// # How to fix
    ///
    /// Choose a pool of another site. If one site covers locations far apart, or the pair only has to protect against
    /// the loss of a pool, allow the rule in the request and write down why.
    ///
    /// # Source
    ///
    /// "Front End pool disaster recovery" describes two pools in different, even distant sites; the reference
    /// topologies show pairs within one site.
    SAME_SITE = "same-site", Advice from Topology, "MS-DR, reference-topologies", Pair(check_pair)
}

fn check_pair(context: &RuleContext<'_>, pair: &PairContext<'_>) -> Option<Finding> {
    let topology = context.topology();
    let [first, second] = pair.pools;
    let site = topology[first].site.filter(|&site| topology[second].site == Some(site))?;
    let [one, other] = pair.names(context);
    let message = format!("`{one}` and `{other}` are in one site, `{}`", topology[site].name);
    let help = "choose a pool of another site: what takes a site down takes both pools down";
    let finding = SAME_SITE.finding([one, other], message, help).label_pair(pair);
    Some(finding.at_both(context, pair, ["the first pool", "the second pool, in the same site"]))
}
