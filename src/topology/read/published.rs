//! What `Get-CsTopology -AsXml` prints.

use smol_str::SmolStr;

use super::super::{
    ClusterId, Dependency, Dialect, Pool, PoolKind, Role, Service, ServiceId, Site, SiteId, SiteKind, SqlInstance,
    SqlInstanceId, Topology,
};
use super::fields::Fields;
use super::link::{HostName, UnlinkedTopology};
use super::namespace::TOPOLOGY;
use super::{Error, fields};
use crate::source::Spanned;
use crate::xml::Node;

/// Reads a `Topology` element, which is a whole document or part of one in another dialect.
pub(super) fn read(root: Node<'_>, dialect: Dialect) -> Result<Topology, Error> {
    let services = fields::child(root, TOPOLOGY, "Services")?;
    let mut draft = UnlinkedTopology::new(dialect, root, services);
    for element in draft.list(fields::child(root, TOPOLOGY, "Sites")?) {
        draft.topology.sites.push(site(element)?);
    }
    for element in draft.list(fields::child(root, TOPOLOGY, "Clusters")?) {
        draft.add_pool(pool(element)?, None);
    }
    if let Some(instances) = root.child(TOPOLOGY, "SqlInstances") {
        for element in draft.list(instances) {
            draft.add_sql_instance(sql_instance(element)?, None);
        }
    }
    for element in services.children() {
        let (service, host) = service(element)?;
        draft.add_service(service, host);
    }
    Ok(draft.link())
}

fn site(element: Node<'_>) -> Result<Site, Error> {
    let id = fields::required(element, "SiteId")?;
    let name = element.child(TOPOLOGY, "Name").map(|name| name.text().trim().into());
    Ok(Site {
        name: name.unwrap_or_else(|| id.value.clone()),
        id: Spanned::new(SiteId(id.value), id.span),
        kind: if element.local_name() == "CentralSite" { SiteKind::Central } else { SiteKind::Branch },
        element: element.id(),
    })
}

fn pool(element: Node<'_>) -> Result<Pool, Error> {
    let machines = element.children().filter(|child| child.local_name() == "Machine");
    Ok(Pool {
        id: cluster_id(fields::child(element, TOPOLOGY, "ClusterId")?)?,
        fqdn: fields::fqdn(element)?,
        site: None,
        kind: PoolKind::Other,
        machines: machines.map(fields::fqdn).collect::<Result<_, _>>()?,
        services: Vec::new(),
        element: element.id(),
    })
}

fn cluster_id(element: Node<'_>) -> Result<Spanned<ClusterId>, Error> {
    let mut fields = Fields::of(element);
    let site = SiteId(fields.required("SiteId")?.value);
    let number = fields.required("Number")?.value;
    Ok(Spanned::new(ClusterId::Numbered { site, number }, element.start_tag()))
}

fn sql_instance(element: Node<'_>) -> Result<SqlInstance, Error> {
    let id = sql_instance_id(fields::child(element, TOPOLOGY, "SqlInstanceId")?)?;
    let name = match &id.value {
        SqlInstanceId::Named { name, .. } => name.clone(),
        SqlInstanceId::Unique(_) => SmolStr::default(),
    };
    Ok(SqlInstance { id, name, pool: None, resilience: fields::resilience(element), element: element.id() })
}

fn sql_instance_id(element: Node<'_>) -> Result<Spanned<SqlInstanceId>, Error> {
    let cluster = cluster_id(fields::child(element, TOPOLOGY, "ClusterId")?)?.value;
    let name = fields::required(element, "Name")?.value;
    Ok(Spanned::new(SqlInstanceId::Named { cluster, name }, element.span()))
}

fn service(element: Node<'_>) -> Result<(Service, Spanned<HostName>), Error> {
    let (id, role) = service_id(fields::child(element, TOPOLOGY, "ServiceId")?)?;
    let depends_on = element.child(TOPOLOGY, "DependsOn");
    let role_element = fields::role_element(element);
    let service = Service {
        role,
        id,
        version: fields::version(element)?,
        host: None,
        depends_on: depends_on.map_or_else(|| Ok(Vec::new()), |list| fields::list(list, dependency))?,
        settings: role_element.map(fields::settings).unwrap_or_default(),
        element: element.id(),
        depends_on_element: depends_on.map(Node::id),
        role_element: role_element.map(Node::id),
    };
    Ok((service, host(fields::child(element, TOPOLOGY, "InstalledOn")?)?))
}

fn service_id(element: Node<'_>) -> Result<(Spanned<ServiceId>, Role), Error> {
    let mut fields = Fields::of(element);
    let site = SiteId(fields.required("SiteId")?.value);
    let role = Role(fields.required("RoleName")?.value);
    let instance = fields.number("Instance")?.value;
    let id = ServiceId::Numbered { site, role: role.clone(), instance };
    Ok((Spanned::new(id, element.start_tag()), role))
}

fn dependency(element: Node<'_>) -> Result<Dependency, Error> {
    Ok(Dependency {
        usage: fields::required(element, "Usage")?,
        names: service_id(fields::child(element, TOPOLOGY, "ServiceId")?)?.0,
        target: None,
        element: element.id(),
    })
}

fn host(element: Node<'_>) -> Result<Spanned<HostName>, Error> {
    if let Some(sql) = element.child(TOPOLOGY, "SqlInstanceId") {
        let id = sql_instance_id(sql)?;
        return Ok(Spanned::new(HostName::Sql(id.value), id.span));
    }
    let id = cluster_id(fields::child(element, TOPOLOGY, "ClusterId")?)?;
    Ok(Spanned::new(HostName::Cluster(id.value), id.span))
}
