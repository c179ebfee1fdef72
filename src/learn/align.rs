//! Facts about the file itself, which no pairing changes.

use crate::Export;
use crate::source::{Edit, Edits, Options};
use crate::topology::{Dialect, ServiceId};
use crate::xml::Node;
use std::collections::HashSet;

/// `after` with the file facts of `before`; `None` if they are already the same.
///
/// The file's name, whether it is saved or published and the `Signature` become those of `before`. A file that was
/// downloaded after publishing marks new services with `Original…` attributes, which a planned one cannot have: they
/// are removed.
pub(super) fn aligned(before: &Export, after: &Export, reading: &Options) -> Option<Export> {
    let mut edits = Vec::new();
    for (was, is) in around(before).into_iter().zip(around(after)) {
        for name in ["FileName", "IsFreeFromChanges", "IsPublished", "Signature"] {
            if let (Some(was), Some(is)) = (was.attribute(name), is.attribute(name))
                && was.value() != is.value()
                && was.quote() == is.quote()
            {
                edits.push(Edit { span: is.value_span(), text: was.raw_value().to_owned() });
            }
        }
    }
    edits.extend(originals(before, after));
    if edits.is_empty() {
        return None;
    }
    let edits = Edits::ordered(edits).ok()?;
    after.edited(&edits, reading).ok()
}

/// The elements around the deployment, the outermost last.
fn around(export: &Export) -> Vec<Node<'_>> {
    let topology = export.document.node(export.topology.element);
    std::iter::successors(Some(topology), |node| node.parent()).collect()
}

/// Removes the `Original…` attributes of services that only `after` has.
fn originals(before: &Export, after: &Export) -> Vec<Edit> {
    if after.topology.dialect != Dialect::TopologyBuilder {
        return Vec::new();
    }
    let known: HashSet<&ServiceId> = before.topology.services.iter().map(|service| &service.id.value).collect();
    let new = after.topology.services.iter().filter(|service| !known.contains(&service.id.value));
    let attributes = new.flat_map(|service| after.document.node(service.element).attributes());
    let original = attributes.filter(|attribute| attribute.name().starts_with("Original"));
    original.map(|attribute| crate::edit::remove_attribute(after.source(), attribute)).collect()
}
