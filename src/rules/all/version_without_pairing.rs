//! The rule `version-without-pairing`.

use crate::rules::rule::rule;
use crate::rules::{Finding, RuleContext};
use crate::topology::{PoolKind, ServiceVersion};

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
    VERSION_WITHOUT_PAIRING = "version-without-pairing", Integrity from Topology, "Set-CsRegistrar, Get-CsPoolBackupRelationship"
}

pub(super) fn check(context: &RuleContext<'_>) -> Vec<Finding> {
    let topology = context.topology();
    let mut findings = Vec::new();
    for member in context.members().iter().filter(|member| topology.kind(member.pool) == PoolKind::FrontEnd) {
        let version = topology.version(member.pool).filter(|version| version.value < ServiceVersion::LYNC_2013);
        findings.extend(version.map(|version| {
            VERSION_WITHOUT_PAIRING
                .finding(
                    [context.name(member.pool)],
                    format!("`{}` runs {}, which has no pool pairing", context.name(member.pool), version.value),
                    "choose a pool of Lync Server 2013 or later",
                )
                .label_member(member)
                .at(version.span, version.value.product())
        }));
    }
    findings
}
