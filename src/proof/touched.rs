//! The elements that actions touch, derived from the model and the notation, not from the edits.

use std::collections::{HashMap, HashSet};

use crate::Export;
use crate::action::Action;
use crate::notation::{DependencyPosition, Notation, ServicesPosition};
use crate::topology::{Host, PoolIndex, ServiceId, ServiceIndex};
use crate::xml::{Node, NodeId};

/// The changes that actions make, by the elements of the original document.
pub(super) struct Touched<'a> {
    export: &'a Export,
    notation: &'a Notation,
    around: HashSet<NodeId>,
    removals: HashSet<NodeId>,
    values: HashMap<NodeId, Vec<(&'a str, Option<String>)>>,
    insertions: HashMap<InsertionPoint, Vec<Option<&'a ServiceId>>>,
}

/// Where an element is inserted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum InsertionPoint {
    /// Before a sibling that stays.
    Before(NodeId),
    /// After a sibling, or where it was.
    After(NodeId),
    /// In an element without children.
    Inside(NodeId),
}

impl<'a> Touched<'a> {
    /// The changes that these actions make.
    pub(super) fn by(actions: &'a [Action<'_>], export: &'a Export, notation: &'a Notation) -> Self {
        let mut touched = Self {
            export,
            notation,
            around: HashSet::new(),
            removals: HashSet::new(),
            values: HashMap::new(),
            insertions: HashMap::new(),
        };
        for action in actions {
            touched.add(action);
        }
        touched
    }

    /// Whether this element or anything in it is touched.
    pub(super) fn holds(&self, node: Node<'_>) -> bool {
        self.around.contains(&node.id())
    }

    /// Whether this element is removed.
    pub(super) fn is_removed(&self, node: Node<'_>) -> bool {
        self.removals.contains(&node.id())
    }

    /// The new values of attributes of this element; `None` if one is removed.
    pub(super) fn values(&self, node: Node<'_>) -> &[(&'a str, Option<String>)] {
        self.values.get(&node.id()).map_or(&[], Vec::as_slice)
    }

    /// The elements inserted at a place, in this order: services by id, or a dependency.
    pub(super) fn insertions(&self, place: InsertionPoint) -> &[Option<&'a ServiceId>] {
        self.insertions.get(&place).map_or(&[], Vec::as_slice)
    }

    fn add(&mut self, action: &'a Action<'_>) {
        let topology = &self.export.topology;
        match action {
            Action::AddDependency { service, position, .. } => self.insert_dependency(*service, *position),
            Action::MoveDependency { service, dependency, peer, .. } => self.rename(*service, *dependency, &peer.id),
            Action::RemoveDependency { service, dependency, .. } => {
                self.remove(topology[*service].depends_on[*dependency].element);
            }
            Action::Set(action) => {
                if let Some(role) = topology[action.registrar].role_element {
                    self.set(role, action.name, action.after.clone());
                }
            }
            Action::AddService(action) => {
                self.insert(topology.services_element, self.place_of_service(action.pool), Some(&action.id));
            }
            Action::RemoveService { service, .. } => self.remove(topology[*service].element),
        }
    }

    fn node(&self, id: NodeId) -> Node<'a> {
        self.export.document.node(id)
    }

    fn hold(&mut self, id: NodeId) {
        let outwards = std::iter::successors(Some(self.node(id)), |node| node.parent());
        self.around.extend(outwards.map(Node::id));
    }

    fn insert(&mut self, parent: NodeId, place: InsertionPoint, id: Option<&'a ServiceId>) {
        self.hold(parent);
        self.insertions.entry(place).or_default().push(id);
    }

    fn insert_dependency(&mut self, service: ServiceIndex, position: DependencyPosition) {
        let Some(list) = self.export.topology[service].depends_on_element else { return };
        let first = position == DependencyPosition::First;
        let mut there = self.node(list).children();
        let place = match if first { there.next() } else { there.last() } {
            Some(sibling) if first => InsertionPoint::Before(sibling.id()),
            Some(sibling) => InsertionPoint::After(sibling.id()),
            None => InsertionPoint::Inside(list),
        };
        self.insert(list, place, None);
    }

    fn remove(&mut self, id: NodeId) {
        self.removals.insert(id);
        if let Some(parent) = self.node(id).parent() {
            self.hold(parent.id());
        }
    }

    fn set(&mut self, id: NodeId, name: &'a str, value: Option<String>) {
        self.hold(id);
        self.values.entry(id).or_default().push((name, value));
    }

    /// A dependency that is changed to another service.
    fn rename(&mut self, service: ServiceIndex, dependency: usize, target: &ServiceId) {
        let dependency = &self.export.topology[service].depends_on[dependency];
        match target {
            ServiceId::Unique(id) => self.set(dependency.element, "ServiceUniqueId", Some(id.as_str().to_owned())),
            ServiceId::Numbered { site, role, instance } => {
                let named = dependency.names.span;
                let Some(id) = self.node(dependency.element).children().find(|id| id.start_tag() == named) else {
                    return;
                };
                self.set(id.id(), "SiteId", Some(site.to_string()));
                self.set(id.id(), "RoleName", Some(role.to_string()));
                self.set(id.id(), "Instance", Some(instance.to_string()));
            }
        }
    }

    fn place_of_service(&self, pool: PoolIndex) -> InsertionPoint {
        let topology = &self.export.topology;
        let database = topology.back_end(pool);
        let is_of_pool = |service: ServiceIndex| match topology[service].host {
            Some(Host::Pool(home)) => home == pool,
            Some(Host::Sql(home)) => Some(home) == database,
            None => false,
        };
        let last_of_pool = match self.notation.placement.services {
            ServicesPosition::AfterPool => topology.service_indices().filter(|&one| is_of_pool(one)).last(),
            ServicesPosition::End => None,
        };
        let list = topology.services_element;
        let last = || self.node(list).last_child().map(Node::id);
        let previous = last_of_pool.map(|service| topology[service].element).or_else(last);
        previous.map_or(InsertionPoint::Inside(list), InsertionPoint::After)
    }
}
