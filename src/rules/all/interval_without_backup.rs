//! The rule `interval-without-backup`.

use crate::rules::prelude::*;

rule! {
    /// # What it checks
    ///
    /// A pool that has a failure detection interval or a failback interval has a backup registrar.
    ///
    /// # Why
    ///
    /// The intervals determine when calls move to the backup registrar and back. Without one they have no effect, and
    /// are most often left over from an incomplete un-pairing.
    ///
    /// # Example
    ///
    /// The Registrar of `pool01.contoso.com` has a failure detection interval of 300 s and names no backup.
    ///
    /// # How to fix
    ///
    /// Pair the pool, or un-pair it with poolpair, which clears the settings together with the backup.
    ///
    /// # Source
    ///
    /// `Set-CsRegistrar`: both detection intervals take effect only with a backup registrar.
    INTERVAL_WITHOUT_BACKUP = "interval-without-backup", Integrity from Topology, "Set-CsRegistrar", Document(check)
}

fn check(context: &RuleContext<'_>) -> Vec<Finding> {
    let without_backup = context.voices().into_iter().filter(|voice| !has_backup(context, voice.pool));
    without_backup.filter_map(|voice| check_pool(context, &voice)).collect()
}

fn has_backup(context: &RuleContext<'_>, pool: PoolIndex) -> bool {
    context.pairing.backup_of(pool).is_some() || context.pairing.branch_backups_of(pool).next().is_some()
}

fn check_pool(context: &RuleContext<'_>, voice: &PoolVoice) -> Option<Finding> {
    let words: Vec<_> = voice.intervals().map(|(words, _)| format!("a {words}")).collect();
    if words.is_empty() {
        return None;
    }
    let name = context.name(voice.pool);
    let message = format!("`{name}` has {}, but no backup registrar", words.join(" and "));
    let finding = INTERVAL_WITHOUT_BACKUP.finding([name], message, format!("pair `{name}`, or clear its settings"));
    let labelled =
        voice.intervals().fold(finding, |finding, (words, interval)| finding.at(interval.place.clone(), words));
    Some(labelled)
}
