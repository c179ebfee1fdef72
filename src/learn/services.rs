//! Services that were added with the pair.

use std::collections::HashSet;

use super::pair::NewPair;
use super::service_example::{DependencyCandidate, NewService, ServiceExample, TemplatizedElement, read_example};
use super::unexplained::Unexplained;
use crate::diff::{Difference, Subject};
use crate::notation::{AddedDependency, AddedService, Condition, Relation};
use crate::topology::{CentralManagement, ServiceId, ServiceIndex};

/// Services that were added with the pair.
#[derive(Debug, Default)]
pub(super) struct Services {
    /// How they are written, in the order in which they are.
    pub(super) notations: Vec<AddedService>,
    /// Each of them, in the order of the document.
    pub(super) added: Vec<NewService>,
}

/// Explains the services that only the document after has; those that are not explained stay open.
pub(super) fn learn(pair: &NewPair<'_>, open: &mut Unexplained) -> Services {
    let mut examples: Vec<(NewService, ServiceExample)> = Vec::new();
    for service in new_services(pair) {
        match read_example(pair, service) {
            Ok(found) => examples.push(found),
            Err(reason) => open.keep(came(pair, service), reason),
        }
    }
    let mut services = Services::default();
    for role in roles(&examples) {
        let of_role: Vec<_> = examples.iter().filter(|(added, _)| added.role == role).collect();
        match unite(pair, &of_role) {
            Ok(notation) => {
                for (added, _) in of_role {
                    open.explain(&came(pair, added.service));
                }
                services.notations.push(notation);
            }
            Err(reason) => {
                for (added, _) in of_role {
                    open.keep(came(pair, added.service), reason.clone());
                }
            }
        }
    }
    services.added = examples.into_iter().map(|(added, _)| added).collect();
    services
}

fn new_services(pair: &NewPair<'_>) -> Vec<ServiceIndex> {
    let known: HashSet<&ServiceId> = pair.before.topology.services.iter().map(|service| &service.id.value).collect();
    let topology = &pair.after.topology;
    topology.service_indices().filter(|&service| !known.contains(&topology[service].id.value)).collect()
}

fn came(pair: &NewPair<'_>, service: ServiceIndex) -> Difference {
    Difference::added(Subject::service(&pair.after.topology, service))
}

/// The roles in the order of the pool that gained most, for that pool has the whole list.
fn roles(examples: &[(NewService, ServiceExample)]) -> Vec<String> {
    let of_side = |side: usize| examples.iter().filter(move |(added, _)| added.side == side);
    let (most, least) = if of_side(1).count() > of_side(0).count() { (1, 0) } else { (0, 1) };
    let mut roles: Vec<String> = Vec::new();
    for (added, _) in of_side(most).chain(of_side(least)) {
        if !roles.contains(&added.role) {
            roles.push(added.role.clone());
        }
    }
    roles
}

/// One notation for the same role on one pool or on both.
fn unite(pair: &NewPair<'_>, examples: &[&(NewService, ServiceExample)]) -> Result<AddedService, String> {
    let [(first, example), others @ ..] = examples else { return Err(String::new()) };
    let condition = condition(pair, examples)?;
    let same = |same: bool, what: &str| if same { Ok(()) } else { Err(format!("the two pools have another {what}")) };
    let all = |holds: &dyn Fn(&ServiceExample) -> bool| others.iter().all(|(_, other)| holds(other));
    same(all(&|other| other.role_version == example.role_version), "`RoleVersion`")?;
    same(all(&|other| other.service_type == example.service_type), "`Type`")?;
    same(all(&|other| other.installed_on == example.installed_on), "kind of host")?;
    let is_own = |example: &ServiceExample| Some(example.service_version) == example.own_version;
    let own_version = is_own(example) && all(&is_own);
    same(own_version || all(&|other| other.service_version == example.service_version), "`ServiceVersion`")?;
    let others: Vec<&ServiceExample> = others.iter().map(|(_, other)| other).collect();
    Ok(AddedService {
        role: first.role.clone(),
        role_version: example.role_version.clone(),
        service_version: (!own_version).then_some(example.service_version),
        service_type: example.service_type.clone(),
        installed_on: example.installed_on,
        condition,
        ports: common_part(&example.ports, others.iter().map(|other| Some(&other.ports)))
            .ok_or("the two pools have other ports")?,
        body: match &example.body {
            Some(body) => Some(
                common_part(body, others.iter().map(|other| other.body.as_ref()))
                    .ok_or("the two pools have other role elements")?,
            ),
            None => {
                same(others.iter().all(|other| other.body.is_none()), "role element")?;
                None
            }
        },
        dependencies: common_dependencies(example, &others).ok_or("the two pools have other dependencies")?,
    })
}

fn condition(pair: &NewPair<'_>, examples: &[&(NewService, ServiceExample)]) -> Result<Condition, String> {
    let active =
        |at: usize| pair.after.topology.central_management(pair.partner_of(at).pool) == CentralManagement::Active;
    match examples {
        [(one, _), (other, _)] if one.side != other.side => Ok(Condition::Always),
        [(one, _)] if active(one.side) => Ok(Condition::BesideActiveCentralManagement),
        [_] => Err("only one of the two pools gained it, and its partner has no active Central Management".to_owned()),
        _ => Err("a pool gained more than one of this role".to_owned()),
    }
}

/// The text that stands for an element on both pools.
fn common_part<'p>(
    first: &TemplatizedElement,
    others: impl Iterator<Item = Option<&'p TemplatizedElement>>,
) -> Option<String> {
    let others: Vec<_> = others.collect();
    let every = |holds: &dyn Fn(&TemplatizedElement) -> bool| others.iter().all(|other| other.is_some_and(holds));
    if every(&|other| other.general == first.general) {
        Some(first.general.clone())
    } else {
        every(&|other| other.literal == first.literal).then(|| first.literal.clone())
    }
}

/// The relations that hold on both pools; `own` before `partner` where both do.
fn common_dependencies(first: &ServiceExample, others: &[&ServiceExample]) -> Option<Vec<AddedDependency>> {
    let same_length = |other: &&ServiceExample| other.dependencies.len() == first.dependencies.len();
    if !others.iter().all(same_length) {
        return None;
    }
    let common = |(at, (usage, candidates)): (usize, &DependencyCandidate)| {
        let holds = |candidate: &&(Relation, String)| {
            others.iter().all(|other| {
                let there = other.dependencies.get(at);
                there.is_some_and(|(other_usage, others)| other_usage == usage && others.contains(candidate))
            })
        };
        let (relation, role) = candidates.iter().find(holds)?;
        Some(AddedDependency { usage: usage.clone(), relation: *relation, role: role.clone() })
    };
    first.dependencies.iter().enumerate().map(common).collect()
}
