//! The rule `legacy-backup-registrar`.

use crate::rules::prelude::*;

rule! {
    /// # What it checks
    ///
    /// No Front End pool of Lync Server 2010 has a pool of a pair as its backup registrar.
    ///
    /// # Why
    ///
    /// In Lync Server 2010, a backup registrar is one-sided and covers only calls, without any copy of the users' data.
    /// It does not count against the pair's one-to-one relation, and is easily mistaken for a pairing: when the old
    /// pool fails, its users keep their calls, and nothing else.
    ///
    /// # Example
    ///
    /// `old.contoso.com` of Lync Server 2010 has the backup registrar `pool01.contoso.com`, which is paired with
    /// `pool02.contoso.com`.
    ///
    /// # How to fix
    ///
    /// Move the users off the old pool, then remove its backup registrar in Topology Builder. Until then, add its users
    /// to the load of the pool that it names.
    ///
    /// # Source
    ///
    /// "Front End pool disaster recovery in Skype for Business Server", on pools of earlier versions.
    LEGACY_BACKUP_REGISTRAR = "legacy-backup-registrar", Advice from Topology, "MS-DR", All(check)
}

fn check(context: &RuleContext<'_>) -> Vec<Finding> {
    let paired = context.paired_pools();
    let backups = context.pairing.branch_backups.iter().filter(|backup| paired.contains(&backup.partner));
    backups.filter_map(|backup| check_backup(context, backup)).collect()
}

fn check_backup(context: &RuleContext<'_>, backup: &Backup) -> Option<Finding> {
    let (topology, pool, partner) = (context.topology(), context.name(backup.pool), context.name(backup.partner));
    let version = &topology[backup.registrar].version;
    if topology.kind(backup.pool) != PoolKind::FrontEnd || version.value > ServiceVersion::LYNC_2010 {
        return None;
    }
    let product = version.value;
    let message = format!("`{pool}` of {product} has `{partner}`, a pool of a pair, as its backup registrar");
    let help =
        format!("this keeps calls alive and copies no data; add the users of `{pool}` to the load of `{partner}`");
    let finding = LEGACY_BACKUP_REGISTRAR.finding([pool, partner], message, help);
    Some(finding.at(backup.span, "the backup registrar").at(version.span, product.to_string()))
}
