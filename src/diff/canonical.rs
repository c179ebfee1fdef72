//! Canonical text of a subtree, independent of layout, attribute order, quoting and prefixes.

use std::borrow::Cow;
use std::fmt::Write as _;

use crate::xml::{Attribute, Node};

/// The canonical text of an element, without the children that `skip` selects.
pub(crate) fn canonical(node: Node<'_>, skip: impl Fn(Node<'_>) -> bool) -> String {
    canonical_as(node, skip, &|_, attribute| Some(attribute.value()))
}

/// Like [`canonical`], with attribute values mapped by `value`; attributes for which it returns `None` are omitted.
pub(super) fn canonical_as(node: Node<'_>, skip: impl Fn(Node<'_>) -> bool, value: &AttributeText<'_>) -> String {
    let mut out = String::new();
    open(node, value, &mut out);
    for child in node.children().filter(|&child| !skip(child)) {
        subtree(child, value, &mut out);
    }
    out
}

pub(super) type AttributeText<'v> = dyn for<'d> Fn(Node<'d>, Attribute<'d>) -> Option<Cow<'d, str>> + 'v;

fn subtree(top: Node<'_>, value: &AttributeText<'_>, out: &mut String) {
    let mut depth_of = vec![top.id()];
    for node in top.descendants() {
        while node.id() != top.id() && depth_of.last() != node.parent().map(Node::id).as_ref() {
            depth_of.pop();
            out.push(')');
        }
        open(node, value, out);
        if node.id() != top.id() {
            depth_of.push(node.id());
        }
    }
    out.extend(depth_of.iter().map(|_| ')'));
}

fn open(node: Node<'_>, value: &AttributeText<'_>, out: &mut String) {
    out.push_str("({");
    out.push_str(node.namespace());
    out.push('}');
    out.push_str(node.local_name());
    let mut attributes: Vec<_> = node
        .attributes()
        .filter(|attribute| !attribute.is_namespace_declaration())
        .filter_map(|attribute| Some((attribute.name(), value(node, attribute)?)))
        .collect();
    attributes.sort_unstable();
    for (name, value) in attributes {
        let _ = write!(out, " {name}={value:?}");
    }
    let text = if node.is_blank() { Cow::Borrowed("") } else { node.text() };
    if !text.trim().is_empty() {
        let _ = write!(out, " {:?}", text.trim());
    }
}
