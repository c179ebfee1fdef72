//! The proof of the content of added services: read from the edited document, and compared with the notation in
//! another way than they were written.

use std::collections::HashMap;

use super::layout;
use crate::Export;
use crate::action::{Action, AddServiceAction};
use crate::diff::canonical;
use crate::notation::{Relation, fill_template};
use crate::source::{Options, Source};
use crate::topology::{Dialect, PoolIndex, ServiceId, ServiceIndex};
use crate::xml::{Document, Node};

/// Proves every added service.
///
/// # Errors
///
/// Content that a service should not have, or lacks.
pub(super) fn prove(after: &Export, actions: &[Action<'_>]) -> Result<(), String> {
    let services = after.topology.service_indices();
    let by_id: HashMap<_, _> = services.map(|service| (&after.topology[service].id.value, service)).collect();
    let by_role: HashMap<_, _> =
        actions.iter().rev().filter_map(Action::added).map(|one| (role_of(one), one)).collect();
    for action in actions.iter().filter_map(Action::added) {
        let service = by_id.get(&action.id).copied();
        let service = service.ok_or_else(|| format!("the service `{}` is not there", action.id))?;
        let added = AddedServiceProof { after, by_role: &by_role, action, service };
        added.prove().map_err(|part| format!("the added service `{}` has another {part}", action.id))?;
    }
    Ok(())
}

fn role_of<'a>(action: &'a AddServiceAction<'a>) -> (PoolIndex, &'a str) {
    (action.pool, &action.notation.role)
}

struct AddedServiceProof<'a> {
    after: &'a Export,
    by_role: &'a HashMap<(PoolIndex, &'a str), &'a AddServiceAction<'a>>,
    action: &'a AddServiceAction<'a>,
    service: ServiceIndex,
}

impl AddedServiceProof<'_> {
    fn prove(&self) -> Result<(), &'static str> {
        let topology = &self.after.topology;
        let (service, notation) = (&topology[self.service], self.action.notation);
        let own_version = topology.version(self.action.pool).map(|version| version.value.0);
        let version = notation.service_version.or(own_version);
        let checks = [
            (service.role.is(&notation.role), "role"),
            (service.host.is_some() && service.host == topology.host_for(self.action.pool, notation), "host"),
            (Some(service.version.value.0) == version, "ServiceVersion"),
            (self.attribute("RoleVersion").as_deref() == Some(&notation.role_version), "RoleVersion"),
            (self.attribute("Type") == notation.service_type, "Type"),
            (self.node().attributes().count() == self.attribute_count(), "number of attributes"),
            (self.has_dependencies(), "list of dependencies"),
            (self.child_names() == self.expected_child_names(), "order of elements"),
            (self.has_ports(), "list of ports"),
            (self.has_body(), "role element"),
        ];
        checks.into_iter().find(|(holds, _)| !holds).map_or(Ok(()), |(_, part)| Err(part))
    }

    fn node(&self) -> Node<'_> {
        self.after.document.node(self.after.topology[self.service].element)
    }

    fn attribute(&self, name: &str) -> Option<String> {
        self.node().attribute(name).map(|attribute| attribute.value().into_owned())
    }

    fn is_builder(&self) -> bool {
        self.after.topology.dialect == Dialect::TopologyBuilder
    }

    fn attribute_count(&self) -> usize {
        let always = if self.is_builder() { 5 } else { 2 };
        always + usize::from(self.action.notation.service_type.is_some())
    }

    fn has_dependencies(&self) -> bool {
        let topology = &self.after.topology;
        let found = topology[self.service].depends_on.iter();
        let found = found.map(|dependency| (dependency.usage.value.as_str(), Some(&dependency.names.value)));
        let pool = |relation| -> PoolIndex {
            match relation {
                Relation::Own => self.action.pool,
                Relation::Partner => self.action.partner,
            }
        };
        let wanted = self.action.notation.dependencies.iter();
        let target =
            |relation, role| self.added_to(pool(relation), role).or_else(|| self.serving(pool(relation), role));
        found.eq(wanted.map(|wanted| (wanted.usage.as_str(), target(wanted.relation, &wanted.role))))
            && topology[self.service].depends_on.iter().all(|dependency| dependency.target.is_some())
    }

    fn added_to(&self, pool: PoolIndex, role: &str) -> Option<&ServiceId> {
        self.by_role.get(&(pool, role)).map(|added| &added.id)
    }

    fn serving(&self, pool: PoolIndex, role: &str) -> Option<&ServiceId> {
        let topology = &self.after.topology;
        Some(&topology[topology.serving(pool, role)?].id.value)
    }

    fn child_names(&self) -> Vec<&str> {
        self.node().children().map(Node::local_name).collect()
    }

    fn expected_child_names(&self) -> Vec<&str> {
        let generic: &[&str] = if self.is_builder() {
            &["DependsOn", "Ports"]
        } else {
            &["ServiceId", "DependsOn", "InstalledOn", "Ports"]
        };
        let body = self.action.notation.body.is_some().then(|| self.node().last_child()).flatten();
        generic.iter().copied().chain(body.map(Node::local_name)).collect()
    }

    fn has_ports(&self) -> bool {
        let ports = self.node().children().find(|child| child.local_name() == "Ports");
        ports.is_some_and(|ports| self.means(ports, &self.action.notation.ports))
    }

    fn has_body(&self) -> bool {
        let found = self.after.topology[self.service].role_element.map(|id| self.after.document.node(id));
        match (found, &self.action.notation.body) {
            (Some(found), Some(body)) => self.means(found, body),
            (found, body) => found.is_none() && body.is_none(),
        }
    }

    /// Whether an element means what a part of the notation says.
    fn means(&self, node: Node<'_>, text: &str) -> bool {
        let name = |pool| self.after.topology.pool_name(pool).as_str();
        let Ok(text) = fill_template(text, name(self.action.pool), name(self.action.partner)) else { return false };
        let options = Options::default();
        let source = Source::from_bytes("notation", text.into_owned().into_bytes(), &options);
        let document = source.ok().and_then(|source| Document::parse(source, &options.limits).ok());
        document.is_some_and(|document| {
            let part = document.root();
            canonical(node, |_| false) == canonical(part, |_| false) && has_words_of(node, part)
        })
    }
}

/// Whether two elements of one meaning have their attributes in one order, and the same white space around texts.
fn has_words_of(node: Node<'_>, part: Node<'_>) -> bool {
    let ordinary = |node: Node<'_>| {
        let attributes = node.attributes().filter(|attribute| !attribute.is_namespace_declaration());
        attributes.map(|attribute| attribute.name().to_owned()).collect::<Vec<_>>()
    };
    let alike = |node: Node<'_>, part: Node<'_>| {
        let (text, wanted) = (node.text(), part.text());
        ordinary(node) == ordinary(part) && (text == wanted || layout::is_blank(&text) && layout::is_blank(&wanted))
    };
    node.descendants().zip(part.descendants()).all(|(node, part)| alike(node, part))
}
