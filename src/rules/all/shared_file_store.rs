//! The rule `shared-file-store`.

use crate::rules::prelude::*;

rule! {
    /// # What it checks
    ///
    /// Each pool of a pair has its own file store: another service, and another share.
    ///
    /// # Why
    ///
    /// The backup service copies conference content from each pool to the file store of its partner. With a shared
    /// store it copies onto itself, and the loss of that store takes the content of both pools.
    ///
    /// # Example
    ///
    /// `pool01.contoso.com` and `pool02.contoso.com` both depend on the share `SfbShare` of `files.contoso.com`.
    ///
    /// # How to fix
    ///
    /// Give one of the pools its own share, preferably on another server, and move its content there first.
    ///
    /// # Source
    ///
    /// Inferred from "Front End pool disaster recovery", where each pool writes to the partner's file store.
    SHARED_FILE_STORE = "shared-file-store", Support from Topology, "MS-DR, inferred", Pair(check_pair)
}

fn check_pair(context: &RuleContext<'_>, pair: &PairContext<'_>) -> Option<Finding> {
    let topology = context.topology();
    let [first, second] = pair.pools;
    let stores = [topology.file_store(first)?, topology.file_store(second)?];
    let shares = [topology.share(first)?, topology.share(second)?];
    if stores[0] != stores[1] && !shares[0].eq_ignore_ascii_case(&shares[1]) {
        return None;
    }
    let [one, other] = pair.names(context);
    let finding = SHARED_FILE_STORE
        .finding(
            [one, other],
            format!("`{one}` and `{other}` share one file store, `{}`", shares[0]),
            "give each pool its own share: each stores the copies of the other",
        )
        .label_pair(pair)
        .at(context.service_span(stores[0]), "the store of both");
    let second_store = (stores[0] != stores[1]).then(|| context.service_span(stores[1]));
    Some(finding.at_some(second_store, "the same share again"))
}
