//! The rule `incomplete-pairing`.

use crate::rules::prelude::*;

rule! {
    /// # What it checks
    ///
    /// The document contains more of a pair than the backup registrars: a backup service on each pool, and a standby of
    /// the Central Management store if one of the pools hosts the active one.
    ///
    /// # Why
    ///
    /// Since Lync Server 2013, pairing adds a backup service to each pool. How the XML writes it is unknown; a pair
    /// without any sign of it is probably incomplete, as is one written in the built-in notation.
    ///
    /// # Example
    ///
    /// `pool01.contoso.com` and `pool02.contoso.com` name each other, and neither has a service with *backup* in its
    /// role.
    ///
    /// # How to fix
    ///
    /// Let Topology Builder make the pair, and export the topology again.
    ///
    /// # Source
    ///
    /// Inferred: the folders of the backup service on file shares, `Get-CsService -BackupServer`, and the step of the
    /// procedure that runs Bootstrapper after pairing.
    INCOMPLETE_PAIRING = "incomplete-pairing", Fact from Topology, "inferred", Pair(check_pair)
}

fn check_pair(context: &RuleContext<'_>, pair: &PairContext<'_>) -> Option<Finding> {
    let names = pair.names(context);
    let without = pair.pools.into_iter().filter(|&pool| !has_backup_service(context, pool));
    let without = without.map(|pool| format!("`{}` has no backup service", context.name(pool)));
    let roles = pair.pools.map(|pool| context.topology().central_management(pool));
    let lacks_standby = roles.contains(&CentralManagement::Active) && roles.contains(&CentralManagement::None);
    let missing: Vec<_> =
        without.chain(lacks_standby.then(|| "there is no standby Central Management store".into())).collect();
    if missing.is_empty() || pair.requested.is_some() {
        return None;
    }
    let message = format!("the pair of `{}` and `{}` is probably incomplete: {}", names[0], names[1], list(&missing));
    let help = "let Topology Builder make the pair, and export the topology again";
    let finding = INCOMPLETE_PAIRING.finding(names, message, help);
    let place = |pool| pair.named_at(pool, context);
    Some(pair.pools.into_iter().fold(finding, |finding, pool| finding.at_some(place(pool), "paired here")))
}

fn has_backup_service(context: &RuleContext<'_>, pool: PoolIndex) -> bool {
    let topology = context.topology();
    let mut services = topology[pool].services.iter();
    services.any(|&service| topology[service].role.0.to_ascii_lowercase().contains("backup"))
}
