//! The rule `asymmetric-backup-registrar`.

use crate::pairing::Backup;
use crate::rules::rule::rule;
use crate::rules::{Finding, RuleContext};
use crate::topology::PoolIndex;

rule! {
    /// # What it checks
    ///
    /// A pool that is named as a backup registrar names the other pool as its own.
    ///
    /// # Why
    ///
    /// Backup works both ways or not at all: the backup service sends the data of each pool to the other one, and
    /// users of the pool that nobody backs up are offline when it fails. A one-sided relation is what
    /// `Set-CsRegistrar -BackupRegistrar` leaves behind when it is run on one pool only.
    ///
    /// # Example
    ///
    /// The Registrar of `pool01.contoso.com` names `pool02.contoso.com`, whose Registrar names `pool03.contoso.com`.
    ///
    /// # How to fix
    ///
    /// Ask for the pair that is meant, with `replace = true` where a pool has to leave another partner: the plan then
    /// writes both sides. Or un-pair the pool that names the other.
    ///
    /// # Source
    ///
    /// "Front End pool disaster recovery in Skype for Business Server": the relation between the pools of a pair is
    /// always reciprocal.
    ASYMMETRIC_BACKUP_REGISTRAR = "asymmetric-backup-registrar", Integrity from Topology, "MS-DR"
}

fn check(context: &RuleContext<'_>) -> Vec<Finding> {
    if context.requested.is_some() {
        return Vec::new();
    }
    let backups = context.pairing.backups.iter().filter(|backup| backup.pool != backup.partner);
    backups.filter(|backup| !is_returned(context, backup)).map(|backup| one_sided(context, backup)).collect()
}

fn is_returned(context: &RuleContext<'_>, backup: &Backup) -> bool {
    backups_of(context, backup.partner).any(|back| back.partner == backup.pool)
}

/// The backups that a pool names, those of Lync Server 2010 and of branches included.
fn backups_of<'a>(context: &RuleContext<'a>, pool: PoolIndex) -> impl Iterator<Item = &'a Backup> {
    context.pairing.backups_of(pool).chain(context.pairing.branch_backups_of(pool))
}

fn one_sided(context: &RuleContext<'_>, backup: &Backup) -> Finding {
    let (pool, partner) = (context.name(backup.pool), context.name(backup.partner));
    let back = backups_of(context, backup.partner).next();
    let instead = back.map_or_else(|| "none".to_owned(), |back| format!("`{}`", context.name(back.partner)));
    let finding = ASYMMETRIC_BACKUP_REGISTRAR
        .finding([pool, partner], 
            format!("`{pool}` has `{partner}` as its backup registrar, but `{partner}` has {instead}"),
            "pair the two pools that are meant, or un-pair the one that names the other",
        )
        .at(backup.span, format!("`{partner}` is named here"));
    match back {
        Some(back) => finding.at(back.span, "another pool is named here"),
        None => finding.at(context.pool_span(backup.partner), "names none"),
    }
}
