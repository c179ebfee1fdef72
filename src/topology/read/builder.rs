//! A Topology Builder file (`.tbxml`).

use super::super::{
    ClusterId, Dependency, Dialect, Fqdn, Pool, PoolKind, Role, Service, ServiceId, Site, SiteId, SiteKind,
    SqlInstance, SqlInstanceId, Topology,
};
use super::fields::Fields;
use super::link::{HostName, UnlinkedTopology};
use super::namespace::{BUILDER, TOPOLOGY, WRITABLE};
use super::{Error, fields};
use crate::source::Spanned;
use crate::xml::Node;

/// Reads a `TopologyBuilder` element.
pub(super) fn read(root: Node<'_>) -> Result<Topology, Error> {
    let new = fields::child(root, BUILDER, "NewTopology")?;
    let topology = fields::child(new, WRITABLE, "PartialTopology")?;
    let services = fields::child(topology, WRITABLE, "Services")?;
    let mut draft = UnlinkedTopology::new(Dialect::TopologyBuilder, topology, services);
    for element in draft.list(fields::child(topology, WRITABLE, "CentralSites")?) {
        site(&mut draft, element, SiteKind::Central)?;
        if let Some(branches) = element.child(WRITABLE, "RemoteSites") {
            for branch in draft.list(branches) {
                site(&mut draft, branch, SiteKind::Branch)?;
            }
        }
    }
    for element in services.children() {
        let (service, host) = service(element)?;
        draft.add_service(service, host);
    }
    Ok(draft.link())
}

fn site(draft: &mut UnlinkedTopology, element: Node<'_>, kind: SiteKind) -> Result<(), Error> {
    let id = fields::required(element, "SiteId")?;
    let id = Spanned::new(SiteId(id.value), id.span);
    let name = element.child(TOPOLOGY, "Name").map(|name| name.text().trim().into());
    draft.topology.sites.push(Site {
        name: name.unwrap_or_else(|| id.value.0.clone()),
        kind,
        element: element.id(),
        id: id.clone(),
    });
    let Some(clusters) = element.child(WRITABLE, "Clusters") else { return Ok(()) };
    for cluster in draft.list(clusters) {
        pool(draft, cluster, &id.value)?;
    }
    Ok(())
}

fn pool(draft: &mut UnlinkedTopology, element: Node<'_>, site: &SiteId) -> Result<(), Error> {
    let id = fields::required(element, "UniqueId")?;
    let id = Spanned::new(ClusterId::Unique(id.value), id.span);
    let fqdn = fields::fqdn(element)?;
    let machines = element.child(WRITABLE, "Machines").into_iter().flat_map(Node::children);
    let pool = Pool {
        machines: machines.map(|machine| machine_name(machine, &fqdn)).collect(),
        fqdn,
        site: None,
        kind: PoolKind::Other,
        services: Vec::new(),
        element: element.id(),
        id: id.clone(),
    };
    draft.add_pool(pool, Some(site.clone()));
    let Some(instances) = element.child(WRITABLE, "SqlInstances") else { return Ok(()) };
    for instance in draft.list(instances) {
        let sql = sql_instance(instance)?;
        draft.add_sql_instance(sql, Some(id.value.clone()));
    }
    Ok(())
}

/// A single machine has no name in the file: it has that of its pool.
fn machine_name(machine: Node<'_>, pool: &Spanned<Fqdn>) -> Spanned<Fqdn> {
    match fields::optional(machine, "Fqdn") {
        Some(fqdn) => Spanned::new(Fqdn::new(fqdn.value), fqdn.span),
        None => pool.clone(),
    }
}

fn sql_instance(element: Node<'_>) -> Result<SqlInstance, Error> {
    let id = fields::required(element, "UniqueId")?;
    Ok(SqlInstance {
        id: Spanned::new(SqlInstanceId::Unique(id.value), id.span),
        name: fields::optional(element, "Name").map(|name| name.value).unwrap_or_default(),
        pool: None,
        resilience: fields::resilience(element),
        element: element.id(),
    })
}

fn service(element: Node<'_>) -> Result<(Service, Spanned<HostName>), Error> {
    let mut fields = Fields::of(element);
    let id = fields.required("UniqueId")?;
    let role = Role(fields.required("RoleName")?.value);
    let host = fields.required("InstalledOn")?;
    let depends_on = element.child(WRITABLE, "DependsOn");
    let role_element = fields::role_element(element);
    let service = Service {
        id: Spanned::new(ServiceId::Unique(id.value), id.span),
        role,
        version: fields::version(element)?,
        host: None,
        depends_on: depends_on.map_or_else(|| Ok(Vec::new()), |list| fields::list(list, dependency))?,
        settings: role_element.map(fields::settings).unwrap_or_default(),
        element: element.id(),
        depends_on_element: depends_on.map(Node::id),
        role_element: role_element.map(Node::id),
    };
    Ok((service, Spanned::new(HostName::Either(host.value), host.span)))
}

fn dependency(element: Node<'_>) -> Result<Dependency, Error> {
    let id = fields::required(element, "ServiceUniqueId")?;
    Ok(Dependency {
        usage: fields::required(element, "Usage")?,
        names: Spanned::new(ServiceId::Unique(id.value), id.span),
        target: None,
        element: element.id(),
    })
}
