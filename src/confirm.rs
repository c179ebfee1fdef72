//! Comparing a new export with a plan.

use std::fmt;

use crate::Export;
use crate::diff::{Aspect, Difference, DifferenceClass, InventoryChange, State, Subject, compare, signature_differs};
use crate::learn::choose_for_reading;
use crate::notation::{Evidence, Notation};
use crate::pairing::{Pairing, VoiceSettings};
use crate::plan::deployment::{DeployedPool, PublishRoute};
use crate::plan::{Change, ChangeKind, ChangeValue, PlanRecord};
use crate::source::Options;
use crate::topology::{Fqdn, PoolIndex, Role};

/// A new export compared with a plan.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Confirmation {
    /// Planned facts that the export shows.
    pub confirmed: Vec<PoolFact>,
    /// Planned facts that the export does not show.
    pub missing: Vec<PoolFact>,
    /// Differences between the notation of the preview and that of Topology Builder.
    pub notation_differs: Vec<Difference>,
    /// Differences that were not planned.
    pub unexpected: Vec<Unexpected>,
    /// Whether the root's `Signature` differs, which every export's does.
    pub signature_differs: bool,
}

/// A planned fact about a pool, and what the export shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PoolFact {
    /// The pool.
    pub pool: Fqdn,
    /// Which fact.
    pub fact: Fact,
}

/// What was planned, and what the export shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fact {
    /// The pool is not in the export.
    NoPool,
    /// Its backup pool.
    Backup {
        /// As planned.
        expected: Option<Fqdn>,
        /// In the export; normally one.
        found: Vec<Fqdn>,
    },
    /// Its voice failover.
    Voice {
        /// As planned.
        expected: Option<VoiceSettings>,
        /// In the export.
        found: Option<VoiceSettings>,
    },
    /// A planned service of this role is not in the export.
    NoService(String),
}

/// Differences that were not planned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unexpected {
    /// Between the topology that the plan wrote and the export.
    Difference(Difference),
    /// Between the inventory of the plan and the export.
    Inventory(InventoryChange),
}

impl Confirmation {
    /// Whether everything is as planned, and nothing else changed.
    pub fn is_good(&self) -> bool {
        self.missing.is_empty() && self.unexpected.is_empty()
    }
}

/// Compares a new export with a plan; `planned` is the topology that the plan wrote, if available.
///
/// With it, every other difference is reported in full. Without it the plan's inventory shows what differs, but not
/// how. After a preview in an unverified notation the pairing itself may be written in another way.
pub fn confirm(record: &PlanRecord, planned: Option<&Export>, fresh: &Export, reading: &Options) -> Confirmation {
    let mut confirmation = Confirmation::default();
    if fresh.topology.dialect != record.input.dialect {
        let difference = Difference::dialect(record.input.dialect, fresh.topology.dialect);
        confirmation.unexpected.push(Unexpected::Difference(difference));
        return confirmation;
    }
    let is_preview =
        record.notation.evidence == Evidence::Unverified && record.publish_route == PublishRoute::TopologyBuilder;
    let notation = match is_preview {
        true => choose_for_reading(fresh, None, reading).notation,
        false => record.notation.clone(),
    };
    let pairing = Pairing::read(&fresh.document, &fresh.topology, &notation);
    let pools = &record.deployment.pools;
    let checked: Vec<CheckedPool<'_>> =
        pools.iter().map(|pool| confirmation.check_pool(pool, fresh, &pairing)).collect();
    match planned {
        Some(planned) => {
            confirmation.signature_differs = signature_differs(planned, fresh);
            let sorting = Sorting { record, checked: &checked, notations: [&record.notation, &notation], is_preview };
            confirmation.sort(compare(planned, fresh), &sorting);
        }
        None => {
            let changes = record.inventory.changes_to(fresh).into_iter();
            let unreported = changes.filter(|change| !checked.iter().any(|pool| pool.already_reported(change)));
            confirmation.unexpected = unreported.map(Unexpected::Inventory).collect();
        }
    }
    confirmation
}

/// The parts of a planned pool that are as planned.
struct CheckedPool<'a> {
    fqdn: &'a Fqdn,
    is_there: bool,
    has_backup: bool,
    has_voice: bool,
}

impl CheckedPool<'_> {
    /// Whether a change of the inventory is already reported.
    fn already_reported(&self, change: &InventoryChange) -> bool {
        let (InventoryChange::Gone(subject) | InventoryChange::New(subject) | InventoryChange::Differs(subject)) =
            change
        else {
            return false;
        };
        let is_complete = self.has_backup && self.has_voice;
        let in_registrar = matches!(change, InventoryChange::Differs(_)) && subject.role() == Some(Role::REGISTRAR);
        subject.owner() == Some(self.fqdn.as_str()) && (!self.is_there || in_registrar && !is_complete)
    }
}

/// Context for sorting differences.
struct Sorting<'a> {
    record: &'a PlanRecord,
    checked: &'a [CheckedPool<'a>],
    /// The notation of the plan, and the notation that the new export is read with.
    notations: [&'a Notation; 2],
    is_preview: bool,
}

impl Sorting<'_> {
    /// The planned pool that a difference is in.
    fn pool_of(&self, difference: &Difference) -> Option<&CheckedPool<'_>> {
        let owner = difference.subject.owner()?;
        self.checked.iter().find(|pool| pool.fqdn.as_str() == owner)
    }

    /// Whether a difference is already reported as a missing part of the plan.
    fn already_reported(&self, pool: &CheckedPool<'_>, difference: &Difference) -> bool {
        let names_registrar = |target: &Option<State>| matches!(target, Some(State::Subject(service)) if service.role() == Some(Role::REGISTRAR));
        let is_part = match &difference.aspect {
            Aspect::Dependency(_) => {
                !pool.has_backup && (names_registrar(&difference.before) || names_registrar(&difference.after))
            }
            Aspect::Setting(name) => {
                !pool.has_voice && self.notations.iter().any(|notation| notation.names_setting(name))
            }
            _ => false,
        };
        !pool.is_there || is_part
    }

    /// The role of a planned service that is missing.
    fn missing_service<'d>(&self, pool: &CheckedPool<'_>, difference: &'d Difference) -> Option<&'d str> {
        let role = difference.subject.role()?;
        let gains = |change: &Change| {
            change.kind == ChangeKind::Service
                && change.pool == *pool.fqdn
                && change.before.is_none()
                && matches!(&change.after, Some(ChangeValue::Text(after)) if after == role)
        };
        let is_gone = difference.aspect == Aspect::Whole && difference.after.is_none();
        (is_gone && self.record.changes.iter().any(gains)).then_some(role)
    }

    /// Whether a difference may be due to the notation: in a dependency or a setting of the Registrar, or a new service.
    fn notation_differs(&self, Difference { subject, aspect, after, .. }: &Difference) -> bool {
        let is_of_pairing = match aspect {
            Aspect::Dependency(_) | Aspect::Setting(_) => subject.role() == Some(Role::REGISTRAR),
            Aspect::Whole => matches!(subject, Subject::Service { .. }) && after.is_some(),
            _ => false,
        };
        self.is_preview && is_of_pairing
    }
}

impl Confirmation {
    /// Sorts the differences, and leaves out those already reported.
    fn sort(&mut self, found: Vec<Difference>, sorting: &Sorting<'_>) {
        for difference in found.into_iter().filter(|difference| difference.class == DifferenceClass::Meaning) {
            match sorting.pool_of(&difference) {
                Some(pool) if sorting.already_reported(pool, &difference) => {}
                Some(pool) => match sorting.missing_service(pool, &difference) {
                    Some(role) => self.missing.push(PoolFact::new(pool.fqdn, Fact::NoService(role.to_owned()))),
                    None if sorting.notation_differs(&difference) => self.notation_differs.push(difference),
                    None => self.unexpected.push(Unexpected::Difference(difference)),
                },
                None => self.unexpected.push(Unexpected::Difference(difference)),
            }
        }
    }

    fn check_pool<'a>(&mut self, planned: &'a DeployedPool, fresh: &Export, pairing: &Pairing) -> CheckedPool<'a> {
        let fqdn = &planned.fqdn;
        let Some(pool) = fresh.topology.pool_named(fqdn) else {
            self.missing.push(PoolFact::new(fqdn, Fact::NoPool));
            return CheckedPool { fqdn, is_there: false, has_backup: false, has_voice: false };
        };
        let name = |pool: PoolIndex| fresh.topology.pool_name(pool).clone();
        let found: Vec<Fqdn> = pairing.backups_of(pool).map(|backup| name(backup.partner)).collect();
        let expected = planned.backup_pool_after.clone();
        let has_backup = found.as_slice() == expected.as_slice();
        self.note(has_backup, PoolFact::new(fqdn, Fact::Backup { expected, found }));
        let (expected, found) = (planned.voice_after, pairing.voice_settings(pool));
        let has_voice = found == expected;
        self.note(has_voice, PoolFact::new(fqdn, Fact::Voice { expected, found }));
        CheckedPool { fqdn, is_there: true, has_backup, has_voice }
    }

    fn note(&mut self, is_planned: bool, fact: PoolFact) {
        if is_planned { self.confirmed.push(fact) } else { self.missing.push(fact) }
    }
}

impl PoolFact {
    fn new(pool: &Fqdn, fact: Fact) -> Self {
        Self { pool: pool.clone(), fact }
    }
}

impl fmt::Display for PoolFact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { pool, fact } = self;
        match fact {
            Fact::NoPool => write!(f, "pool `{pool}` is not in the export"),
            Fact::NoService(role) => write!(f, "`{pool}`: expected a service `{role}`, found none"),
            Fact::Backup { expected, found } if found.as_slice() == expected.as_slice() => match expected {
                Some(backup) => write!(f, "the backup pool of `{pool}` is `{backup}`"),
                None => write!(f, "`{pool}` has no backup pool"),
            },
            Fact::Backup { expected, found } => {
                let (expected, found) = (names(expected.as_slice()), names(found));
                write!(f, "backup pool of `{pool}`: expected {expected}, found {found}")
            }
            Fact::Voice { expected, found } if expected == found => {
                write!(f, "voice failover of `{pool}` is {}", voice(*found))
            }
            Fact::Voice { expected, found } => {
                write!(f, "voice failover of `{pool}`: expected {}, found {}", voice(*expected), voice(*found))
            }
        }
    }
}

fn names(names: &[Fqdn]) -> String {
    match names {
        [] => "none".to_owned(),
        names => names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(" and "),
    }
}

fn voice(voice: Option<VoiceSettings>) -> String {
    voice.map_or_else(|| "not set".to_owned(), |voice| voice.to_string())
}

impl fmt::Display for Unexpected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Difference(difference) => difference.fmt(f),
            Self::Inventory(InventoryChange::Gone(subject)) => write!(f, "{subject} is gone"),
            Self::Inventory(InventoryChange::New(subject)) => write!(f, "{subject} is new"),
            Self::Inventory(InventoryChange::Differs(subject)) => write!(f, "{subject} differs"),
            Self::Inventory(InventoryChange::Elsewhere) => f.write_str(
                "something outside the pools of the plan differs; put the plan beside its topology to see what",
            ),
        }
    }
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
            let Confirmation { confirmed, missing, notation_differs, unexpected, .. } = &confirmation;
            assert_eq!(
                [confirmed.len(), missing.len(), notation_differs.len(), unexpected.len()],
                [0, 4, 0, 0],
                "{confirmation:?}"
            );
        }
    }

    #[test]
    fn what_was_planned_is_all_there() {
        let paired = topogen::two_standard().pair(POOLS[0], POOLS[1]);
        for confirmation in after(&paired, &topogen::Notation::default()) {
            assert!(confirmation.is_good(), "{confirmation:?}");
        }
    }

    #[test]
    fn a_preview_may_be_written_in_another_way() {
        let paired = topogen::two_standard().pair(POOLS[0], POOLS[1]);
        let other = topogen::Notation { usage: "BackupRegistrar".into(), ..topogen::Notation::default() };
        let [confirmation, _] = after(&paired, &other);
        assert!(confirmation.is_good(), "{confirmation:?}");
        assert_eq!(confirmation.notation_differs.len(), 4, "{confirmation:?}");
    }

    #[test]
    fn what_else_changed_is_told_beside_what_is_missing() {
        let fresh = topogen::two_standard().edit(POOLS[0], |pool| pool.roles.call_park = !pool.roles.call_park);
        for confirmation in after(&fresh, &topogen::Notation::default()) {
            assert_eq!((confirmation.missing.len(), confirmation.notation_differs.len()), (4, 0), "{confirmation:?}");
            assert!(
                confirmation.unexpected.iter().any(|one| one.to_string().starts_with("ApplicationServer")),
                "{confirmation:?}"
            );
        }
    }
}
