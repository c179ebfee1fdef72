//! From actions to edits: new XML in the layout of its neighbours.

use super::error::{Error, PlanFault};
use super::peers::Peers;
use crate::Export;
use crate::action::{Action, AddServiceAction, SettingAction};
use crate::edit::{DocumentStyle, NewElement, add_attribute, insert_after, insert_child, remove, remove_attribute};
use crate::notation::{DependencyPosition, Notation, Relation, ServicesPosition, fill_template};
use crate::source::{Edit, Label, Span};
use crate::topology::{ClusterId, Dependency, Dialect, Host, Service, ServiceId, ServiceIndex, SqlInstanceId};
use crate::xml::{Attribute, Node, NodeId, escape};

/// Writes actions as edits of one document.
pub(super) struct Writer<'a> {
    export: &'a Export,
    notation: &'a Notation,
    document_style: DocumentStyle<'a>,
    /// The targets of the dependencies of added services.
    peers: Peers<'a>,
}

impl<'a> Writer<'a> {
    pub(super) fn new(export: &'a Export, notation: &'a Notation, actions: &[Action<'a>]) -> Self {
        let (document_style, peers) = (DocumentStyle::of(&export.document), Peers::after(&export.topology, actions));
        Self { export, notation, document_style, peers }
    }

    /// The edits of one action.
    pub(super) fn edits(&self, action: &Action<'a>) -> Result<Vec<Edit>, Error> {
        let topology = &self.export.topology;
        match action {
            Action::AddDependency { service, usage, position, peer, .. } => {
                Ok(vec![self.add_dependency(*service, usage, *position, &peer.id)?])
            }
            Action::MoveDependency { service, dependency, peer, .. } => {
                let service = &topology[*service];
                self.rename_target(&service.depends_on[*dependency], &peer.id, service)
            }
            Action::RemoveDependency { service, dependency, .. } => {
                Ok(vec![self.remove(topology[*service].depends_on[*dependency].element)])
            }
            Action::Set(action) => self.set(action).map(|edit| vec![edit]),
            Action::AddService(action) => self.add_service(action).map(|edit| vec![edit]),
            Action::RemoveService { service, .. } => Ok(vec![self.remove(topology[*service].element)]),
        }
    }

    fn remove(&self, element: NodeId) -> Edit {
        remove(self.export.document.node(element), &self.document_style)
    }

    fn add_dependency(
        &self,
        service: ServiceIndex,
        usage: &str,
        position: DependencyPosition,
        target: &ServiceId,
    ) -> Result<Edit, Error> {
        let service = &self.export.topology[service];
        let parent = self.require(service.depends_on_element, service, "DependsOn")?;
        let fresh = dependency(parent, usage, target);
        let last = position == DependencyPosition::Last;
        insert_child(parent, last, &self.document_style, |style| fresh.write(style))
            .map_err(|_| self.unwritable(service))
    }

    /// Changes a dependency to another service, by the values of its attributes alone.
    fn rename_target(
        &self,
        dependency: &Dependency,
        target: &ServiceId,
        service: &Service,
    ) -> Result<Vec<Edit>, Error> {
        let (element, named) = (self.export.document.node(dependency.element), dependency.names.span);
        let names: Vec<(Option<Node<'_>>, &str, String)> = match target {
            ServiceId::Numbered { site, role, instance } => {
                let id = element.children().find(|child| child.start_tag() == named);
                vec![
                    (id, "SiteId", site.to_string()),
                    (id, "RoleName", role.to_string()),
                    (id, "Instance", instance.to_string()),
                ]
            }
            ServiceId::Unique(id) => vec![(Some(element), "ServiceUniqueId", id.to_string())],
        };
        let mut edits = Vec::new();
        for (node, name, value) in names {
            let attribute = node.and_then(|node| node.attribute(name));
            let changed = attribute.filter(|attribute| attribute.value() != value);
            edits.extend(changed.map(|attribute| self.set_value(attribute, &value, service)).transpose()?);
        }
        Ok(edits)
    }

    fn set_value(&self, attribute: Attribute<'_>, value: &str, service: &Service) -> Result<Edit, Error> {
        let text = escape::attribute(value, attribute.quote()).map_err(|_| self.unwritable(service))?;
        Ok(Edit { span: attribute.value_span(), text: text.into_owned() })
    }

    fn set(&self, action: &SettingAction<'_>) -> Result<Edit, Error> {
        let service = &self.export.topology[action.registrar];
        let role = self.require(service.role_element, service, "RegistrarService")?;
        match (action.before.and_then(|_| role.attribute(action.name)), &action.after) {
            (Some(attribute), Some(value)) => self.set_value(attribute, value, service),
            (Some(attribute), None) => Ok(remove_attribute(self.export.source(), attribute)),
            (None, value) => {
                let position = self.notation.placement.settings;
                let edit = add_attribute(role, position, action.name, value.as_deref().unwrap_or_default());
                edit.map_err(|_| self.unwritable(service))
            }
        }
    }

    fn add_service(&self, action: &AddServiceAction<'_>) -> Result<Edit, Error> {
        let topology = &self.export.topology;
        let services = self.export.document.node(topology.services_element);
        let fresh = match topology.dialect {
            Dialect::Published | Dialect::ConfigurationExport => self.published_service(action, services),
            Dialect::TopologyBuilder => self.builder_service(action, services),
        }?;
        let written = match self.neighbour(action) {
            Some(neighbour) => insert_after(neighbour, &self.document_style, |style| fresh.write(style)),
            None => insert_child(services, true, &self.document_style, |style| fresh.write(style)),
        };
        written.map_err(|_| self.error(PlanFault::Unwritable, topology[action.pool].fqdn.span))
    }

    /// The service after which a new one is written, unless it goes to the end of the list.
    fn neighbour(&self, action: &AddServiceAction<'_>) -> Option<Node<'a>> {
        if self.notation.placement.services == ServicesPosition::End {
            return None;
        }
        let topology = &self.export.topology;
        let last = topology.services_for(action.pool).last()?;
        Some(self.export.document.node(topology[last].element))
    }

    fn published_service(&self, action: &AddServiceAction<'_>, services: Node<'_>) -> Result<NewElement, Error> {
        let topology = &self.export.topology;
        let mut service = NewElement::like(services, "Service")
            .with("RoleVersion", &action.notation.role_version)
            .with("ServiceVersion", self.version(action));
        if let Some(service_type) = &action.notation.service_type {
            service = service.with("Type", service_type);
        }
        let host = match self.host(action)? {
            Host::Pool(pool) => cluster_id(services, &topology[pool].id.value),
            Host::Sql(sql) => match &topology[sql].id.value {
                SqlInstanceId::Named { cluster, name } => NewElement::like(services, "SqlInstanceId")
                    .with("Name", name.as_str())
                    .containing(cluster_id(services, cluster)),
                SqlInstanceId::Unique(_) => return Err(self.no_home(action, "back end")),
            },
        };
        let service = service
            .containing(service_id(services, &action.id))
            .containing(self.dependencies(action, services)?)
            .containing(NewElement::like(services, "InstalledOn").containing(host));
        self.with_body(action, service)
    }

    fn builder_service(&self, action: &AddServiceAction<'_>, services: Node<'_>) -> Result<NewElement, Error> {
        let topology = &self.export.topology;
        let home = match self.host(action)? {
            Host::Pool(pool) => topology[pool].id.value.to_string(),
            Host::Sql(sql) => topology[sql].id.value.to_string(),
        };
        let mut service = NewElement::like(services, "Service")
            .with("UniqueId", action.id.to_string())
            .with("RoleName", &action.notation.role)
            .with("RoleVersion", &action.notation.role_version)
            .with("InstalledOn", home)
            .with("ServiceVersion", self.version(action));
        if let Some(service_type) = &action.notation.service_type {
            service = service.with("Type", service_type);
        }
        let service = service.containing(self.dependencies(action, services)?);
        self.with_body(action, service)
    }

    fn host(&self, action: &AddServiceAction<'_>) -> Result<Host, Error> {
        let host = self.export.topology.host_for(action.pool, action.notation);
        host.ok_or_else(|| self.no_home(action, "back end"))
    }

    fn version(&self, action: &AddServiceAction<'_>) -> String {
        let own = || self.export.topology.version(action.pool).map(|version| version.value.0);
        action.notation.service_version.or_else(own).map_or_else(String::new, |version| version.to_string())
    }

    fn dependencies(&self, action: &AddServiceAction<'_>, services: Node<'_>) -> Result<NewElement, Error> {
        let mut list = NewElement::like(services, "DependsOn");
        for wanted in &action.notation.dependencies {
            let pool = match wanted.relation {
                Relation::Own => action.pool,
                Relation::Partner => action.partner,
            };
            let Some(target) = self.peers.serving(pool, &wanted.role) else {
                return Err(self.no_home(action, &wanted.role));
            };
            list = list.containing(dependency(services, &wanted.usage, &target.id));
        }
        Ok(list)
    }

    fn with_body(&self, action: &AddServiceAction<'_>, service: NewElement) -> Result<NewElement, Error> {
        let parts = [Some(&action.notation.ports), action.notation.body.as_ref()];
        let name = |pool| self.export.topology.pool_name(pool).as_str();
        parts.into_iter().flatten().try_fold(service, |service, text| {
            let text = fill_template(text, name(action.pool), name(action.partner)).ok();
            let part = text.and_then(|text| NewElement::parse(&text)).ok_or_else(|| {
                let fault = PlanFault::NotationPart { role: action.notation.role.clone() };
                self.error(fault, self.export.topology[action.pool].fqdn.span)
            })?;
            Ok(service.containing(part))
        })
    }

    fn require(&self, element: Option<NodeId>, service: &Service, name: &'static str) -> Result<Node<'a>, Error> {
        let node = element.map(|id| self.export.document.node(id));
        node.ok_or_else(|| self.error(PlanFault::MissingElement { name }, service.id.span))
    }

    fn no_home(&self, action: &AddServiceAction<'_>, missing: &str) -> Error {
        let pool = &self.export.topology[action.pool].fqdn;
        let role = action.notation.role.clone();
        let fault = PlanFault::NoServiceFor { role, missing: missing.into(), pool: pool.value.clone() };
        self.error(fault, pool.span)
    }

    fn unwritable(&self, service: &Service) -> Error {
        self.error(PlanFault::Unwritable, service.id.span)
    }

    fn error(&self, fault: PlanFault, span: Span) -> Error {
        Error::new(fault, self.export.source(), vec![Label::new(span, "here")])
    }
}

fn dependency(relative: Node<'_>, usage: &str, target: &ServiceId) -> NewElement {
    let fresh = NewElement::like(relative, "Dependency");
    match target {
        ServiceId::Numbered { .. } => fresh.with("Usage", usage).containing(service_id(relative, target)),
        ServiceId::Unique(id) => fresh.with("ServiceUniqueId", id.as_str()).with("Usage", usage),
    }
}

fn service_id(relative: Node<'_>, id: &ServiceId) -> NewElement {
    let fresh = NewElement::like(relative, "ServiceId");
    match id {
        ServiceId::Numbered { site, role, instance } => fresh
            .with("SiteId", site.0.as_str())
            .with("RoleName", role.0.as_str())
            .with("Instance", instance.to_string()),
        ServiceId::Unique(id) => fresh.with("UniqueId", id.as_str()),
    }
}

fn cluster_id(relative: Node<'_>, id: &ClusterId) -> NewElement {
    let fresh = NewElement::like(relative, "ClusterId");
    match id {
        ClusterId::Numbered { site, number } => fresh.with("SiteId", site.0.as_str()).with("Number", number.as_str()),
        ClusterId::Unique(id) => fresh.with("UniqueId", id.as_str()),
    }
}
