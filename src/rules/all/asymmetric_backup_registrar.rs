//! The rule `asymmetric-backup-registrar`.

use crate::rules::groups::groups;
use crate::rules::prelude::*;

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
    /// The Registrar of `pool01.contoso.com` names `pool02.contoso.com`, whose Registrar names none. Where it names a
    /// third pool, `not-one-to-one` reports all three.
    ///
    /// # How to fix
    ///
    /// Request the intended pair, with `replace = true` if a pool has to leave another partner: the plan then writes
    /// both sides. Or un-pair the pool that names the other.
    ///
    /// # Source
    ///
    /// "Front End pool disaster recovery in Skype for Business Server": the relation between the pools of a pair is
    /// always reciprocal.
    ASYMMETRIC_BACKUP_REGISTRAR = "asymmetric-backup-registrar", Integrity from Topology, "MS-DR", Document(check)
}

fn check(context: &RuleContext<'_>) -> Vec<Finding> {
    // `not-one-to-one` covers groups of more than two pools, and another rule partners of a kind that cannot be paired.
    let two = groups(context.pairing).into_iter().filter(|group| group.pools.len() == 2);
    let backups = two.flat_map(|group| group.backups).filter(|backup| context.can_be_paired(backup.partner));
    let one_sided = backups.filter(|backup| !context.pairing.names(backup.partner, backup.pool));
    one_sided.map(|backup| backup_finding(context, backup)).collect()
}

fn backup_finding(context: &RuleContext<'_>, backup: &Backup) -> Finding {
    let (pool, partner) = (context.name(backup.pool), context.name(backup.partner));
    let message = format!("`{pool}` has `{partner}` as its backup registrar, but `{partner}` has none");
    let help = "pair the two pools, or un-pair the one that names the other";
    let finding = ASYMMETRIC_BACKUP_REGISTRAR.finding([pool, partner], message, help);
    let labelled = finding.at(backup.span, format!("`{partner}` is named here"));
    labelled.at(context.pool_span(backup.partner), "names none")
}
