//! The rule `version-without-pairing`.

use crate::rules::prelude::*;

rule! {
    /// # What it checks
    ///
    /// A Front End pool of a pair runs Lync Server 2013 or later: its Registrar has service version 6 or more.
    ///
    /// # Why
    ///
    /// Pool pairing and the backup service came with Lync Server 2013. A pool of Lync Server 2010 has a backup
    /// registrar at most, which takes over calls but holds no copy of anything.
    ///
    /// # Example
    ///
    /// `pool01.contoso.com` still runs Lync Server 2010, and a request pairs it with `pool02.contoso.com`.
    ///
    /// # How to fix
    ///
    /// Choose a pool of a later version, or move the users to one first.
    ///
    /// # Source
    ///
    /// The cmdlets of the backup service exist from Lync Server 2013 on.
    VERSION_WITHOUT_PAIRING = "version-without-pairing", Integrity from Topology, "Set-CsRegistrar, Get-CsPoolBackupRelationship",
        Member(check_member)
}

fn check_member(context: &RuleContext<'_>, member: &PairedPool) -> Option<Finding> {
    let topology = context.topology();
    let version = topology.version(member.pool).filter(|version| version.value < ServiceVersion::LYNC_2013)?;
    if topology.kind(member.pool) != PoolKind::FrontEnd {
        return None;
    }
    let name = context.name(member.pool);
    let message = format!("`{name}` runs {}, which has no pool pairing", version.value);
    let finding = VERSION_WITHOUT_PAIRING.finding([name], message, "choose a pool of Lync Server 2013 or later");
    Some(finding.label_member(member).at(version.span, version.value.product()))
}
