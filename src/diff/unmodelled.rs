//! What a service holds beside what the model knows of it: a stray text, a namespace, an attribute more.

use std::collections::BTreeMap;

use smol_str::ToSmolStr;

use super::canonical::{canonical, canonical_as};
use crate::Export;
use crate::topology::{Dependency, Service, ServiceId};
use crate::xml::Node;

/// A service without its settings and without what its dependencies name: ports, versions, names and namespaces of
/// the elements, every text.
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

/// A list that is as good as none.
fn is_bare(list: Node<'_>) -> bool {
    let foreign = list.parent().is_some_and(|parent| parent.namespace() != list.namespace());
    let attributed = list.attributes().any(|attribute| !attribute.is_namespace_declaration());
    !foreign && !attributed && list.text().trim().is_empty()
}

/// What the dependencies of a service hold, by what they name.
pub(super) type Leftovers<K> = BTreeMap<K, Vec<String>>;

/// Whether dependencies hold what they held; new ones hold nothing, or what one held that went.
pub(super) fn is_kept<K: Ord>(was: &Leftovers<K>, is: &Leftovers<K>) -> bool {
    let count = |of: &Leftovers<K>, key| of.get(key).map_or(0, Vec::len);
    let gone = || was.iter().filter(|(key, left)| count(is, key) < left.len()).flat_map(|(_, left)| left);
    is.iter().all(|(key, is)| match was.get(key) {
        Some(was) if was.len() == is.len() => was == is,
        was => {
            let held = |left: &String| was.is_some_and(|was| was.contains(left)) || gone().any(|gone| gone == left);
            is.iter().all(|left| left.is_empty() || held(left))
        }
    })
}

/// What a dependency holds beside its usage and the id of its target; empty for all that were ever seen.
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
        let is_known = known.iter().any(|(name, is)| *name == attribute.name() && **is == *value);
        (!is_known).then_some(value)
    });
    let namespace = node.parent().map_or("", Node::namespace);
    let plain = match id.is_empty() {
        true => format!("({{{namespace}}}Dependency"),
        false => format!("({{{namespace}}}Dependency({{{namespace}}}ServiceId)"),
    };
    if left == plain { String::new() } else { left }
}
