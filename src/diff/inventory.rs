//! What a topology consists of, by name and digest: enough to see later what else changed.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Subject;
use crate::Export;
use crate::source::normalised_sha256;
use crate::xml::NodeId;

/// What a topology consists of: each site, pool, SQL Server instance and service in words, with a digest of its text.
///
/// The digest is the start of the SHA-256 of the element's text with normalised line ends. It is meant to notice
/// change between two exports by the same tool, not to withstand forgery.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct Inventory(Arc<BTreeMap<String, String>>);

/// How many hexadecimal digits of the SHA-256 make a digest.
const DIGEST: usize = 16;

impl Inventory {
    /// Takes stock of a topology.
    pub fn of(export: &Export) -> Self {
        let topology = &export.topology;
        let mut rows = Rows::default();
        for site in &topology.sites {
            rows.add(export, &Subject::Site(site.id.value.to_string()), site.element);
        }
        for pool in &topology.pools {
            rows.add(export, &Subject::Pool(pool.fqdn.value.to_string()), pool.element);
        }
        for sql in &topology.sql_instances {
            rows.add(export, &Subject::SqlInstance(sql.id.value.to_string()), sql.element);
        }
        for service in topology.service_indices() {
            rows.add(export, &Subject::service(topology, service), topology[service].element);
        }
        Self(Arc::new(rows.0))
    }

    /// What is not the same in a later inventory, in words.
    pub fn changes_to(&self, later: &Self) -> Vec<String> {
        let gone = self.0.keys().filter(|name| !later.0.contains_key(*name)).map(|name| format!("{name} is gone"));
        let new = later.0.keys().filter(|name| !self.0.contains_key(*name)).map(|name| format!("{name} is new"));
        let differs = |name: &&String| self.0.get(*name).is_some_and(|digest| later.0.get(*name) != Some(digest));
        let changed = later.0.keys().filter(differs).map(|name| format!("{name} differs"));
        gone.chain(new).chain(changed).collect()
    }
}

#[derive(Default)]
struct Rows(BTreeMap<String, String>);

impl Rows {
    /// Adds a row; the second thing of one name gets a number.
    fn add(&mut self, export: &Export, subject: &Subject, element: NodeId) {
        let text = export.source().slice(export.document.node(element).span());
        let mut digest = normalised_sha256(text);
        digest.truncate(DIGEST);
        let name = match self.0.entry(subject.to_string()) {
            Entry::Vacant(free) => {
                free.insert(digest);
                return;
            }
            Entry::Occupied(taken) => taken.key().clone(),
        };
        let numbered = (2..).map(|count: u32| format!("{name} ({count})"));
        let free = numbered.into_iter().find(|name| !self.0.contains_key(name));
        self.0.insert(free.unwrap_or_default(), digest);
    }
}
