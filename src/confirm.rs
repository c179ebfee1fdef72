//! Whether a fresh export shows what was planned, and nothing else.

use crate::Export;
use crate::diff::{Difference, DifferenceClass, Inventory, Subject, compare};
use crate::learn::choose_for_reading;
use crate::notation::{Evidence, Notation, VoiceSetting};
use crate::pairing::{Pairing, VoiceSettings};
use crate::plan::deployment::{DeployedPool, PublishRoute};
use crate::plan::{Change, ChangeKind, PlanRecord, Value};
use crate::source::Options;
use crate::topology::{Fqdn, PoolIndex, Role};

/// What a fresh export shows, held against a plan.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Confirmation {
    /// What was planned and is there, in words.
    pub confirmed: Vec<String>,
    /// What was planned and is not there, in words.
    pub missing: Vec<String>,
    /// What Topology Builder wrote in another way than the preview, in words.
    pub otherwise: Vec<String>,
    /// What is different and was not planned, in words.
    pub others: Vec<String>,
}

impl Confirmation {
    /// Whether everything is as planned, and nothing else changed.
    pub fn is_good(&self) -> bool {
        self.missing.is_empty() && self.others.is_empty()
    }

    /// What to do about it.
    pub fn help(&self) -> Vec<&'static str> {
        let all = [
            (&self.missing, "carry out what is left of `runbook.md`, then export again"),
            (
                &self.otherwise,
                "what is written otherwise is no deviation; `poolpair learn` can take it as the notation",
            ),
            (&self.others, "find out who made the changes that were not planned, and whether they shall stay"),
        ];
        all.into_iter().filter(|(lines, _)| !lines.is_empty()).map(|(_, help)| help).collect()
    }
}

/// Holds a fresh export against a plan; `planned` is the topology that the plan wrote, where that is at hand.
///
/// With it, every other difference is told in full. Without it the plan's inventory tells what differs, but not how.
/// After a preview in an unverified notation the pairing itself may be written otherwise, which is no deviation.
pub fn confirm(record: &PlanRecord, planned: Option<&Export>, fresh: &Export, reading: &Options) -> Confirmation {
    let mut confirmation = Confirmation::default();
    let is_preview =
        record.notation.evidence == Evidence::Unverified && record.publish_route == PublishRoute::TopologyBuilder;
    let notation = match is_preview {
        true => choose_for_reading(fresh, None, reading).notation,
        false => record.notation.clone(),
    };
    let pairing = Pairing::read(&fresh.document, &fresh.topology, &notation);
    let pools = &record.deployment.pools;
    let held: Vec<CheckedPool<'_>> = pools.iter().map(|pool| confirmation.check_pool(pool, fresh, &pairing)).collect();
    match planned {
        Some(planned) => {
            let sorting = Sorting { record, held: &held, notations: [&record.notation, &notation], is_preview };
            confirmation.sort(&compare(planned, fresh), &sorting);
        }
        None => {
            let changes = record.inventory.changes_to(&Inventory::of(fresh));
            let is_told = |line: &String| held.iter().any(|held| held.already_reported(line));
            confirmation.others = changes.into_iter().filter(|line| !is_told(line)).collect();
        }
    }
    confirmation
}

/// Which parts of a planned pool are as planned.
struct CheckedPool<'a> {
    fqdn: &'a Fqdn,
    is_there: bool,
    has_backup: bool,
    has_voice: bool,
}

impl CheckedPool<'_> {
    /// Whether a difference between the inventories is told already.
    fn already_reported(&self, line: &str) -> bool {
        let owner = format!(" `{}` ", self.fqdn);
        let registrar = format!("Registrar of `{}` differs", self.fqdn);
        !self.is_there && line.contains(&owner) || !(self.has_backup && self.has_voice) && line == registrar
    }
}

/// What it takes to sort differences.
struct Sorting<'a> {
    record: &'a PlanRecord,
    held: &'a [CheckedPool<'a>],
    /// The one that was planned in, and the one that the fresh export is read in.
    notations: [&'a Notation; 2],
    is_preview: bool,
}

impl Sorting<'_> {
    /// The planned pool that a difference is in, with the role of the service, which is empty for the pool itself.
    fn pool_of<'d>(&self, difference: &'d Difference) -> Option<(&CheckedPool<'_>, &'d str)> {
        let (pool, role) = match &difference.subject {
            Subject::Pool(pool) => (pool, ""),
            Subject::Service { pool, role, .. } => (pool, role.as_str()),
            _ => return None,
        };
        self.held.iter().find(|held| held.fqdn.as_str() == pool).map(|held| (held, role))
    }

    /// Whether a difference is what a missing part of the plan has told already.
    fn is_told(&self, held: &CheckedPool<'_>, difference: &Difference) -> bool {
        let Difference { aspect, before, after, .. } = difference;
        let is_registrar = |target: &Option<String>| target.as_ref().is_some_and(|name| name.starts_with("Registrar "));
        let backup = aspect.starts_with("dependency ") && (is_registrar(before) || is_registrar(after));
        let voice = self.notations.iter().any(|notation| {
            [VoiceSetting::AutomaticFailover, VoiceSetting::FailureDetection, VoiceSetting::Failback]
                .map(|setting| format!("setting `{}`", notation.attribute(setting)))
                .contains(aspect)
        });
        !held.is_there || backup && !held.has_backup || voice && !held.has_voice
    }

    /// Whether a pool was to gain a service of this role.
    fn plans_service(&self, held: &CheckedPool<'_>, role: &str) -> bool {
        let gains = |change: &Change| {
            change.kind == ChangeKind::Service
                && change.pool == *held.fqdn
                && change.before.is_none()
                && matches!(&change.after, Some(Value::Text(after)) if after == role)
        };
        self.record.changes.iter().any(gains)
    }
}

impl Confirmation {
    /// Puts every difference where it belongs, and leaves out what is told already.
    fn sort(&mut self, found: &[Difference], sorting: &Sorting<'_>) {
        for difference in found.iter().filter(|difference| difference.class == DifferenceClass::Meaning) {
            let line = difference.to_string();
            let whole = difference.aspect.is_empty();
            match sorting.pool_of(difference) {
                Some((held, _)) if sorting.is_told(held, difference) => {}
                Some((held, role)) if whole && difference.after.is_none() && sorting.plans_service(held, role) => {
                    self.missing.push(format!("`{}` has no service `{role}`, and one was planned", held.fqdn));
                }
                Some((_, role)) if sorting.is_preview && is_of_pairing(difference, role) => self.otherwise.push(line),
                _ => self.others.push(line),
            }
        }
    }

    fn check_pool<'a>(&mut self, planned: &'a DeployedPool, fresh: &Export, pairing: &Pairing) -> CheckedPool<'a> {
        let fqdn = &planned.fqdn;
        let Some(pool) = fresh.topology.pool_named(fqdn) else {
            self.missing.push(format!("pool `{fqdn}` is not in the export"));
            return CheckedPool { fqdn, is_there: false, has_backup: false, has_voice: false };
        };
        let has_backup = self.hold_backup(planned, fresh, pairing, pool);
        let has_voice = self.hold_voice(planned, pairing.voice_settings(pool));
        CheckedPool { fqdn, is_there: true, has_backup, has_voice }
    }

    fn hold_backup(&mut self, planned: &DeployedPool, fresh: &Export, pairing: &Pairing, pool: PoolIndex) -> bool {
        let names = |pool: PoolIndex| fresh.topology.pool_name(pool).clone();
        let found: Vec<Fqdn> = pairing.backups_of(pool).map(|backup| names(backup.partner)).collect();
        let (fqdn, wanted) = (&planned.fqdn, &planned.backup_pool_after);
        if found.as_slice() == wanted.as_slice() {
            self.confirmed.push(match wanted {
                Some(wanted) => format!("the backup pool of `{fqdn}` is `{wanted}`"),
                None => format!("`{fqdn}` has no backup pool"),
            });
            return true;
        }
        let words = |names: &[Fqdn]| match names {
            [] => "none".to_owned(),
            names => names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(" and "),
        };
        let (found, wanted) = (words(&found), words(wanted.as_slice()));
        self.missing.push(format!("the backup pool of `{fqdn}` is {found}, and {wanted} was planned"));
        false
    }

    fn hold_voice(&mut self, planned: &DeployedPool, found: Option<VoiceSettings>) -> bool {
        let fqdn = &planned.fqdn;
        let words =
            |voice: Option<VoiceSettings>| voice.map_or_else(|| "not set".to_owned(), |voice| voice.to_string());
        let is_planned = found == planned.voice_after;
        if is_planned {
            self.confirmed.push(format!("voice failover of `{fqdn}` is {}", words(found)));
        } else {
            let (found, wanted) = (words(found), words(planned.voice_after));
            self.missing.push(format!("voice failover of `{fqdn}` is {found}, and {wanted} was planned"));
        }
        is_planned
    }
}

/// Whether a difference is in what a pairing is written in: a dependency or a setting of the Registrar, or a service
/// that is new.
fn is_of_pairing(difference: &Difference, role: &str) -> bool {
    let Difference { aspect, after, .. } = difference;
    let is_part = aspect.starts_with("dependency ") || aspect.starts_with("setting ");
    role == Role::REGISTRAR && is_part || !role.is_empty() && aspect.is_empty() && after.is_some()
}

#[cfg(test)]
mod tests {
    use topogen::Layout;

    use super::{Confirmation, confirm};
    use crate::Export;
    use crate::notation::{Choice, Notation, NotationOrigin};
    use crate::plan::{Outcome, PlanOptions, PlanRecord, plan};
    use crate::request::{Flags, Request};
    use crate::source::Options;

    const POOLS: [&str; 2] = ["pool01.contoso.com", "pool02.contoso.com"];

    /// What is told of an export after the two pools were to be paired, with the bundle's topology and without it.
    fn after(fresh: &topogen::Deployment, written: &topogen::Notation) -> [Confirmation; 2] {
        let options = PlanOptions { reading: Options::default(), strict: false };
        let before = export(&topogen::two_standard(), &topogen::Notation::default());
        let [pool, backup] = POOLS.map(|name| Some(name.to_owned()));
        let request = Request::from_flags(&Flags { pool, backup, ..Flags::default() }).unwrap();
        let choice = Choice { notation: Notation::built_in(), origin: NotationOrigin::BuiltIn };
        let Outcome::Planned(planned) = plan(&before, &request, &choice.notation, &options).unwrap() else {
            panic!("refused")
        };
        let record = PlanRecord::new(&before, &request, &choice, &planned);
        let fresh = export(fresh, written);
        [Some(&planned.after), None].map(|planned| confirm(&record, planned, &fresh, &options.reading))
    }

    fn export(deployment: &topogen::Deployment, notation: &topogen::Notation) -> Export {
        let bytes = deployment.published(&Layout::default(), notation);
        Export::read("topology.xml", bytes, &Options::default()).unwrap()
    }

    #[test]
    fn what_is_missing_is_told_once() {
        for confirmation in after(&topogen::two_standard(), &topogen::Notation::default()) {
            let Confirmation { confirmed, missing, otherwise, others } = &confirmation;
            assert_eq!(
                [confirmed.len(), missing.len(), otherwise.len(), others.len()],
                [0, 4, 0, 0],
                "{confirmation:?}"
            );
            assert_eq!(confirmation.help().len(), 1);
        }
    }

    #[test]
    fn what_was_planned_is_all_there() {
        let paired = topogen::two_standard().pair(POOLS[0], POOLS[1]);
        for confirmation in after(&paired, &topogen::Notation::default()) {
            assert!(confirmation.is_good() && confirmation.help().is_empty(), "{confirmation:?}");
        }
    }

    #[test]
    fn a_preview_may_be_written_otherwise() {
        let paired = topogen::two_standard().pair(POOLS[0], POOLS[1]);
        let other = topogen::Notation { usage: "BackupRegistrar".into(), ..topogen::Notation::default() };
        let [confirmation, _] = after(&paired, &other);
        assert!(confirmation.is_good(), "{confirmation:?}");
        assert_eq!(confirmation.otherwise.len(), 4, "{confirmation:?}");
    }

    #[test]
    fn what_else_changed_is_told_beside_what_is_missing() {
        let fresh = topogen::two_standard().edit(POOLS[0], |pool| pool.roles.call_park = !pool.roles.call_park);
        for confirmation in after(&fresh, &topogen::Notation::default()) {
            assert_eq!((confirmation.missing.len(), confirmation.otherwise.len()), (4, 0), "{confirmation:?}");
            assert!(confirmation.others.iter().any(|line| line.starts_with("ApplicationServer")), "{confirmation:?}");
        }
    }
}
