//! Differences in domain words: by site, pool and service, in three classes.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::hash::Hash;

use foldhash::{HashMap, HashMapExt};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::canonical::canonical;
use super::unmodelled::{self, Leftovers};
use crate::Export;
use crate::topology::{Host, Service, ServiceId, ServiceIndex, Topology};
use crate::xml::{Attribute, Node, NodeId};

/// A difference between two documents.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Difference {
    /// What kind of difference it is.
    pub class: DifferenceClass,
    /// What differs.
    pub subject: Subject,
    /// Which part of it, such as "setting `EnableAutomaticFailover`"; empty for the whole.
    pub aspect: String,
    /// What was there, in words; absent where nothing was.
    pub before: Option<String>,
    /// What is there now, in words; absent where nothing is.
    pub after: Option<String>,
}

/// The class of a difference.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum DifferenceClass {
    /// The deployment is another.
    Meaning,
    /// The same things in another order.
    Order,
    /// The same deployment in another layout.
    Formatting,
}

/// What differs.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    /// The document as a whole.
    Document,
    /// A site, by its id.
    Site(String),
    /// A pool, by its name.
    Pool(String),
    /// A SQL Server instance, by its id.
    SqlInstance(String),
    /// A service, by its role, its pool and its id.
    Service {
        /// The role.
        role: String,
        /// The pool; empty where it is installed on nothing known.
        pool: String,
        /// The id.
        id: String,
    },
}

impl Subject {
    /// The subject of a service.
    pub fn service(topology: &Topology, service: ServiceIndex) -> Self {
        let pool = topology.pool_of(service).map(|pool| topology.pool_name(pool).to_string());
        let Service { role, id, .. } = &topology[service];
        Self::Service { role: role.to_string(), pool: pool.unwrap_or_default(), id: id.value.to_string() }
    }
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Document => f.write_str("the document"),
            Self::Site(id) => write!(f, "site `{id}`"),
            Self::Pool(fqdn) => write!(f, "pool `{fqdn}`"),
            Self::SqlInstance(id) => write!(f, "SQL Server instance `{id}`"),
            Self::Service { role, pool, id } if pool.is_empty() => write!(f, "{role} `{id}`"),
            Self::Service { role, pool, .. } => write!(f, "{role} of `{pool}`"),
        }
    }
}

impl Difference {
    /// A dependency that came.
    pub fn dependency_added(subject: Subject, usage: &str, target: String) -> Self {
        Self::meaning(subject, dependency(usage), None, Some(target))
    }

    /// A dependency that went.
    pub fn dependency_removed(subject: Subject, usage: &str, target: String) -> Self {
        Self::meaning(subject, dependency(usage), Some(target), None)
    }

    /// A role setting that came, went or changed.
    pub fn setting(subject: Subject, name: &str, before: Option<&str>, after: Option<&str>) -> Self {
        Self::meaning(subject, format!("setting `{name}`"), before.map(str::to_owned), after.map(str::to_owned))
    }

    /// A whole thing that came.
    pub fn added(subject: Subject) -> Self {
        let words = subject.to_string();
        Self::meaning(subject, String::new(), None, Some(words))
    }

    /// A whole thing that went.
    pub fn removed(subject: Subject) -> Self {
        let words = subject.to_string();
        Self::meaning(subject, String::new(), Some(words), None)
    }

    fn meaning(subject: Subject, aspect: String, before: Option<String>, after: Option<String>) -> Self {
        Self { class: DifferenceClass::Meaning, subject, aspect, before, after }
    }
}

fn dependency(usage: &str) -> String {
    format!("dependency `{usage}`")
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { subject, aspect, before, after, .. } = self;
        if aspect.is_empty() {
            return write!(f, "{subject} is {}", if after.is_some() { "new" } else { "gone" });
        }
        match (before, after) {
            (None, None) => write!(f, "{subject}: {aspect} differs"),
            // The canonical text of a subtree is for comparing, not for reading.
            (Some(_), Some(_)) if is_opaque(aspect) => write!(f, "{subject}: {aspect} differs"),
            (Some(before), None) => write!(f, "{subject}: {aspect} was {before} and is gone"),
            (None, Some(after)) => write!(f, "{subject}: {aspect} is new, {after}"),
            (Some(before), Some(after)) => write!(f, "{subject}: {aspect} was {before} and is {after}"),
        }
    }
}

fn is_opaque(aspect: &str) -> bool {
    aspect.ends_with("content")
}

/// A service as the target of a dependency, in words.
pub(crate) fn target_words(topology: &Topology, target: Option<ServiceIndex>, named: &ServiceId) -> String {
    match target {
        Some(target) => Subject::service(topology, target).to_string(),
        None => format!("`{named}`, which is not there"),
    }
}

/// All differences, sorted; those of the order only where nothing else differs in meaning, and those of the layout
/// only where nothing else differs at all.
pub fn compare(before: &Export, after: &Export) -> Vec<Difference> {
    let mut found = Vec::new();
    let sides = Comparison { before, after, same_namespaces: namespaces(before) == namespaces(after) };
    sides.sites(&mut found);
    sides.pools(&mut found);
    sides.sql_instances(&mut found);
    sides.services(&mut found);
    sides.rest(&mut found);
    if found.is_empty() {
        found.extend(sides.order());
    }
    if found.is_empty() && before.document.source().bytes() != after.document.source().bytes() {
        found.push(whole(DifferenceClass::Formatting, "layout, quoting, encoding or comments"));
    }
    found.sort();
    found
}

fn whole(class: DifferenceClass, aspect: &str) -> Difference {
    Difference { class, subject: Subject::Document, aspect: aspect.to_owned(), before: None, after: None }
}

struct Comparison<'a> {
    before: &'a Export,
    after: &'a Export,
    /// Whether the same text means the same within the lists of services.
    same_namespaces: bool,
}

impl Comparison<'_> {
    fn sites(&self, found: &mut Vec<Difference>) {
        let list = |export: &Export| {
            let sites = export.topology.sites.iter();
            sites.map(|site| (site.id.value.clone(), site.element)).collect::<Vec<_>>()
        };
        self.elements(&list(self.before), &list(self.after), |id| Subject::Site(id.to_string()), found);
    }

    fn pools(&self, found: &mut Vec<Difference>) {
        let list = |export: &Export| {
            let pools = export.topology.pools.iter();
            pools.map(|pool| (pool.fqdn.value.clone(), pool.element)).collect::<Vec<_>>()
        };
        self.elements(&list(self.before), &list(self.after), |fqdn| Subject::Pool(fqdn.to_string()), found);
    }

    fn sql_instances(&self, found: &mut Vec<Difference>) {
        let list = |export: &Export| {
            let instances = export.topology.sql_instances.iter();
            instances.map(|sql| (sql.id.value.clone(), sql.element)).collect::<Vec<_>>()
        };
        self.elements(&list(self.before), &list(self.after), |id| Subject::SqlInstance(id.to_string()), found);
    }

    /// Compares lists of opaque elements by key.
    fn elements<K: Clone + Eq + Hash>(
        &self,
        before: &[(K, NodeId)],
        after: &[(K, NodeId)],
        subject: impl Fn(&K) -> Subject,
        found: &mut Vec<Difference>,
    ) {
        for (key, pair) in matched(before, after) {
            match pair {
                (Some(was), Some(is)) => {
                    let (was, is) = (self.before.document.node(was), self.after.document.node(is));
                    if same_text(was, is) {
                        continue;
                    }
                    let (was, is) = (own_content(was, self.before), own_content(is, self.after));
                    if was != is {
                        found.push(Difference::meaning(subject(key), "content".into(), Some(was), Some(is)));
                    }
                }
                (Some(_), None) => found.push(Difference::removed(subject(key))),
                (None, Some(_)) => found.push(Difference::added(subject(key))),
                (None, None) => {}
            }
        }
    }

    fn services(&self, found: &mut Vec<Difference>) {
        let list = |topology: &Topology| {
            let services = topology.service_indices();
            services.map(|service| (topology[service].id.value.clone(), service)).collect::<Vec<_>>()
        };
        let (before, after) = (&self.before.topology, &self.after.topology);
        for (_, pair) in matched(&list(before), &list(after)) {
            match pair {
                (Some(was), Some(is)) => self.service(was, is, found),
                (Some(was), None) => found.push(Difference::removed(Subject::service(before, was))),
                (None, Some(is)) => found.push(Difference::added(Subject::service(after, is))),
                (None, None) => {}
            }
        }
    }

    fn service(&self, was: ServiceIndex, is: ServiceIndex, found: &mut Vec<Difference>) {
        let (before, after) = (self.before, self.after);
        let was_node = before.document.node(before.topology[was].element);
        let is_node = after.document.node(after.topology[is].element);
        if self.same_namespaces && same_text(was_node, is_node) {
            return;
        }
        let subject = Subject::service(&after.topology, is);
        dependencies((&before.topology, was), (&after.topology, is), &subject, found);
        settings(&before.topology[was], &after.topology[is], &subject, found);
        let (was_host, is_host) = (host(&before.topology, was), host(&after.topology, is));
        if was_host != is_host {
            found.push(Difference::meaning(subject.clone(), "host".into(), was_host, is_host));
        }
        let was_rest = unmodelled::service(&before.topology[was], before);
        let is_rest = unmodelled::service(&after.topology[is], after);
        if was_rest != is_rest || !unmodelled::is_kept(&leftovers(before, was), &leftovers(after, is)) {
            found.push(Difference::meaning(subject, "content".into(), Some(was_rest), Some(is_rest)));
        }
    }

    /// Everything that is in no list above.
    fn rest(&self, found: &mut Vec<Difference>) {
        let (was, is) = (rest(self.before), rest(self.after));
        if was != is {
            found.push(Difference::meaning(Subject::Document, "other content".into(), Some(was), Some(is)));
        }
    }

    fn order(&self) -> Option<Difference> {
        let whole_text = |export: &Export| canonical(export.document.root(), |_| false);
        (whole_text(self.before) != whole_text(self.after))
            .then(|| whole(DifferenceClass::Order, "order of sites, pools, services or dependencies"))
    }
}

/// A key, with what two lists have under it.
type Row<'k, K, V> = (&'k K, (Option<V>, Option<V>));

/// What two lists have under each key.
///
/// Two versions of a document have most of their lists in common at both ends: only what is between is looked up.
fn matched<'k, K: Eq + Hash, V: Copy>(before: &'k [(K, V)], after: &'k [(K, V)]) -> Vec<Row<'k, K, V>> {
    let is_same = |((was, _), (is, _)): &(&(K, V), &(K, V))| was == is;
    let head = before.iter().zip(after).take_while(is_same).count();
    let (first, before) = before.split_at(head);
    let (_, after_head) = after.split_at(head);
    let tail = before.iter().rev().zip(after_head.iter().rev()).take_while(is_same).count();
    let (before, last) = before.split_at(before.len() - tail);
    let (after_middle, after_last) = after_head.split_at(after_head.len() - tail);
    let both = |((key, was), (_, is)): (&'k (K, V), &'k (K, V))| (key, (Some(*was), Some(*is)));
    let mut rows: Vec<_> = first.iter().zip(after).map(both).collect();
    rows.extend(looked_up(before, after_middle));
    rows.extend(last.iter().zip(after_last).map(both));
    rows
}

/// The same for any two lists. A key that is there twice is matched by its turn, so that a duplicate that comes or
/// goes is seen.
fn looked_up<'k, K: Eq + Hash, V: Copy>(before: &'k [(K, V)], after: &'k [(K, V)]) -> Vec<Row<'k, K, V>> {
    let mut places: HashMap<(&K, usize), usize> = HashMap::new();
    let mut rows: Vec<Row<'k, K, V>> = Vec::with_capacity(before.len());
    let mut turns: HashMap<&K, usize> = HashMap::new();
    for (key, value) in before {
        let turn = turns.entry(key).or_default();
        places.insert((key, *turn), rows.len());
        *turn += 1;
        rows.push((key, (Some(*value), None)));
    }
    turns.clear();
    for (key, value) in after {
        let turn = turns.entry(key).or_default();
        match places.get(&(key, *turn)).and_then(|&row| rows.get_mut(row)) {
            Some(row) => row.1.1 = Some(*value),
            None => rows.push((key, (None, Some(*value)))),
        }
        *turn += 1;
    }
    rows
}

/// An element without the lists of other things in it.
fn own_content(node: Node<'_>, export: &Export) -> String {
    canonical(node, |child| export.topology.lists.contains(&child.id()))
}

/// The declarations that hold for all services.
fn namespaces(export: &Export) -> Vec<(&str, Cow<'_, str>)> {
    let mut around = Some(export.document.node(export.topology.services_element));
    let mut declared = Vec::new();
    while let Some(node) = around {
        let declarations = node.attributes().filter(Attribute::is_namespace_declaration);
        declared.extend(declarations.map(|attribute| (attribute.name(), attribute.value())));
        around = node.parent();
    }
    declared
}

fn same_text(was: Node<'_>, is: Node<'_>) -> bool {
    was.document().source().slice(was.span()) == is.document().source().slice(is.span())
}

fn dependencies(
    (before, was): (&Topology, ServiceIndex),
    (after, is): (&Topology, ServiceIndex),
    subject: &Subject,
    found: &mut Vec<Difference>,
) {
    let mut counts: BTreeMap<(String, String), i64> = BTreeMap::new();
    for (topology, service, sign) in [(before, was, -1), (after, is, 1)] {
        for dependency in &topology[service].depends_on {
            let words = target_words(topology, dependency.target, &dependency.names.value);
            *counts.entry((dependency.usage.value.to_string(), words)).or_default() += sign;
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

/// What the dependencies of a service hold that the model does not know.
fn leftovers(export: &Export, service: ServiceIndex) -> Leftovers<(&str, &ServiceId)> {
    let mut leftovers = Leftovers::new();
    for dependency in &export.topology[service].depends_on {
        let key = (dependency.usage.value.as_str(), &dependency.names.value);
        leftovers.entry(key).or_insert_with(Vec::new).push(unmodelled::dependency(dependency, export));
    }
    leftovers.values_mut().for_each(|left| left.sort());
    leftovers
}

fn settings(was: &Service, is: &Service, subject: &Subject, found: &mut Vec<Difference>) {
    let (was, is) = (setting_values(was), setting_values(is));
    let names = was.keys().chain(is.keys().filter(|name| !was.contains_key(*name)));
    for name in names {
        let (before, after) = (was.get(name).copied(), is.get(name).copied());
        if before != after {
            found.push(Difference::setting(subject.clone(), name, before, after));
        }
    }
}

fn setting_values(service: &Service) -> BTreeMap<&str, &str> {
    service.settings.iter().map(|setting| (setting.name.as_str(), setting.value.value.as_str())).collect()
}

fn host(topology: &Topology, service: ServiceIndex) -> Option<String> {
    topology[service].host.map(|host| match host {
        Host::Pool(pool) => format!("pool `{}`", topology.pool_name(pool)),
        Host::Sql(sql) => format!("SQL Server instance `{}`", topology[sql].id.value),
    })
}

/// The document without its sites, pools, SQL Server instances and services.
fn rest(export: &Export) -> String {
    let mut out = String::new();
    let mut open = vec![export.document.root()];
    while let Some(node) = open.pop() {
        out.push_str(&canonical(node, |_| true));
        if !export.topology.lists.contains(&node.id()) {
            let from = open.len();
            open.extend(node.children());
            open[from..].reverse();
        }
    }
    out
}
