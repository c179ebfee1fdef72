//! The actions that bring about the targets.

use super::id_allocator::IdAllocator;
use super::target::{Target, groups};
use super::{dependencies, services, settings};
use crate::Export;
use crate::action::{Action, Peer};
use crate::notation::{BackupRegistrar, Notation};
use crate::pairing::{Backup, Pairing};
use crate::topology::{Role, ServiceIndex, Topology};

/// All actions that bring about the targets, in the order of the targets.
///
/// New services of a pair are added in document order, whichever pool the request names first: the order decides bytes
/// and numbers, and the same pair has to give the same document.
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
            actions.extend(backup_actions(&export.topology, pairing, notation, target, registrar));
            let settings = settings::of_target(pairing, notation, target, registrar);
            actions.extend(settings.into_iter().map(Action::Set));
        }
        let services = services::of_group(export, pairing, notation, group, &mut ids);
        let dependencies = dependencies::of_group(&export.topology, pairing, notation, group, &services);
        actions.extend(services.into_iter().chain(dependencies));
    }
    actions
}

fn backup_actions<'a>(
    topology: &Topology,
    pairing: &Pairing,
    notation: &'a Notation,
    target: &Target,
    service: ServiceIndex,
) -> Vec<Action<'a>> {
    let pool = target.pool;
    let wanted = target.backup.and_then(|partner| Some((partner, topology.service_on(partner, Role::REGISTRAR)?)));
    let present: Vec<&Backup> = pairing.backups_of(pool).collect();
    let kept = wanted.and_then(|(partner, _)| present.iter().position(|backup| backup.partner == partner));
    let change = wanted.filter(|_| kept.is_none()).map(|(_, partner)| {
        let peer = Peer::present(topology, partner);
        match present.first() {
            Some(backup) => Action::MoveDependency { pool, service, dependency: backup.dependency, peer },
            None => {
                let BackupRegistrar { usage, position } = &notation.backup_registrar;
                Action::AddDependency { pool, service, usage, position: *position, peer }
            }
        }
    });
    let moved = wanted.map(|_| kept.unwrap_or(0));
    let others = present.iter().enumerate().filter(|(at, _)| Some(*at) != moved);
    let gone = others.map(|(_, backup)| Action::RemoveDependency { pool, service, dependency: backup.dependency });
    change.into_iter().chain(gone).collect()
}
