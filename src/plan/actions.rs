//! The actions that bring about the targets.

use super::id_allocator::IdAllocator;
use super::target::{Target, groups};
use super::{dependencies, services, settings};
use crate::Export;
use crate::action::Action;
use crate::notation::Notation;
use crate::pairing::Pairing;
use crate::topology::Role;

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
            actions.extend(dependencies::of_registrar(&export.topology, pairing, notation, target, registrar));
            let settings = settings::of_target(pairing, notation, target, registrar);
            actions.extend(settings.into_iter().map(Action::Set));
        }
        let services = services::of_group(export, pairing, notation, group, &mut ids);
        let dependencies = dependencies::of_group(&export.topology, pairing, notation, group, &services);
        actions.extend(services.into_iter().chain(dependencies));
    }
    actions
}
