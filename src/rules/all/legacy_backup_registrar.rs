//! The rule `legacy-backup-registrar`.

use crate::pairing::Backup;
use crate::rules::rule::rule;
use crate::rules::{Finding, RuleContext};
use crate::topology::{PoolKind, ServiceVersion};

rule! {
    /// # What it checks
    ///
    /// No Front End pool of Lync Server 2010 has a pool of a pair as its backup registrar.
    ///
    /// # Why
    ///
    /// Lync Server 2010 knows a backup registrar for calls, one-sided and without any copy of the users' data. It does
    /// not count against the pair's one-to-one relation, and is easily taken for a pairing: the users of the old pool
    /// keep their calls when it fails, and nothing else.
    ///
    /// # Example
    ///
    /// `old.contoso.com` of Lync Server 2010 has the backup registrar `pool01.contoso.com`, which is paired with
    /// `pool02.contoso.com`.
    ///
    /// # How to fix
    ///
    /// Move the users off the old pool, then take its backup registrar away in Topology Builder. Until then count its
    /// users to the load of the pool that it names.
    ///
    /// # Source
    ///
    /// "Front End pool disaster recovery in Skype for Business Server", on pools of earlier versions.
    LEGACY_BACKUP_REGISTRAR = "legacy-backup-registrar", Advice from Topology, "MS-DR"
}

pub(super) fn check(context: &RuleContext<'_>) -> Vec<Finding> {
    let paired = context.paired_pools();
    let legacy = context.pairing.branch_backups.iter().filter(|backup| is_legacy(context, backup));
    legacy
        .filter(|backup| paired.binary_search(&backup.partner).is_ok())
        .map(|backup| of_backup(context, backup))
        .collect()
}

/// Whether a backup is that of a whole pool of 2010; branches have theirs for good.
fn is_legacy(context: &RuleContext<'_>, backup: &Backup) -> bool {
    let topology = context.topology();
    topology.kind(backup.pool) == PoolKind::FrontEnd
        && topology[backup.registrar].version.value <= ServiceVersion::LYNC_2010
}

fn of_backup(context: &RuleContext<'_>, backup: &Backup) -> Finding {
    let (pool, partner) = (context.name(backup.pool), context.name(backup.partner));
    let product = context.topology()[backup.registrar].version.value;
    LEGACY_BACKUP_REGISTRAR
        .finding(
            [pool, partner],
            format!("`{pool}` of {product} has `{partner}`, a pool of a pair, as its backup registrar"),
            format!(
                "this keeps calls alive and copies no data; count the users of `{pool}` to the load of `{partner}`"
            ),
        )
        .at(backup.span, "the backup registrar")
        .at(context.topology()[backup.registrar].version.span, format!("{product}"))
}
