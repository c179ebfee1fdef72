//! Content of a service that the model does not represent, such as stray text, a namespace or an additional attribute.

use std::collections::BTreeMap;

use smol_str::ToSmolStr;

use super::canonical::{canonical, canonical_as};
use crate::Export;
use crate::topology::{Dependency, Service, ServiceId};
use crate::xml::Node;

/// The canonical text of a service without its settings and the targets of its dependencies: ports, versions, element
/// names and namespaces, and all text.
pub(super) fn service(service: &Service, export: &Export) -> String {
    let node = |id| export.document.node(id);
    let list = service.depends_on_element.map(node);
    let role = service.role_element.map(node);
    let modelled = |child: Node<'_>| [list, role].into_iter().flatten().any(|known| known.id() == child.id());
    let mut left = canonical(node(service.element), modelled);
    if let Some(list) = list.filter(|list| !is_bare(*list)) {
        left.push_str(&canonical(list, |_| true));
    }
    if let Some(role) = role {
        left.push_str(&canonical_as(role, |_| false, &|node, attribute| {
            (node.id() != role.id()).then(|| attribute.value())
        }));
    }
    left
}

/// Whether a list element has no content of its own.
fn is_bare(list: Node<'_>) -> bool {
    let foreign = list.parent().is_some_and(|parent| parent.namespace() != list.namespace());
    let attributed = list.attributes().any(|attribute| !attribute.is_namespace_declaration());
    !foreign && !attributed && list.text().trim().is_empty()
}

/// The unmodelled content of the dependencies of a service, by their target.
pub(super) type Leftovers<K> = BTreeMap<K, Vec<String>>;

/// Whether dependencies keep their unmodelled content; new ones must have none, or that of a removed one.
pub(super) fn is_preserved<K: Ord>(old: &Leftovers<K>, new: &Leftovers<K>) -> bool {
    let count = |of: &Leftovers<K>, key| of.get(key).map_or(0, Vec::len);
    let removed = || old.iter().filter(|(key, left)| count(new, key) < left.len()).flat_map(|(_, left)| left);
    new.iter().all(|(key, new)| match old.get(key) {
        Some(old) if old.len() == new.len() => old == new,
        old => {
            let known =
                |left: &String| old.is_some_and(|old| old.contains(left)) || removed().any(|removed| removed == left);
            new.iter().all(|left| left.is_empty() || known(left))
        }
    })
}

/// The content of a dependency besides its usage and the id of its target; empty in all known topologies.
pub(super) fn dependency(dependency: &Dependency, export: &Export) -> String {
    let node = export.document.node(dependency.element);
    let usage = ("Usage", dependency.usage.value.to_smolstr());
    let (own, id) = match &dependency.names.value {
        ServiceId::Unique(id) => (vec![usage, ("ServiceUniqueId", id.clone())], Vec::new()),
        ServiceId::Numbered { site, role, instance } => {
            let id = [("SiteId", site.0.clone()), ("RoleName", role.0.clone()), ("Instance", instance.to_smolstr())];
            (vec![usage], id.to_vec())
        }
    };
    let left = canonical_as(node, |_| false, &|part, attribute| {
        let known = match () {
            () if part.id() == node.id() => own.as_slice(),
            () if part.start_tag() == dependency.names.span => &id,
            () => &[],
        };
        let value = attribute.value();
        let is_known = known.iter().any(|(name, text)| *name == attribute.name() && **text == *value);
        (!is_known).then_some(value)
    });
    let namespace = node.parent().map_or("", Node::namespace);
    let plain = match id.is_empty() {
        true => format!("({{{namespace}}}Dependency"),
        false => format!("({{{namespace}}}Dependency({{{namespace}}}ServiceId)"),
    };
    if left == plain { String::new() } else { left }
}
