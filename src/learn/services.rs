//! Services that were added with the pair.

use std::collections::HashSet;

use super::pair::NewPair;
use super::service_example::{NewService, ServiceExample, read_example};
use super::unexplained::Unexplained;
use crate::diff::{Difference, Subject};
use crate::notation::{AddedService, Condition};
use crate::topology::{CentralManagement, ServiceId, ServiceIndex};

/// Services that were added with the pair.
#[derive(Debug)]
pub(super) struct Services {
    /// How they are written, in the order in which they are.
    pub(super) notations: Vec<AddedService>,
    /// Each of them, in the order of the document.
    pub(super) added: Vec<NewService>,
}

/// Reads the services that only the second document has, and notes why one cannot be learned.
pub(super) fn learn(pair: &NewPair<'_>, open: &mut Unexplained) -> Services {
    let mut examples = Vec::new();
    for service in new_services(pair) {
        match read_example(pair, service) {
            Ok(example) => examples.push(example),
            Err(reason) => open.note(came(pair, service), reason),
        }
    }
    let mut notations = Vec::new();
    for role in roles(&examples) {
        let of_role: Vec<_> = examples.iter().filter(|example| example.general.role == role).collect();
        match unite(pair, &of_role) {
            Ok(notation) => notations.push(notation),
            Err(reason) => of_role.iter().for_each(|one| open.note(came(pair, one.added.service), reason.clone())),
        }
    }
    let is_known = |role: &str| notations.iter().any(|notation| notation.role == role);
    let added = examples.into_iter().map(|example| example.added).filter(|added| is_known(&added.role)).collect();
    Services { notations, added }
}

fn new_services(pair: &NewPair<'_>) -> Vec<ServiceIndex> {
    let known: HashSet<&ServiceId> = pair.before.topology.services.iter().map(|service| &service.id.value).collect();
    let topology = &pair.after.topology;
    topology.service_indices().filter(|&service| !known.contains(&topology[service].id.value)).collect()
}

fn came(pair: &NewPair<'_>, service: ServiceIndex) -> Difference {
    Difference::added(Subject::service(&pair.after.topology, service))
}

/// The roles in the order of the pool that gained most, since that pool has the whole list.
fn roles(examples: &[ServiceExample]) -> Vec<String> {
    let of_side = |side: usize| examples.iter().filter(move |example| example.added.side == side);
    let (most, least) = if of_side(1).count() > of_side(0).count() { (1, 0) } else { (0, 1) };
    let mut roles: Vec<String> = Vec::new();
    for example in of_side(most).chain(of_side(least)) {
        if !roles.contains(&example.added.role) {
            roles.push(example.added.role.clone());
        }
    }
    roles
}

/// One notation for the same role on one pool or on both.
fn unite(pair: &NewPair<'_>, examples: &[&ServiceExample]) -> Result<AddedService, String> {
    let [first, ..] = examples else { return Err(String::new()) };
    Ok(AddedService {
        role: first.added.role.clone(),
        condition: condition(pair, examples)?,
        role_version: common(examples, "`RoleVersion`", |service| &service.role_version)?,
        service_version: common(examples, "`ServiceVersion`", |service| &service.service_version)?,
        service_type: common(examples, "`Type`", |service| &service.service_type)?,
        installed_on: common(examples, "kind of host", |service| &service.installed_on)?,
        ports: common(examples, "list of ports", |service| &service.ports)?,
        body: common(examples, "role element", |service| &service.body)?,
        dependencies: common(examples, "list of dependencies", |service| &service.dependencies)?,
    })
}

/// A part of the service as it is on both pools: as a template, otherwise literally.
fn common<T: Clone + PartialEq>(
    examples: &[&ServiceExample],
    what: &str,
    part: fn(&AddedService) -> &T,
) -> Result<T, String> {
    let forms: [fn(&ServiceExample) -> &AddedService; 2] = [|example| &example.general, |example| &example.literal];
    let agreed = forms.into_iter().find_map(|form| {
        let mut parts = examples.iter().map(|example| part(form(example)));
        let first = parts.next()?;
        parts.all(|other| other == first).then(|| first.clone())
    });
    agreed.ok_or_else(|| format!("the two pools have another {what}"))
}

fn condition(pair: &NewPair<'_>, examples: &[&ServiceExample]) -> Result<Condition, String> {
    let active =
        |at: usize| pair.after.topology.central_management(pair.partner_of(at).pool) == CentralManagement::Active;
    match examples {
        [one, other] if one.added.side != other.added.side => Ok(Condition::Always),
        [one] if active(one.added.side) => Ok(Condition::BesideActiveCentralManagement),
        [_] => Err("only one of the two pools gained it, and its partner has no active Central Management".to_owned()),
        _ => Err("a pool gained more than one of this role".to_owned()),
    }
}
