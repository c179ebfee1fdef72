//! Conflicts between actions, found before anything is written.

use std::collections::{HashMap, HashSet};

use super::error::{Error, PlanFault};
use crate::Export;
use crate::action::Action;
use crate::source::Label;
use crate::topology::{Host, PoolIndex, ServiceIndex, Topology};

/// Refuses actions that leave a dependency without its target, or touch one service for two pools.
///
/// # Errors
///
/// The first conflict.
pub(super) fn refuse(actions: &[Action<'_>], before: &Export) -> Result<(), Error> {
    let found = still_needed(actions, before).or_else(|| shared(actions, before));
    found.map_or(Ok(()), Err)
}

/// A service that stays but depends on one that is removed.
fn still_needed(actions: &[Action<'_>], before: &Export) -> Option<Error> {
    let topology = &before.topology;
    let going: HashSet<ServiceIndex> = actions.iter().filter_map(Action::removed).collect();
    let settled: HashSet<(ServiceIndex, usize)> = actions.iter().filter_map(settled).collect();
    let staying = topology.service_indices().filter(|service| !going.is_empty() && !going.contains(service));
    let mut dependencies =
        staying.flat_map(|by| topology[by].depends_on.iter().enumerate().map(move |(at, one)| (by, at, one)));
    let (by, _, dependency) = dependencies.find(|(by, at, dependency)| {
        dependency.target.is_some_and(|target| going.contains(&target)) && !settled.contains(&(*by, *at))
    })?;
    let fault =
        PlanFault::StillNeeded { service: dependency.names.value.to_string(), by: topology[by].id.value.to_string() };
    Some(Error::new(fault, before.source(), vec![Label::new(dependency.names.span, "depends on it")]))
}

/// The dependency that an action removes or changes to another service.
fn settled(action: &Action<'_>) -> Option<(ServiceIndex, usize)> {
    match action {
        Action::MoveDependency { service, dependency, .. } | Action::RemoveDependency { service, dependency, .. } => {
            Some((*service, *dependency))
        }
        _ => None,
    }
}

/// Two pools that share the database in which the notation keeps one service for each.
fn shared(actions: &[Action<'_>], before: &Export) -> Option<Error> {
    let topology = &before.topology;
    let mut pools: HashMap<(Host, String), PoolIndex> = HashMap::new();
    let mut found = actions.iter().filter_map(|action| Some((place(action, topology)?, action.pool())));
    let ((_, role), pool, other) = found.find_map(|(place, pool)| {
        let first = *pools.entry(place.clone()).or_insert(pool);
        (first != pool).then_some((place, pool, first))
    })?;
    let name = |pool: PoolIndex| topology.pool_name(pool).clone();
    let fault = PlanFault::SharedBackEnd { role, pool: name(pool), other: name(other) };
    let label = |pool: PoolIndex| Label::new(topology[pool].fqdn.span, "this pool");
    Some(Error::new(fault, before.source(), vec![label(pool), label(other)]))
}

/// The host and the role of the service that an action adds, changes or removes.
fn place(action: &Action<'_>, topology: &Topology) -> Option<(Host, String)> {
    match action {
        Action::AddService(add) => Some((topology.host_for(add.pool, add.notation)?, add.notation.role.clone())),
        Action::MoveDependency { service, .. } | Action::RemoveService { service, .. } => {
            Some((topology[*service].host?, topology[*service].role.to_string()))
        }
        _ => None,
    }
}
