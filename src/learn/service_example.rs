//! One service that was added with the pair, with the possible meanings of its parts.

use super::pair::NewPair;
use crate::edit::NewElement;
use crate::notation::{AddedDependency, AddedService, Condition, InstalledOn, PARTNER, POOL, Relation};
use crate::source::Limits;
use crate::topology::{Dialect, Host, ServiceId, ServiceIndex};
use crate::xml::Node;

/// A service that was added with the pair.
#[derive(Clone, Debug)]
pub(super) struct NewService {
    /// The pool of the pair that it is for: the first or the second.
    pub(super) side: usize,
    pub(super) role: String,
    pub(super) service: ServiceIndex,
    pub(super) id: ServiceId,
}

/// One added service, as it is on its pool and as a template for the other pool.
#[derive(Debug)]
pub(super) struct ServiceExample {
    pub(super) added: NewService,
    pub(super) literal: AddedService,
    pub(super) general: AddedService,
}

/// Reads an added service, or says why no notation can express it.
pub(super) fn read_example(pair: &NewPair<'_>, index: ServiceIndex) -> Result<ServiceExample, String> {
    let topology = &pair.after.topology;
    let service = &topology[index];
    let (side, installed_on) = home(pair, index)?;
    let role = service.role.to_string();
    if pair.before.topology.service_on(pair.sides[side].pool_before, &role).is_some() {
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
    let ports = node.children().find(|child| child.local_name() == "Ports").ok_or("it has no element `Ports`")?;
    let [literal_ports, general_ports] = part(pair, side, ports)?;
    let body = service.role_element.map(|id| part(pair, side, pair.after.document.node(id))).transpose()?;
    let [literal_body, general_body] = body.map_or([None, None], |body| body.map(Some));
    let version = service.version.value.0;
    let own_version = topology.version(pair.sides[side].pool).map(|version| version.value.0);
    let literal = AddedService {
        role: role.clone(),
        role_version: attribute("RoleVersion").ok_or("it has no `RoleVersion`")?,
        service_version: Some(version),
        service_type: attribute("Type"),
        installed_on,
        condition: Condition::Always,
        ports: literal_ports,
        body: literal_body,
        dependencies: dependencies(pair, side, index)?,
    };
    let general = AddedService {
        service_version: literal.service_version.filter(|_| own_version != Some(version)),
        ports: general_ports,
        body: general_body,
        ..literal.clone()
    };
    Ok(ServiceExample {
        added: NewService { side, role, service: index, id: service.id.value.clone() },
        literal,
        general,
    })
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

/// The dependencies of the service; if a target serves both pools, it counts as the own pool's.
fn dependencies(pair: &NewPair<'_>, side: usize, service: ServiceIndex) -> Result<Vec<AddedDependency>, String> {
    let topology = &pair.after.topology;
    let pools = [(Relation::Own, pair.sides[side].pool), (Relation::Partner, pair.partner_of(side).pool)];
    let all = topology[service].depends_on.iter().map(|dependency| {
        let found = dependency.target.and_then(|target| {
            let role = topology[target].role.to_string();
            let (relation, _) = pools.into_iter().find(|(_, pool)| topology.serving(*pool, &role) == Some(target))?;
            Some(AddedDependency { usage: dependency.usage.value.to_string(), relation, role })
        });
        found.ok_or_else(|| {
            let target = &dependency.names.value;
            format!("it depends on `{target}`, which serves neither the pool nor its partner")
        })
    });
    all.collect()
}

/// An element as it is, and as a template with placeholders for the names of the two pools.
fn part(pair: &NewPair<'_>, side: usize, element: Node<'_>) -> Result<[String; 2], String> {
    if element.descendants().any(is_too_deep) {
        return Err(format!("its element `{}` has elements too deep inside of each other", element.local_name()));
    }
    let fresh = NewElement::copy(element)
        .map_err(|_| format!("its element `{}` has text beside elements", element.local_name()))?;
    let unwritable = |error: crate::xml::escape::Unwritable| error.to_string();
    let (pool, partner) = (pair.sides[side].name.as_str(), pair.partner_of(side).name.as_str());
    let literal = fresh.to_line().map_err(unwritable)?;
    let general = fresh.map_values(&|text| templatize(text, pool, partner)).to_line().map_err(unwritable)?;
    Ok([literal, general])
}

/// Whether an element is nested too deeply for a notation file.
fn is_too_deep(node: Node<'_>) -> bool {
    let deepest = Limits::default().depth as usize;
    std::iter::successors(Some(node), |node| node.parent()).nth(deepest).is_some()
}

/// `text` with placeholders for the names of the two pools where they occur as whole host names.
fn templatize(text: &str, pool: &str, partner: &str) -> String {
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

#[cfg(test)]
mod tests {
    use super::templatize;

    #[test]
    fn only_whole_host_names_are_left_open() {
        let opened = |text| templatize(text, "pool1.a.com", "pool1.a.com.b");
        assert_eq!(opened("https://pool1.a.com/x;pool1.a.com.b"), "https://{pool}/x;{partner}");
        assert_eq!(opened("web-pool1.a.com pool1.a.comm pool1.a.com:443"), "web-pool1.a.com pool1.a.comm {pool}:443");
    }
}
