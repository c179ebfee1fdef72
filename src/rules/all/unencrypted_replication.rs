//! The rule `unencrypted-replication`.

use crate::rules::prelude::*;

rule! {
    /// # What it checks
    ///
    /// Every pair: what its backup service sends, and how.
    ///
    /// # Why
    ///
    /// The backup service writes user data and conference content to the file store of the partner, by SMB and without
    /// its own encryption. The network between the pools must allow TCP 445 from every Front End to the partner's file
    /// store, and must be allowed to carry the data in the clear.
    ///
    /// # Example
    ///
    /// `pool01.contoso.com` and `pool02.contoso.com` are a pair in two sites with a leased line between them.
    ///
    /// # How to fix
    ///
    /// Nothing to fix in the topology. Protect the connection between the sites, for example by IPsec, and open TCP 445
    /// in both directions.
    ///
    /// # Source
    ///
    /// "Front End pool disaster recovery": the traffic between paired pools is not encrypted by default.
    UNENCRYPTED_REPLICATION = "unencrypted-replication", Fact from Topology, "MS-DR", Pair(check_pair)
}

fn check_pair(context: &RuleContext<'_>, pair: &PairContext<'_>) -> Option<Finding> {
    let [one, other] = pair.names(context);
    let message = format!(
        "what `{one}` and `{other}` copy to each other is not encrypted: SMB, TCP 445 from every Front End to the \
         partner's file store"
    );
    let help = "protect the network between the pools, and open TCP 445 in both directions";
    let finding = UNENCRYPTED_REPLICATION.finding([one, other], message, help).label_pair(pair);
    Some(finding.at_both(context, pair, ["copies to the other", "copies to the first"]))
}
