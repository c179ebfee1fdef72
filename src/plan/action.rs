//! What has to be done to a document: each action gives its change, its edits and the differences it makes.

use super::change::{Change, ChangeKind, Value};
use super::target::{Target, VoiceTarget};
use crate::Export;
use crate::interval::Interval;
use crate::notation::{AddedService, Condition, IntervalAttribute, Notation};
use crate::pairing::{Backup, Pairing, Setting};
use crate::source::Spanned;
use crate::topology::{CentralManagement, PoolIndex, Role, ServiceId, ServiceIndex, Topology};

/// What has to be done to a document.
#[derive(Clone, Debug)]
pub(super) enum Action<'a> {
    /// A Registrar gains a dependency on its partner's.
    AddBackup { pool: PoolIndex, registrar: ServiceIndex, partner: ServiceIndex },
    /// A Registrar's dependency names another partner.
    MoveBackup { backup: &'a Backup, partner: ServiceIndex },
    /// A Registrar loses the dependency.
    RemoveBackup { backup: &'a Backup },
    /// An attribute of a Registrar's role element comes, goes or changes.
    Set(SettingAction<'a>),
    /// A pool gains a service.
    AddService(AddServiceAction<'a>),
    /// A pool loses a service.
    RemoveService { pool: PoolIndex, service: ServiceIndex },
}

/// An attribute of a Registrar's role element comes, goes or changes.
#[derive(Clone, Debug)]
pub(super) struct SettingAction<'a> {
    pub(super) pool: PoolIndex,
    pub(super) registrar: ServiceIndex,
    pub(super) name: &'a str,
    pub(super) before: Option<&'a Spanned<String>>,
    pub(super) after: Option<String>,
    change: (ChangeKind, Option<Value>, Option<Value>),
}

/// A pool gains a service.
#[derive(Clone, Debug)]
pub(super) struct AddServiceAction<'a> {
    pub(super) pool: PoolIndex,
    pub(super) partner: PoolIndex,
    pub(super) notation: &'a AddedService,
    pub(super) id: ServiceId,
}

/// Everything that has to be done for the targets to hold, in the order of the targets.
pub(super) fn actions<'a>(
    export: &'a Export,
    pairing: &'a Pairing,
    notation: &'a Notation,
    targets: &[Target],
) -> Vec<Action<'a>> {
    let mut actions = Vec::new();
    let mut ids = super::fresh_id::FreshIds::new(export);
    for target in targets {
        let Some(registrar) = export.topology.service_on(target.pool, Role::REGISTRAR) else { continue };
        backup_actions(&export.topology, pairing, target, registrar, &mut actions);
        voice_actions(pairing, notation, target, registrar, &mut actions);
        service_actions(&export.topology, notation, target, &mut ids, &mut actions);
    }
    actions
}

fn backup_actions<'a>(
    topology: &Topology,
    pairing: &'a Pairing,
    target: &Target,
    registrar: ServiceIndex,
    actions: &mut Vec<Action<'a>>,
) {
    let wanted = target.backup.and_then(|pool| Some((pool, topology.service_on(pool, Role::REGISTRAR)?)));
    let present: Vec<&Backup> = pairing.backups_of(target.pool).collect();
    let kept = wanted.and_then(|(pool, _)| present.iter().position(|backup| backup.partner == pool));
    match (wanted, kept, present.first()) {
        (Some((_, partner)), None, None) => {
            actions.push(Action::AddBackup { pool: target.pool, registrar, partner });
        }
        (Some((_, partner)), None, Some(backup)) => actions.push(Action::MoveBackup { backup, partner }),
        _ => {}
    }
    let moved = wanted.map(|_| kept.unwrap_or(0));
    let others = present.iter().enumerate().filter(|(at, _)| Some(*at) != moved);
    actions.extend(others.map(|(_, backup)| Action::RemoveBackup { backup }));
}

fn voice_actions<'a>(
    pairing: &'a Pairing,
    notation: &'a Notation,
    target: &Target,
    registrar: ServiceIndex,
    actions: &mut Vec<Action<'a>>,
) {
    let Some(voice) = pairing.voice(target.pool) else { return };
    let flag = &notation.automatic_failover;
    let before = voice.automatic.as_ref();
    let is_on = before.and_then(|setting| setting.value);
    let after = match target.voice {
        // A switch that is not written is off, so that off needs no writing.
        VoiceTarget::Set { automatic: false, .. } if before.is_none() => None,
        VoiceTarget::Set { automatic, .. } => Some(automatic),
        VoiceTarget::Clear => None,
    };
    if is_on != after || (before.is_some() && is_on.is_none()) {
        actions.push(Action::Set(SettingAction {
            pool: target.pool,
            registrar,
            name: &flag.attribute,
            before: before.map(|setting| &setting.written),
            after: after.map(|yes| flag.form.write(yes).to_owned()),
            change: (ChangeKind::AutomaticFailover, before.map(flag_value), after.map(Value::Flag)),
        }));
    }
    let (detection, failback) = match target.voice {
        VoiceTarget::Set { failure_detection, failback, .. } => (keep(failure_detection), keep(failback)),
        VoiceTarget::Clear => (Wanted::Gone, Wanted::Gone),
    };
    let intervals = [
        (ChangeKind::FailureDetection, &notation.failure_detection, voice.failure_detection.as_ref(), detection),
        (ChangeKind::Failback, &notation.failback, voice.failback.as_ref(), failback),
    ];
    for (kind, attribute, before, wanted) in intervals {
        let action = interval_action(kind, attribute, before, wanted);
        actions.extend(action.map(|(before, after, change)| {
            let name = attribute.attribute.as_str();
            Action::Set(SettingAction { pool: target.pool, registrar, name, before, after, change })
        }));
    }
}

#[derive(Clone, Copy)]
enum Wanted {
    AsItIs,
    Gone,
    Is(Interval),
}

fn keep(interval: Option<Interval>) -> Wanted {
    interval.map_or(Wanted::AsItIs, Wanted::Is)
}

type SettingChange<'a> = (Option<&'a Spanned<String>>, Option<String>, (ChangeKind, Option<Value>, Option<Value>));

fn interval_action<'a>(
    kind: ChangeKind,
    attribute: &IntervalAttribute,
    before: Option<&'a Setting<Interval>>,
    wanted: Wanted,
) -> Option<SettingChange<'a>> {
    let after = match (wanted, before) {
        (Wanted::AsItIs, _) | (Wanted::Gone, None) => return None,
        (Wanted::Is(interval), Some(Setting { value: Some(value), .. })) if interval == *value => return None,
        (Wanted::Is(interval), _) => Some(interval),
        (Wanted::Gone, Some(_)) => None,
    };
    let values = (before.map(interval_value), after.map(|interval| Value::Seconds(interval.seconds())));
    let text = after.map(|interval| interval.write(attribute.form));
    Some((before.map(|setting| &setting.written), text, (kind, values.0, values.1)))
}

fn flag_value(setting: &Setting<bool>) -> Value {
    setting.value.map_or_else(|| Value::Text(setting.written.value.clone()), Value::Flag)
}

fn interval_value(setting: &Setting<Interval>) -> Value {
    let seconds = |interval: Interval| Value::Seconds(interval.seconds());
    setting.value.map_or_else(|| Value::Text(setting.written.value.clone()), seconds)
}

fn service_actions<'a>(
    topology: &Topology,
    notation: &'a Notation,
    target: &Target,
    ids: &mut super::fresh_id::FreshIds<'a>,
    actions: &mut Vec<Action<'a>>,
) {
    for service in &notation.services {
        let present = topology.service_on(target.pool, &service.role);
        match (present, target.backup) {
            (None, Some(partner)) if is_needed(topology, service, partner) => {
                let id = ids.next(target.pool, &service.role);
                let action = AddServiceAction { pool: target.pool, partner, notation: service, id };
                actions.push(Action::AddService(action));
            }
            (Some(present), backup) if is_spare(topology, service, target.pool, backup) => {
                actions.push(Action::RemoveService { pool: target.pool, service: present });
            }
            _ => {}
        }
    }
}

fn is_needed(topology: &Topology, service: &AddedService, partner: PoolIndex) -> bool {
    match service.condition {
        Condition::Always => true,
        Condition::BesideActiveCentralManagement => topology.central_management(partner) == CentralManagement::Active,
    }
}

/// Whether a service that a pairing added has no use any more.
fn is_spare(topology: &Topology, service: &AddedService, pool: PoolIndex, backup: Option<PoolIndex>) -> bool {
    match (service.condition, backup) {
        (Condition::Always, backup) => backup.is_none(),
        (Condition::BesideActiveCentralManagement, Some(partner)) => {
            topology.central_management(pool) == CentralManagement::Standby
                && topology.central_management(partner) != CentralManagement::Active
        }
        (Condition::BesideActiveCentralManagement, None) => {
            topology.central_management(pool) == CentralManagement::Standby
        }
    }
}

impl Action<'_> {
    /// The pool that is changed.
    pub(super) fn pool(&self) -> PoolIndex {
        match self {
            Self::AddBackup { pool, .. } | Self::RemoveService { pool, .. } => *pool,
            Self::MoveBackup { backup, .. } | Self::RemoveBackup { backup } => backup.pool,
            Self::Set(action) => action.pool,
            Self::AddService(action) => action.pool,
        }
    }

    /// The change in domain words.
    pub(super) fn change(&self, topology: &Topology) -> Change {
        let fqdn = |pool: PoolIndex| Value::Text(topology.pool_name(pool).to_string());
        let home = |service: ServiceIndex| topology.pool_of(service).map(fqdn);
        let (kind, before, after) = match self {
            Self::AddBackup { partner, .. } => (ChangeKind::BackupPool, None, home(*partner)),
            Self::MoveBackup { backup, partner } => {
                (ChangeKind::BackupPool, Some(fqdn(backup.partner)), home(*partner))
            }
            Self::RemoveBackup { backup } => (ChangeKind::BackupPool, Some(fqdn(backup.partner)), None),
            Self::Set(action) => action.change.clone(),
            Self::AddService(action) => (ChangeKind::Service, None, Some(Value::Text(action.notation.role.clone()))),
            Self::RemoveService { service, .. } => {
                (ChangeKind::Service, Some(Value::Text(topology[*service].role.to_string())), None)
            }
        };
        Change::new(kind, topology.pool_name(self.pool()), before, after)
    }
}
