//! Services that came with the pair.

use std::collections::HashSet;

use super::open::Open;
use super::pair::NewPair;
use crate::diff::{Difference, Subject};
use crate::notation::{AddedDependency, AddedService, Condition, InstalledOn, PARTNER, POOL, Relation};
use crate::plan::Fresh;
use crate::topology::{CentralManagement, Dialect, Host, ServiceId, ServiceIndex};

/// Services that came with the pair.
#[derive(Debug, Default)]
pub(super) struct Services {
    /// How they are written, in the order in which they are.
    pub(super) notations: Vec<AddedService>,
    /// Each of them, in the order of the document.
    pub(super) added: Vec<Added>,
}

/// A service that came with the pair.
#[derive(Clone, Debug)]
pub(super) struct Added {
    /// The pool of the pair that it is for: the first or the second.
    pub(super) side: usize,
    pub(super) role: String,
    pub(super) service: ServiceIndex,
    pub(super) id: ServiceId,
}

/// Explains the services that only the document after has; those that are not explained stay open.
pub(super) fn learn(pair: &NewPair<'_>, open: &mut Open) -> Services {
    let mut drafts: Vec<(Added, Draft)> = Vec::new();
    for service in new_services(pair) {
        match draft(pair, service) {
            Ok(found) => drafts.push(found),
            Err(reason) => open.keep(came(pair, service), reason),
        }
    }
    let mut services = Services::default();
    for role in roles(&drafts) {
        let of_role: Vec<_> = drafts.iter().filter(|(added, _)| added.role == role).collect();
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
    services.added = drafts.into_iter().map(|(added, _)| added).collect();
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
fn roles(drafts: &[(Added, Draft)]) -> Vec<String> {
    let of_side = |side: usize| drafts.iter().filter(move |(added, _)| added.side == side);
    let (most, least) = if of_side(1).count() > of_side(0).count() { (1, 0) } else { (0, 1) };
    let mut roles: Vec<String> = Vec::new();
    for (added, _) in of_side(most).chain(of_side(least)) {
        if !roles.contains(&added.role) {
            roles.push(added.role.clone());
        }
    }
    roles
}

/// One added service, with what each part of it may stand for.
#[derive(Debug)]
struct Draft {
    role_version: String,
    service_version: u32,
    own_version: Option<u32>,
    service_type: Option<String>,
    installed_on: InstalledOn,
    dependencies: Vec<(String, Vec<(Relation, String)>)>,
    ports: Part,
    body: Option<Part>,
}

/// An element as it is, and with the names of the two pools left open.
#[derive(Debug, PartialEq, Eq)]
struct Part {
    literal: String,
    general: String,
}

fn draft(pair: &NewPair<'_>, index: ServiceIndex) -> Result<(Added, Draft), String> {
    let topology = &pair.after.topology;
    let service = &topology[index];
    let (side, installed_on) = home(pair, index)?;
    let role = service.role.to_string();
    if pair
        .before
        .topology
        .serving(pair.sides[side].pool_before, &role)
        .is_some_and(|old| pair.before.topology.pool_of(old) == Some(pair.sides[side].pool_before))
    {
        return Err("the pool had a service of this role before".to_owned());
    }
    let node = pair.after.document.node(service.element);
    let expected: &[&str] = match topology.dialect {
        Dialect::TopologyBuilder => &["UniqueId", "RoleName", "RoleVersion", "InstalledOn", "ServiceVersion", "Type"],
        Dialect::Published | Dialect::ConfigurationExport => &["RoleVersion", "ServiceVersion", "Type"],
    };
    if let Some(other) =
        node.attributes().find(|one| !expected.contains(&one.name()) && !one.is_namespace_declaration())
    {
        return Err(format!("it has an attribute `{}`, which no service is known to have", other.name()));
    }
    let attribute = |name: &str| node.attribute(name).map(|attribute| attribute.value().into_owned());
    let part = |element| part(pair, side, element);
    let ports = node.children().find(|child| child.local_name() == "Ports").ok_or("it has no element `Ports`")?;
    let draft = Draft {
        role_version: attribute("RoleVersion").ok_or("it has no `RoleVersion`")?,
        service_version: service.version.value.0,
        own_version: topology.version(pair.sides[side].pool).map(|version| version.value.0),
        service_type: attribute("Type"),
        installed_on,
        dependencies: dependencies(pair, side, index)?,
        ports: part(ports)?,
        body: service.role_element.map(|id| part(pair.after.document.node(id))).transpose()?,
    };
    Ok((Added { side, role, service: index, id: service.id.value.clone() }, draft))
}

/// The pool of the pair that a service is for.
fn home(pair: &NewPair<'_>, service: ServiceIndex) -> Result<(usize, InstalledOn), String> {
    let topology = &pair.after.topology;
    let host = topology[service].host;
    let of_side = |at: usize| {
        let pool = pair.sides[at].pool;
        match host? {
            Host::Pool(home) => (home == pool).then_some((at, InstalledOn::Pool)),
            Host::Sql(sql) => (topology.back_end(pool) == Some(sql)).then_some((at, InstalledOn::BackEnd)),
        }
    };
    match (of_side(0), of_side(1)) {
        (Some(home), None) | (None, Some(home)) => Ok(home),
        (Some(_), Some(_)) => Err("the two pools share the database that it is installed in".to_owned()),
        (None, None) => Err("it is installed neither on a pool of the pair nor in its back end".to_owned()),
    }
}

type Candidates = Vec<(String, Vec<(Relation, String)>)>;

fn dependencies(pair: &NewPair<'_>, side: usize, service: ServiceIndex) -> Result<Candidates, String> {
    let topology = &pair.after.topology;
    let (own, partner) = (pair.sides[side].pool, pair.partner_of(side).pool);
    let candidates = |target: ServiceIndex| {
        let role = topology[target].role.to_string();
        let pools = [(Relation::Own, own), (Relation::Partner, partner)];
        let fitting = pools.into_iter().filter(|(_, pool)| topology.serving(*pool, &role) == Some(target));
        fitting.map(|(relation, _)| (relation, role.clone())).collect::<Vec<_>>()
    };
    let mut found = Vec::new();
    for dependency in &topology[service].depends_on {
        let fitting = dependency.target.map(candidates).unwrap_or_default();
        if fitting.is_empty() {
            let target = &dependency.names.value;
            return Err(format!("it depends on `{target}`, which serves neither the pool nor its partner"));
        }
        found.push((dependency.usage.value.clone(), fitting));
    }
    Ok(found)
}

fn part(pair: &NewPair<'_>, side: usize, element: crate::xml::Node<'_>) -> Result<Part, String> {
    let fresh =
        Fresh::copy(element).map_err(|_| format!("its element `{}` has text beside elements", element.local_name()))?;
    let unwritable = |error: crate::xml::escape::Unwritable| error.to_string();
    let (pool, partner) = (pair.sides[side].name.as_str(), pair.partner_of(side).name.as_str());
    let literal = fresh.to_line().map_err(unwritable)?;
    let general = fresh.map_values(&|text| opened(text, pool, partner)).to_line().map_err(unwritable)?;
    Ok(Part { literal, general })
}

/// `text` with the names of the two pools left open, where they stand as whole host names.
fn opened(text: &str, pool: &str, partner: &str) -> String {
    let mut names = [(pool, POOL), (partner, PARTNER)];
    names.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(next) = rest.chars().next() {
        let inside = out.chars().next_back().is_some_and(is_host_character);
        let found = names.iter().find(|(name, _)| {
            let after = rest.strip_prefix(*name).filter(|_| !inside && !name.is_empty());
            after.is_some_and(|after| !after.chars().next().is_some_and(is_host_character))
        });
        let (written, length) = found.map_or_else(|| (None, next.len_utf8()), |(name, key)| (Some(*key), name.len()));
        out.push_str(written.or_else(|| rest.get(..length)).unwrap_or_default());
        rest = rest.get(length..).unwrap_or_default();
    }
    out
}

fn is_host_character(character: char) -> bool {
    character.is_alphanumeric() || matches!(character, '-' | '_' | '.')
}

/// One notation for the same role on one pool or on both.
fn unite(pair: &NewPair<'_>, drafts: &[&(Added, Draft)]) -> Result<AddedService, String> {
    let [(first, draft), others @ ..] = drafts else { return Err(String::new()) };
    let condition = condition(pair, drafts)?;
    let same = |same: bool, what: &str| if same { Ok(()) } else { Err(format!("the two pools have another {what}")) };
    let all = |holds: &dyn Fn(&Draft) -> bool| others.iter().all(|(_, other)| holds(other));
    same(all(&|other| other.role_version == draft.role_version), "`RoleVersion`")?;
    same(all(&|other| other.service_type == draft.service_type), "`Type`")?;
    same(all(&|other| other.installed_on == draft.installed_on), "kind of host")?;
    let is_own = |draft: &Draft| Some(draft.service_version) == draft.own_version;
    let own_version = is_own(draft) && all(&is_own);
    same(own_version || all(&|other| other.service_version == draft.service_version), "`ServiceVersion`")?;
    let others: Vec<&Draft> = others.iter().map(|(_, other)| other).collect();
    Ok(AddedService {
        role: first.role.clone(),
        role_version: draft.role_version.clone(),
        service_version: (!own_version).then_some(draft.service_version),
        service_type: draft.service_type.clone(),
        installed_on: draft.installed_on,
        condition,
        ports: common_part(&draft.ports, others.iter().map(|other| Some(&other.ports)))
            .ok_or("the two pools have other ports")?,
        body: match &draft.body {
            Some(body) => Some(
                common_part(body, others.iter().map(|other| other.body.as_ref()))
                    .ok_or("the two pools have other role elements")?,
            ),
            None => {
                same(others.iter().all(|other| other.body.is_none()), "role element")?;
                None
            }
        },
        dependencies: common_dependencies(draft, &others).ok_or("the two pools have other dependencies")?,
    })
}

fn condition(pair: &NewPair<'_>, drafts: &[&(Added, Draft)]) -> Result<Condition, String> {
    let active =
        |at: usize| pair.after.topology.central_management(pair.partner_of(at).pool) == CentralManagement::Active;
    match drafts {
        [(one, _), (other, _)] if one.side != other.side => Ok(Condition::Always),
        [(one, _)] if active(one.side) => Ok(Condition::BesideActiveCentralManagement),
        [_] => Err("only one of the two pools gained it, and its partner has no active Central Management".to_owned()),
        _ => Err("a pool gained more than one of this role".to_owned()),
    }
}

/// The text that stands for an element on both pools.
fn common_part<'p>(first: &Part, others: impl Iterator<Item = Option<&'p Part>> + Clone) -> Option<String> {
    let every = |holds: &dyn Fn(&Part) -> bool| others.clone().all(|other| other.is_some_and(holds));
    if every(&|other| other.general == first.general) {
        Some(first.general.clone())
    } else {
        every(&|other| other.literal == first.literal).then(|| first.literal.clone())
    }
}

/// The relations that hold on both pools; `own` before `partner` where both do.
fn common_dependencies(first: &Draft, others: &[&Draft]) -> Option<Vec<AddedDependency>> {
    let same_length = |other: &&Draft| other.dependencies.len() == first.dependencies.len();
    if !others.iter().all(same_length) {
        return None;
    }
    let common = |(at, (usage, candidates)): (usize, &(String, Vec<(Relation, String)>))| {
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

#[cfg(test)]
mod tests {
    use super::opened;

    #[test]
    fn only_whole_host_names_are_left_open() {
        let opened = |text| opened(text, "pool1.a.com", "pool1.a.com.b");
        assert_eq!(opened("https://pool1.a.com/x;pool1.a.com.b"), "https://{pool}/x;{partner}");
        assert_eq!(opened("web-pool1.a.com pool1.a.comm pool1.a.com:443"), "web-pool1.a.com pool1.a.comm {pool}:443");
    }
}
