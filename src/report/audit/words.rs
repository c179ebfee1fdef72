//! The sentences of an audit, shared by all formats: without a full stop, names in backticks.

use crate::audit::{Audit, AuditedPool, NoSuggestion, NotBackedUp, StoreImpact, Tie, Unmatched, UserImpact};
use crate::notation::Evidence;
use crate::partners::Reason;
use crate::text::{count, list};
use crate::topology::{Edition, Fqdn};

/// A summary of the whole deployment.
pub(super) fn title(audit: &Audit) -> String {
    let pools = count(audit.pools.len(), "Front End pool");
    let holding = audit.pools.iter().filter(|pool| pool.holds).count();
    format!("{pools}, {holding} in a pair that would hold")
}

/// The CSS class `good`, `doubtful` or `bad`, and the verdict.
pub(super) fn verdict(audit: &Audit) -> (&'static str, String) {
    let number = |status| audit.pools.iter().filter(|pool| PoolStatus::of(pool) == status).count();
    let [broken, unpaired] = [PoolStatus::Broken, PoolStatus::Unpaired].map(number);
    let mut parts = Vec::new();
    if broken > 0 {
        parts.push(format!("{} in a pair that would not hold", count(broken, "pool")));
    }
    if unpaired > 0 {
        parts.push(format!("{} without a partner", count(unpaired, "pool")));
    }
    match (broken, unpaired) {
        (0, 0) => ("good", "every Front End pool is in a pair that would hold".to_owned()),
        (0, _) => ("doubtful", list(&parts)),
        _ => ("bad", list(&parts)),
    }
}

/// Restrictions on the validity of the audit.
pub(super) fn caveats(audit: &Audit) -> Vec<String> {
    let has_pairs = audit.pools.iter().any(|pool| pool.tie != Tie::None);
    let unverified = (has_pairs && audit.notation.evidence == Evidence::Unverified).then(|| {
        format!(
            "pairs are read in the unverified notation `{}`: `Get-CsPoolBackupRelationship` shows whether they exist",
            audit.notation.name
        )
    });
    let has_active =
        |pool: &AuditedPool| matches!(pool.impact.central_management, StoreImpact::FailOver | StoreImpact::Lost);
    let unknown_store = (!audit.pools.is_empty() && !audit.pools.iter().any(has_active)).then(|| {
        "the topology names no pool with the active Central Management store: \
         `Invoke-CsManagementServerFailover -WhatIf` shows which it is"
            .to_owned()
    });
    let mut rules: Vec<_> = audit.blocking.iter().map(|reason| format!("`{}`", reason.rule)).collect();
    rules.dedup();
    let blocking = (!rules.is_empty()).then(|| format!("no plan can be made until {} is fixed", list(&rules)));
    unverified.into_iter().chain(unknown_store).chain(blocking).collect()
}

/// The status of a pool, worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum PoolStatus {
    /// Its pair would not survive a failure.
    Broken,
    /// It has no partner.
    Unpaired,
    /// Its pair would survive a failure.
    Holds,
}

impl PoolStatus {
    pub(super) fn of(pool: &AuditedPool) -> Self {
        match pool.tie {
            _ if pool.holds => Self::Holds,
            Tie::None => Self::Unpaired,
            Tie::Paired | Tie::OneSided => Self::Broken,
        }
    }
}

/// The pools, worst first.
pub(super) fn worst_first(audit: &Audit) -> Vec<&AuditedPool> {
    let mut pools: Vec<_> = audit.pools.iter().collect();
    pools.sort_by_key(|pool| PoolStatus::of(pool));
    pools
}

/// `Enterprise, Skype for Business Server 2015`.
pub(super) fn product(pool: &AuditedPool) -> String {
    let edition = match pool.edition {
        Some(Edition::Standard) => Some("Standard Edition"),
        Some(Edition::Enterprise) => Some("Enterprise"),
        None => None,
    };
    let parts: Vec<_> = edition.into_iter().chain(pool.product.as_deref()).collect();
    parts.join(", ")
}

/// Whether the pair would survive a failure.
pub(super) fn holds(pool: &AuditedPool) -> String {
    match pool.tie {
        _ if pool.holds => "yes".to_owned(),
        Tie::None => "no partner".to_owned(),
        Tie::OneSided => "no: one-sided".to_owned(),
        Tie::Paired => format!("no: {}", list(&pool.broken_rules)),
    }
}

/// The consequences of a pool's failure, each as a term and a sentence with at max `max` names.
pub(super) fn impact(pool: &AuditedPool, max: usize) -> Vec<(&'static str, String)> {
    let impact = &pool.impact;
    let of_names = |names: &[Fqdn], words: &str| (!names.is_empty()).then(|| format!("{}: {words}", named(names, max)));
    let is_covered = impact.users == UserImpact::FailOver;
    let edge = match is_covered {
        true => "its next hop is this pool, and has to be changed before the pool is failed over",
        false => "its next hop is this pool: external users cannot reach any pool through it",
    };
    let gateways = match (is_covered, impact.dependents.partner_has_gateways) {
        (true, true) => "it depends on the Mediation Server of this pool; the partner has its own gateways",
        (true, false) => "it depends on the Mediation Server of this pool, and the partner has no gateway",
        (false, _) => "it depends on the Mediation Server of this pool",
    };
    let not_backed_up: Vec<_> = impact.not_backed_up.iter().map(|&what| not_backed_up(what)).collect();
    let rows = [
        ("Users", Some(users(pool))),
        ("Central Management", central_management(pool)),
        ("Edge", of_names(&impact.edge_pools, edge)),
        ("Branches", of_names(&impact.branches, "its users are in resiliency mode and do not fail over")),
        (
            "Trusted applications",
            of_names(&impact.dependents.trusted_applications, "the next hop is this pool, and does not fail over"),
        ),
        (
            "Mediation pools",
            of_names(&impact.dependents.mediation_pools, "the next hop is this pool, and does not fail over"),
        ),
        ("Gateways", of_names(&impact.dependents.gateways, gateways)),
        ("Not backed up", (!not_backed_up.is_empty()).then(|| list(&not_backed_up))),
        ("Next", is_covered.then(|| next(pool))),
    ];
    rows.into_iter().filter_map(|(term, words)| Some((term, words?))).collect()
}

/// The next command, to prepare for the failure of a paired pool.
fn next(pool: &AuditedPool) -> String {
    let command = format!("`poolpair failover topology.xml --pool {0} --out-dir failover-{0}`", pool.fqdn);
    match pool.holds {
        true => format!("write the runbooks of its failover, and rehearse them: {command}"),
        false => {
            format!("fix what breaks the pair; then write the runbooks of its failover, and rehearse them: {command}")
        }
    }
}

fn users(pool: &AuditedPool) -> String {
    let partner = pool.partner.as_ref().map_or("", Fqdn::as_str);
    match pool.impact.users {
        UserImpact::FailOver => {
            let voice = match &pool.impact.voice {
                Some(voice) if voice.automatic => match voice.failure_detection_seconds {
                    Some(seconds) => format!("calls work again after {seconds} s"),
                    None => "calls work again after the failure detection interval".to_owned(),
                },
                _ => "Voice does not fail over by itself".to_owned(),
            };
            let target = pool.impact.recovery.map_or_else(String::new, |target| {
                format!(
                    " (the vendor's targets: {} minutes, and the changes of the last {} are lost)",
                    target.time_minutes, target.point_minutes
                )
            });
            format!(
                "signed out; {voice}; the rest when an administrator has failed the pool over to `{partner}`{target}"
            )
        }
        UserImpact::ResiliencyOnly => format!(
            "signed out; calls at max, by the backup registrar in `{partner}`: a pool whose partner does not name it \
             cannot be failed over"
        ),
        UserImpact::SignedOut => "signed out until the pool is back: there is no pool to fail over to".to_owned(),
    }
}

fn central_management(pool: &AuditedPool) -> Option<String> {
    match pool.impact.central_management {
        StoreImpact::None => None,
        StoreImpact::FailOver => {
            let partner = pool.partner.as_ref().map_or("", Fqdn::as_str);
            Some(format!("the active store is here: it is failed over to `{partner}` before the pool is"))
        }
        StoreImpact::Lost => Some(
            "the active store is here, and the topology shows no standby: nothing can be administered until it is \
             restored"
                .to_owned(),
        ),
        StoreImpact::StandbyLost => {
            Some("the standby store is here: the active one stays, without a standby".to_owned())
        }
    }
}

fn not_backed_up(what: NotBackedUp) -> &'static str {
    match what {
        NotBackedUp::UserData => "the data of its users",
        NotBackedUp::ResponseGroups => "Response Groups",
        NotBackedUp::CallPark => "Call Park settings",
        NotBackedUp::Announcements => "announcements",
        NotBackedUp::Archiving => "the archiving database",
        NotBackedUp::Monitoring => "the monitoring database",
        NotBackedUp::LocationInformation => "location information",
    }
}

/// A heading with sentences, each with the warnings that a request would get.
pub(super) struct PartnerList<'a> {
    pub(super) heading: &'static str,
    /// The noun to count the sentences by.
    pub(super) noun: &'static str,
    pub(super) items: Vec<(String, &'a [Reason])>,
}

/// The suggested pairs, and the pools without a suggestion.
pub(super) fn partners(audit: &Audit) -> impl Iterator<Item = PartnerList<'_>> {
    let suggested = audit.suggestions.iter().map(|suggestion| {
        let [first, second] = &suggestion.pools;
        (format!("`{first}` with `{second}`: {}", suggestion.reason), suggestion.warnings.as_slice())
    });
    let alone = audit.unmatched.iter().map(|alone| (format!("`{}`: {}", alone.pool, unmatched(alone)), &[][..]));
    let lists = [
        PartnerList { heading: "Suggested pairs", noun: "pair", items: suggested.collect() },
        PartnerList { heading: "No partner to suggest", noun: "pool", items: alone.collect() },
    ];
    lists.into_iter().filter(|list| !list.items.is_empty())
}

/// Why a pool has no suggested partner, with the ids of the rules.
pub(super) fn unmatched(unmatched: &Unmatched) -> String {
    match &unmatched.reason {
        NoSuggestion::Forbidden { rules } => {
            let rules: Vec<_> = rules.iter().map(|rule| format!("`{}`", rule.rule)).collect();
            format!("{} ({})", unmatched.message, list(&rules))
        }
        NoSuggestion::Tied { others } => format!("{}: {}", unmatched.message, named(others, others.len())),
        NoSuggestion::OnlyOne | NoSuggestion::SharesStores | NoSuggestion::LeftOver => unmatched.message.clone(),
    }
}

/// At max `max` names in backticks, and the number of the others.
fn named(names: &[Fqdn], max: usize) -> String {
    let mut words: Vec<_> = names.iter().take(max).map(|name| format!("`{name}`")).collect();
    if names.len() > words.len() {
        words.push(format!("{} more", names.len() - words.len()));
    }
    list(&words)
}
