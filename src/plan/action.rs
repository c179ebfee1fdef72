//! What has to be done to a document: each action gives its change, its edits and the differences it makes.

use super::change::{Change, ChangeKind, Value};
use super::id_allocator::IdAllocator;
use super::service_action::{self, AddServiceAction, Peer};
use super::setting_action::{self, SettingAction};
use super::target::{Target, groups};
use crate::Export;
use crate::notation::Notation;
use crate::pairing::{Backup, Pairing};
use crate::topology::{PoolIndex, Role, ServiceIndex, Topology};

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
    /// A service that depended on one of the old partner depends on that of the new one.
    MovePeer { pool: PoolIndex, service: ServiceIndex, dependency: usize, peer: Peer },
    /// A pool loses a service.
    RemoveService { pool: PoolIndex, service: ServiceIndex },
}

/// Everything that has to be done for the targets to hold, in the order of the targets.
///
/// New services of a pair come in the order of the document, whichever pool the request names first: the order is
/// one of bytes and numbers, and the same pair shall give the same document.
pub(super) fn actions<'a>(
    export: &'a Export,
    pairing: &'a Pairing,
    notation: &'a Notation,
    targets: &[Target],
    mut ids: IdAllocator<'_>,
) -> Vec<Action<'a>> {
    let mut actions = Vec::new();
    for group in groups(targets) {
        for target in group {
            let Some(registrar) = export.topology.service_on(target.pool, Role::REGISTRAR) else { continue };
            backup_actions(&export.topology, pairing, target, registrar, &mut actions);
            let settings = setting_action::of_target(pairing, notation, target, registrar);
            actions.extend(settings.into_iter().map(Action::Set));
        }
        let services = service_action::of_group(export, pairing, notation, group, &mut ids);
        actions.extend(services);
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

impl Action<'_> {
    /// The pool that is changed.
    pub(super) fn pool(&self) -> PoolIndex {
        match self {
            Self::AddBackup { pool, .. } | Self::MovePeer { pool, .. } | Self::RemoveService { pool, .. } => *pool,
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
            Self::MovePeer { service, dependency, peer, .. } => {
                let role = &topology[*service].role;
                let was = topology[*service].depends_on[*dependency].target.and_then(|was| topology.pool_of(was));
                let with = |pool: PoolIndex| Value::Text(format!("{role} with {}", topology.pool_name(pool)));
                (ChangeKind::Service, was.map(with), peer.pool.map(with))
            }
            Self::RemoveService { service, .. } => {
                (ChangeKind::Service, Some(Value::Text(topology[*service].role.to_string())), None)
            }
        };
        Change::new(kind, topology.pool_name(self.pool()), before, after)
    }
}
