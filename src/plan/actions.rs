//! What has to be done for the targets to hold.

use super::id_allocator::IdAllocator;
use super::target::{Target, groups};
use super::{dependencies, services, settings};
use crate::Export;
use crate::action::Action;
use crate::notation::Notation;
use crate::pairing::{Backup, Pairing};
use crate::topology::{Role, ServiceIndex, Topology};

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
