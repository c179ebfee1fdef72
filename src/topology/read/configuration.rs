//! `DocItemSet.xml`, the document in the zip file of `Export-CsConfiguration`.

use super::super::{Dialect, Topology};
use super::error::{self, Error, TopologyFault};
use super::namespace::{SCOPE, TOPOLOGY};
use super::published;
use crate::xml::Node;

/// Reads the topology in a `DocItemSet` element.
///
/// The `SchemaId` of an item says what it contains. The names of the items are undocumented, so they are not relied on.
pub(super) fn read(root: Node<'_>) -> Result<Topology, Error> {
    let anchored = root.children().flat_map(Node::children).flat_map(Node::children);
    let item = anchored.filter(|node| node.is(SCOPE, "AnchoredXml")).find(|&node| holds_topology(node));
    let topology = item.and_then(|item| item.descendants().find(|node| node.is(TOPOLOGY, "Topology")));
    match topology {
        Some(topology) => published::read(topology, Dialect::ConfigurationExport),
        None => Err(error::error(TopologyFault::NoTopologyInside, root, root.name_span(), "searched in here")),
    }
}

fn holds_topology(anchored: Node<'_>) -> bool {
    let id = anchored.child(SCOPE, "Key").and_then(|key| key.child(SCOPE, "SchemaId"));
    let says = |name: &str, value: &str| {
        id.and_then(|id| id.attribute(name)).is_some_and(|attribute| attribute.value() == value)
    };
    says("Namespace", TOPOLOGY) && says("ElementName", "Topology")
}
