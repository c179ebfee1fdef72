//! What a service holds beside what the model knows of it: a stray text, a namespace, an attribute more.

use std::collections::BTreeMap;

use smol_str::{SmolStr, ToSmolStr};

use super::canonical::canonical;
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
        left.push_str(&format!("({{{}}}{}{:?}", role.namespace(), role.local_name(), role.text().trim()));
        role.children().for_each(|child| left.push_str(&canonical(child, |_| false)));
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
    let usage = dependency.usage.value.as_str();
    let (own, id) = match &dependency.names.value {
        ServiceId::Unique(id) => (vec![("ServiceUniqueId", id.clone())], Vec::<(&str, SmolStr)>::new()),
        ServiceId::Numbered { site, role, instance } => {
            let id = [("SiteId", site.0.clone()), ("RoleName", role.0.clone()), ("Instance", instance.to_smolstr())];
            (Vec::new(), id.to_vec())
        }
    };
    let known: Vec<_> = own.into_iter().chain([("Usage", usage.into())]).collect();
    let is_id = |child: Node<'_>| is_only(child, "ServiceId", &id) && child.children().next().is_none();
    let has_id = match node.children().collect::<Vec<_>>().as_slice() {
        [] => id.is_empty(),
        [child] => !id.is_empty() && is_id(*child),
        _ => false,
    };
    if has_id && is_only(node, "Dependency", &known) {
        return String::new();
    }
    without_id(node, dependency)
}

/// Whether an element has this name, in the namespace of its parent, exactly these attributes, and no text.
fn is_only(node: Node<'_>, name: &str, attributes: &[(&str, SmolStr)]) -> bool {
    let found = node.attributes().filter(|attribute| !attribute.is_namespace_declaration());
    let known = |name: &str, value: &str| attributes.iter().any(|(known, is)| *known == name && is == value);
    node.local_name() == name
        && node.parent().is_some_and(|parent| parent.namespace() == node.namespace())
        && node.text().trim().is_empty()
        && found.map(|attribute| known(attribute.name(), &attribute.value())).eq(attributes.iter().map(|_| true))
}

/// A dependency without its usage and without what names its target.
fn without_id(node: Node<'_>, dependency: &Dependency) -> String {
    let own: &[&str] = match dependency.names.value {
        ServiceId::Unique(_) => &["Usage", "ServiceUniqueId"],
        ServiceId::Numbered { .. } => &["Usage"],
    };
    let mut left = String::new();
    for part in node.descendants() {
        let known = match () {
            () if part.id() == node.id() => own,
            () if part.start_tag() == dependency.names.span => &["SiteId", "RoleName", "Instance"],
            () => &[],
        };
        left.push_str(&format!("({{{}}}{}{:?}", part.namespace(), part.local_name(), part.text().trim()));
        for attribute in part.attributes().filter(|attribute| !attribute.is_namespace_declaration()) {
            if !known.contains(&attribute.name()) {
                left.push_str(&format!(" {}={:?}", attribute.name(), attribute.value()));
            }
        }
    }
    left
}
