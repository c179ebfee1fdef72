//! Compares two documents by site, pool and service.

use std::borrow::Cow;
use std::collections::BTreeMap;

use foldhash::HashSet;

use super::canonical::{canonical, canonical_as};
use super::difference::{Aspect, Difference, DifferenceClass, State, Subject};
use super::matched::matched;
use super::unmodelled::{self, Leftovers};
use crate::Export;
use crate::interval::Interval;
use crate::topology::{Host, Role, Service, ServiceId, ServiceIndex, Topology, namespace};
use crate::xml::{Attribute, Node, NodeId};

/// All differences, sorted. Order is compared only if the meaning is equal, and layout only if nothing else differs.
///
/// A changed `Signature` is not a difference, since every export has another one, nor is another form of the same
/// interval one in meaning. Documents of different dialects only get that one difference.
pub fn compare(before: &Export, after: &Export) -> Vec<Difference> {
    let (old, new) = (before.topology.dialect, after.topology.dialect);
    if old != new {
        return vec![Difference::dialect(old, new)];
    }
    let mut found = Vec::new();
    let comparison = Comparison { old: before, new: after, same_namespaces: namespaces(before) == namespaces(after) };
    comparison.elements(&mut found);
    comparison.services(&mut found);
    comparison.rest(&mut found);
    if found.is_empty() {
        found.extend(comparison.order());
    }
    if found.is_empty() && !is_same_file(before, after) {
        found.push(Difference::of_document(DifferenceClass::Formatting, Aspect::Layout));
    }
    found.sort();
    found
}

/// Whether any `Signature` differs between two documents.
pub fn signature_differs(before: &Export, after: &Export) -> bool {
    let values = |export| signatures(export).map(|signature| signature.value()).collect::<Vec<_>>();
    values(before) != values(after)
}

/// The `Signature` of the topology and, in a configuration export, of each item.
fn signatures(export: &Export) -> impl Iterator<Item = Attribute<'_>> {
    let nodes = export.document.root().descendants();
    nodes.filter_map(|node| node.attribute("Signature").filter(|&attribute| is_signature(export, node, attribute)))
}

fn is_signature(export: &Export, node: Node<'_>, attribute: Attribute<'_>) -> bool {
    let is_signed = node.id() == export.topology.element || node.is(namespace::SCOPE, "Value");
    is_signed && attribute.name() == "Signature"
}

/// Whether two files are equal except for signature values.
fn is_same_file(before: &Export, after: &Export) -> bool {
    let (old, new) = (before.source(), after.source());
    if old.bytes() == new.bytes() {
        return true;
    }
    let same_storage = old.encoding() == new.encoding() && old.has_bom() == new.has_bom();
    same_storage && between_signatures(before) == between_signatures(after)
}

fn between_signatures(export: &Export) -> Vec<&str> {
    let (text, mut start, mut pieces) = (export.source().text(), 0, Vec::new());
    for signature in signatures(export) {
        let value = signature.value_span().range();
        pieces.push(text.get(start..value.start).unwrap_or_default());
        start = value.end;
    }
    pieces.push(text.get(start..).unwrap_or_default());
    pieces
}

struct Comparison<'a> {
    old: &'a Export,
    new: &'a Export,
    /// Whether equal text in the lists of services has the same meaning in both documents.
    same_namespaces: bool,
}

impl Comparison<'_> {
    /// Compares sites, pools and SQL Server instances by their canonical text.
    fn elements(&self, found: &mut Vec<Difference>) {
        let (before, after) = (elements(&self.old.topology), elements(&self.new.topology));
        for (_, pair) in matched(&keyed(&before), &keyed(&after)) {
            match pair {
                (Some((subject, old)), Some((_, new))) => {
                    let (old, new) = (self.old.document.node(old), self.new.document.node(new));
                    if same_text(old, new) {
                        continue;
                    }
                    let (old, new) = (own_content(old, self.old), own_content(new, self.new));
                    if old != new {
                        found.push(Difference::content(subject.clone(), Aspect::Content, old, new));
                    }
                }
                (Some((subject, _)), None) => found.push(Difference::removed(subject.clone())),
                (None, Some((subject, _))) => found.push(Difference::added(subject.clone())),
                (None, None) => {}
            }
        }
    }

    fn services(&self, found: &mut Vec<Difference>) {
        let list = |topology: &Topology| {
            let services = topology.service_indices();
            services.map(|service| (topology[service].id.value.clone(), service)).collect::<Vec<_>>()
        };
        let (before, after) = (&self.old.topology, &self.new.topology);
        for (_, pair) in matched(&list(before), &list(after)) {
            match pair {
                (Some(old), Some(new)) => self.service(old, new, found),
                (Some(old), None) => found.push(Difference::removed(Subject::service(before, old))),
                (None, Some(new)) => found.push(Difference::added(Subject::service(after, new))),
                (None, None) => {}
            }
        }
    }

    fn service(&self, old: ServiceIndex, new: ServiceIndex, found: &mut Vec<Difference>) {
        let (before, after) = (self.old, self.new);
        let old_node = before.document.node(before.topology[old].element);
        let new_node = after.document.node(after.topology[new].element);
        if self.same_namespaces && same_text(old_node, new_node) {
            return;
        }
        let subject = Subject::service(&after.topology, new);
        dependencies((&before.topology, old), (&after.topology, new), &subject, found);
        settings(&before.topology[old], &after.topology[new], &subject, found);
        let (old_host, new_host) = (host(&before.topology, old), host(&after.topology, new));
        if old_host != new_host {
            found.push(Difference::meaning(subject.clone(), Aspect::Host, old_host, new_host));
        }
        let old_rest = unmodelled::service(&before.topology[old], before);
        let new_rest = unmodelled::service(&after.topology[new], after);
        if old_rest != new_rest || !unmodelled::is_preserved(&leftovers(before, old), &leftovers(after, new)) {
            found.push(Difference::content(subject, Aspect::Content, old_rest, new_rest));
        }
    }

    /// Compares everything outside the lists above.
    fn rest(&self, found: &mut Vec<Difference>) {
        let (old, new) = (rest(self.old), rest(self.new));
        if old != new {
            found.push(Difference::content(Subject::Document, Aspect::Rest, old, new));
        }
    }

    fn order(&self) -> Option<Difference> {
        let whole_text = |export: &Export| canonical_as(export.document.root(), |_| false, &meanings(export));
        (whole_text(self.old) != whole_text(self.new))
            .then(|| Difference::of_document(DifferenceClass::Order, Aspect::Order))
    }
}

/// All elements of the model except services.
pub(super) fn elements(topology: &Topology) -> Vec<(Subject, NodeId)> {
    let sites = topology.sites.iter().map(|site| (Subject::Site { id: site.id.value.to_string() }, site.element));
    let pools = topology.pools.iter();
    let pools = pools.map(|pool| (Subject::Pool { pool: pool.fqdn.value.to_string() }, pool.element));
    let instances = topology.sql_instances.iter();
    let instances = instances.map(|sql| (Subject::SqlInstance { id: sql.id.value.to_string() }, sql.element));
    sites.chain(pools).chain(instances).collect()
}

/// Adds the key of each element: its name, ignoring case.
fn keyed(elements: &[(Subject, NodeId)]) -> Vec<(String, (&Subject, NodeId))> {
    let key = |subject: &Subject| subject.to_string().to_ascii_lowercase();
    elements.iter().map(|(subject, element)| (key(subject), (subject, *element))).collect()
}

/// The content of an element without the lists of other elements in it.
fn own_content(node: Node<'_>, export: &Export) -> String {
    canonical(node, |child| export.topology.lists.contains(&child.id()))
}

/// The namespace declarations in scope for all services.
fn namespaces(export: &Export) -> Vec<(&str, Cow<'_, str>)> {
    let mut ancestor = Some(export.document.node(export.topology.services_element));
    let mut declared = Vec::new();
    while let Some(node) = ancestor {
        let declarations = node.attributes().filter(Attribute::is_namespace_declaration);
        declared.extend(declarations.map(|attribute| (attribute.name(), attribute.value())));
        ancestor = node.parent();
    }
    declared
}

fn same_text(old: Node<'_>, new: Node<'_>) -> bool {
    old.document().source().slice(old.span()) == new.document().source().slice(new.span())
}

fn dependencies(
    (before, old): (&Topology, ServiceIndex),
    (after, new): (&Topology, ServiceIndex),
    subject: &Subject,
    found: &mut Vec<Difference>,
) {
    let mut counts: BTreeMap<(String, State), i64> = BTreeMap::new();
    for (topology, service, sign) in [(before, old, -1), (after, new, 1)] {
        for dependency in &topology[service].depends_on {
            let target = State::target(topology, dependency.target, &dependency.names.value);
            *counts.entry((dependency.usage.value.to_string(), target)).or_default() += sign;
        }
    }
    for ((usage, target), count) in counts {
        for _ in 0..count.unsigned_abs() {
            let target = target.clone();
            found.push(if count > 0 {
                Difference::dependency_added(subject.clone(), &usage, target)
            } else {
                Difference::dependency_removed(subject.clone(), &usage, target)
            });
        }
    }
}

/// The content of the dependencies of a service that the model does not represent.
fn leftovers(export: &Export, service: ServiceIndex) -> Leftovers<(&str, &ServiceId)> {
    let mut leftovers = Leftovers::new();
    for dependency in &export.topology[service].depends_on {
        let key = (dependency.usage.value.as_str(), &dependency.names.value);
        leftovers.entry(key).or_insert_with(Vec::new).push(unmodelled::dependency(dependency, export));
    }
    leftovers.values_mut().for_each(|left| left.sort());
    leftovers
}

fn settings(old: &Service, new: &Service, subject: &Subject, found: &mut Vec<Difference>) {
    let is_registrar = old.role.is(Role::REGISTRAR);
    let meaning = |text| if is_registrar { interval_or_text(Cow::Borrowed(text)) } else { Cow::Borrowed(text) };
    let (before, after) = (setting_values(old), setting_values(new));
    let names = before.keys().chain(after.keys().filter(|name| !before.contains_key(*name)));
    for name in names {
        let (before, after) = (before.get(name).copied(), after.get(name).copied());
        if before.map(meaning) != after.map(meaning) {
            found.push(Difference::setting(subject.clone(), name, before, after));
        }
    }
}

fn setting_values(service: &Service) -> BTreeMap<&str, &str> {
    service.settings.iter().map(|setting| (setting.name.as_str(), setting.value.value.as_str())).collect()
}

/// The meaning of a Registrar's setting: all forms of an interval are equal.
fn interval_or_text(text: Cow<'_, str>) -> Cow<'_, str> {
    text.parse::<Interval>().map_or(text, |interval| interval.to_string().into())
}

/// The meaning of each attribute of a document; `None` for a `Signature`.
pub(super) fn meanings(export: &Export) -> impl for<'d> Fn(Node<'d>, Attribute<'d>) -> Option<Cow<'d, str>> {
    let registrars = export.topology.services.iter().filter(|service| service.role.is(Role::REGISTRAR));
    let registrars: HashSet<NodeId> = registrars.filter_map(|service| service.role_element).collect();
    move |node, attribute| match () {
        () if is_signature(export, node, attribute) => None,
        () if registrars.contains(&node.id()) => Some(interval_or_text(attribute.value())),
        () => Some(attribute.value()),
    }
}

fn host(topology: &Topology, service: ServiceIndex) -> Option<State> {
    topology[service].host.map(|host| {
        State::Subject(match host {
            Host::Pool(pool) => Subject::Pool { pool: topology.pool_name(pool).to_string() },
            Host::Sql(sql) => Subject::SqlInstance { id: topology[sql].id.value.to_string() },
        })
    })
}

/// The document without its sites, pools, SQL Server instances and services.
fn rest(export: &Export) -> String {
    let mut out = String::new();
    let mut open = vec![export.document.root()];
    let value = meanings(export);
    while let Some(node) = open.pop() {
        out.push_str(&canonical_as(node, |_| true, &value));
        if !export.topology.lists.contains(&node.id()) {
            let from = open.len();
            open.extend(node.children());
            open[from..].reverse();
        }
    }
    out
}
