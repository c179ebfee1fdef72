//! The positions of the pair's parts in the example.

use super::pair::NewPair;
use super::service_example::NewService;
use super::services::Services;
use crate::diff::Subject;
use crate::notation::{
    DependencyPosition, InstanceNumbers, Notation, Placement, ServicesOrder, ServicesPosition, SettingsPosition,
    VoiceSetting,
};
use crate::plan::{GivenIds, IdAllocator};
use crate::topology::{Dialect, ServiceIndex};
use crate::xml::Node;

/// The position of the dependency on the partner; last if unclear.
pub(super) fn dependency(pair: &NewPair<'_>) -> DependencyPosition {
    let is_first = |side: &super::pair::PairedSide| {
        let all = side.registrar_in(pair.after).depends_on.len();
        all > 1 && side.dependency == 0
    };
    if pair.sides.iter().all(is_first) { DependencyPosition::First } else { DependencyPosition::Last }
}

/// The positions of settings and services; `names` are the attributes of the settings, in the order of [`VoiceSetting::ALL`].
pub(super) fn of(pair: &NewPair<'_>, names: &[String; 3], services: &Services) -> Placement {
    let element = pair.sides[0].role_element(pair.after);
    Placement {
        settings: element.map_or(SettingsPosition::Last, |element| settings_position(element, names)),
        settings_order: element.and_then(|element| settings_order(element, names)).unwrap_or(VoiceSetting::ALL),
        services: services_position(pair, &services.added),
        services_order: services_order(services),
        instance_numbers: InstanceNumbers::default(),
    }
}

fn settings_order(element: Node<'_>, names: &[String; 3]) -> Option<[VoiceSetting; 3]> {
    let setting = |name: &str| VoiceSetting::ALL.into_iter().zip(names).find(|(_, known)| *known == name);
    let order: Vec<_> = element.attributes().filter_map(|attribute| Some(setting(attribute.name())?.0)).collect();
    order.try_into().ok()
}

fn settings_position(element: Node<'_>, names: &[String; 3]) -> SettingsPosition {
    let is_setting = |name: &str| names.iter().any(|known| known == name);
    let all: Vec<_> = element.attributes().collect();
    let at = |is_one: &dyn Fn(&crate::xml::Attribute<'_>) -> bool| {
        let mut places = all.iter().enumerate().filter(|(_, one)| is_one(one)).map(|(at, _)| at);
        let first = places.next()?;
        Some((first, places.last().unwrap_or(first)))
    };
    let settings = at(&|one| is_setting(one.name()));
    let others = at(&|one| !is_setting(one.name()) && !one.is_namespace_declaration());
    let namespaces = at(&|one| one.is_namespace_declaration());
    match (settings, others, namespaces) {
        (Some((_, last)), Some((first_other, _)), _) if last < first_other => SettingsPosition::First,
        // A declaration between the other settings and these.
        (Some((first, _)), Some((_, last_other)), Some((_, last_namespace)))
            if last_other < last_namespace && last_namespace < first =>
        {
            SettingsPosition::AfterNamespaces
        }
        _ => SettingsPosition::Last,
    }
}

fn services_position(pair: &NewPair<'_>, added: &[NewService]) -> ServicesPosition {
    let topology = &pair.after.topology;
    let is_added = |service: ServiceIndex| added.iter().any(|one| one.service == service);
    let last_old = topology.service_indices().filter(|&service| !is_added(service)).last();
    let at_end = added.iter().all(|one| Some(one.service) > last_old);
    let after_pool = added.iter().all(|one| {
        let pool = pair.sides[one.side.min(1)].pool;
        let last = topology.services_for(pool).filter(|&service| !is_added(service)).last();
        let between = |service: &ServiceIndex| Some(*service) > last && *service < one.service;
        Some(one.service) > last && topology.service_indices().filter(between).all(is_added)
    });
    if after_pool && !at_end { ServicesPosition::AfterPool } else { ServicesPosition::End }
}

fn services_order(services: &Services) -> ServicesOrder {
    let rank = |added: &NewService| services.notations.iter().position(|notation| notation.role == added.role);
    let by_service = services.added.is_sorted_by_key(|added| (rank(added), added.side));
    let by_pool = services.added.is_sorted_by_key(|added| (added.side, rank(added)));
    if by_service && !by_pool { ServicesOrder::ByService } else { ServicesOrder::ByPool }
}

/// Finds the rule by which added services are numbered; without one, remarks are given.
///
/// Numbers are assigned in the order of the services, which the document does not show if each is next to its pool's.
pub(super) fn number(notation: &mut Notation, pair: &NewPair<'_>, added: &[NewService]) -> Vec<String> {
    if pair.before.topology.dialect == Dialect::TopologyBuilder {
        return Vec::new();
    }
    let shown = notation.placement.services_order;
    let orders = match notation.placement.services {
        ServicesPosition::End => vec![shown],
        ServicesPosition::AfterPool => vec![ServicesOrder::ByPool, ServicesOrder::ByService],
    };
    let rules = [InstanceNumbers::ByRole, InstanceNumbers::BySite];
    let mut rules = orders.into_iter().flat_map(|order| rules.map(|numbers| (order, numbers)));
    let fits = |&(order, numbers): &(ServicesOrder, InstanceNumbers)| {
        unexpected(numbers, pair, &in_order(notation, order, added)).is_empty()
    };
    match rules.find(fits) {
        Some((order, numbers)) => {
            notation.placement.services_order = order;
            notation.placement.instance_numbers = numbers;
            Vec::new()
        }
        None => unexpected(InstanceNumbers::ByRole, pair, &in_order(notation, shown, added)),
    }
}

fn in_order<'a>(notation: &Notation, order: ServicesOrder, added: &'a [NewService]) -> Vec<&'a NewService> {
    let rank = |added: &NewService| notation.services.iter().position(|service| service.role == added.role);
    let mut sorted: Vec<_> = added.iter().collect();
    match order {
        ServicesOrder::ByPool => sorted.sort_by_key(|added| (added.side, rank(added))),
        ServicesOrder::ByService => sorted.sort_by_key(|added| (rank(added), added.side)),
    }
    sorted
}

/// The services whose number does not follow a rule.
fn unexpected(rule: InstanceNumbers, pair: &NewPair<'_>, added: &[&NewService]) -> Vec<String> {
    let given = GivenIds::new();
    let mut ids = IdAllocator::new(pair.before, rule, &given);
    let mut remarks = Vec::new();
    for one in added {
        let Some(side) = pair.sides.get(one.side) else { continue };
        let expected = ids.next(side.pool_before, &one.role);
        if expected != one.id {
            let subject = Subject::service(&pair.after.topology, one.service);
            remarks.push(format!("{subject} is numbered `{}`, where poolpair would write `{expected}`", one.id));
        }
    }
    remarks
}
