//! One service that was added with the pair, read for what each part of it may stand for.

use super::pair::NewPair;
use crate::edit::NewElement;
use crate::notation::{InstalledOn, PARTNER, POOL, Relation};
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

/// One added service, with what each part of it may stand for.
#[derive(Debug)]
pub(super) struct ServiceExample {
    pub(super) role_version: String,
    pub(super) service_version: u32,
    pub(super) own_version: Option<u32>,
    pub(super) service_type: Option<String>,
    pub(super) installed_on: InstalledOn,
    pub(super) dependencies: Candidates,
    pub(super) ports: TemplatizedElement,
    pub(super) body: Option<TemplatizedElement>,
}

/// An element as it is, and with the names of the two pools left open.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct TemplatizedElement {
    pub(super) literal: String,
    pub(super) general: String,
}

/// Reads an added service; or says why no notation can hold it.
pub(super) fn read_example(pair: &NewPair<'_>, index: ServiceIndex) -> Result<(NewService, ServiceExample), String> {
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
    let part = |element| part(pair, side, element);
    let ports = node.children().find(|child| child.local_name() == "Ports").ok_or("it has no element `Ports`")?;
    let example = ServiceExample {
        role_version: attribute("RoleVersion").ok_or("it has no `RoleVersion`")?,
        service_version: service.version.value.0,
        own_version: topology.version(pair.sides[side].pool).map(|version| version.value.0),
        service_type: attribute("Type"),
        installed_on,
        dependencies: dependencies(pair, side, index)?,
        ports: part(ports)?,
        body: service.role_element.map(|id| part(pair.after.document.node(id))).transpose()?,
    };
    Ok((NewService { side, role, service: index, id: service.id.value.clone() }, example))
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

/// Each dependency with its usage, and what it may be told as.
pub(super) type Candidates = Vec<DependencyCandidate>;
pub(super) type DependencyCandidate = (String, Vec<(Relation, String)>);

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
        found.push((dependency.usage.value.to_string(), fitting));
    }
    Ok(found)
}

fn part(pair: &NewPair<'_>, side: usize, element: Node<'_>) -> Result<TemplatizedElement, String> {
    if element.descendants().any(is_too_deep) {
        return Err(format!("its element `{}` has elements too deep inside of each other", element.local_name()));
    }
    let fresh = NewElement::copy(element)
        .map_err(|_| format!("its element `{}` has text beside elements", element.local_name()))?;
    let unwritable = |error: crate::xml::escape::Unwritable| error.to_string();
    let (pool, partner) = (pair.sides[side].name.as_str(), pair.partner_of(side).name.as_str());
    let literal = fresh.to_line().map_err(unwritable)?;
    let general = fresh.map_values(&|text| templatize(text, pool, partner)).to_line().map_err(unwritable)?;
    Ok(TemplatizedElement { literal, general })
}

/// Whether an element is deeper in its document than a notation file could hold it.
fn is_too_deep(node: Node<'_>) -> bool {
    let deepest = Limits::default().depth as usize;
    std::iter::successors(Some(node), |node| node.parent()).nth(deepest).is_some()
}

/// `text` with the names of the two pools left open, where they stand as whole host names.
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
