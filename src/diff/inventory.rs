//! An inventory of a topology as digests, to detect later changes.

use std::collections::HashSet;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::canonical::{AttributeText, canonical_as};
use super::compare::{elements, meanings};
use super::difference::Subject;
use super::matched::matched;
use crate::Export;
use crate::source::{normalised_sha256, sha256};
use crate::topology::{Fqdn, PoolIndex, Role};
use crate::xml::NodeId;

/// The inventory of a topology: a digest of each part of some pools, and one of everything else.
///
/// A digest is the start of a SHA-256. It detects changes between two exports by the same tool; it does not resist
/// forgery.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Inventory {
    /// The pools whose parts are listed individually, and those of their databases.
    pools: Vec<Fqdn>,
    /// These pools and their services.
    parts: Vec<InventoryEntry>,
    /// The digest of all sites, SQL Server instances, other pools and other services.
    rest: String,
}

/// A pool or a service.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
struct InventoryEntry {
    subject: Subject,
    digest: String,
}

/// A difference between an inventory and a later document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum InventoryChange {
    /// A listed part was removed.
    Gone(Subject),
    /// A part of a listed pool was added.
    New(Subject),
    /// A listed part changed.
    Differs(Subject),
    /// Something else changed.
    Elsewhere,
}

/// The length of a digest, in hexadecimal digits of the SHA-256.
const DIGEST: usize = 16;

impl Inventory {
    /// Creates the inventory of a topology; the parts of these pools and of their databases are listed individually.
    pub fn of(export: &Export, pools: impl IntoIterator<Item = PoolIndex>) -> Self {
        let topology = &export.topology;
        let mut names = Vec::new();
        for pool in pools {
            let database = topology.back_end(pool).and_then(|sql| topology[sql].pool);
            names.extend([Some(pool), database].into_iter().flatten().map(|pool| topology.pool_name(pool).clone()));
        }
        names.sort_unstable();
        names.dedup();
        Self::of_named(export, names)
    }

    fn of_named(export: &Export, pools: Vec<Fqdn>) -> Self {
        let topology = &export.topology;
        let services = topology.service_indices();
        let services = services.map(|service| (Subject::service(topology, service), topology[service].element));
        let named: HashSet<&str> = pools.iter().map(Fqdn::as_str).collect();
        let value = meanings(export);
        let (mut parts, mut rest) = (Vec::new(), Vec::new());
        for (subject, element) in elements(topology).into_iter().chain(services) {
            let digest = digest_of(export, &subject, element, &value);
            match subject.owner().is_some_and(|owner| named.contains(owner)) {
                true => parts.push(InventoryEntry { subject, digest }),
                false => rest.push(digest),
            }
        }
        rest.sort_unstable();
        Self { pools, parts, rest: digest(sha256(rest.concat().as_bytes())) }
    }

    /// The differences between this inventory and a later document.
    pub fn changes_to(&self, later: &Export) -> Vec<InventoryChange> {
        let later = Self::of_named(later, self.pools.clone());
        let by_name = |parts: &'_ [InventoryEntry]| -> Vec<_> {
            parts.iter().enumerate().map(|(at, part)| (part.subject.to_string(), at)).collect()
        };
        let (old, new) = (by_name(&self.parts), by_name(&later.parts));
        let changes = matched(&old, &new).into_iter().filter_map(|(_, at)| {
            match (at.0.and_then(|at| self.parts.get(at)), at.1.and_then(|at| later.parts.get(at))) {
                (Some(old), None) => Some(InventoryChange::Gone(old.subject.clone())),
                (None, Some(new)) => Some(InventoryChange::New(new.subject.clone())),
                (Some(old), Some(new)) if old.digest != new.digest => {
                    Some(InventoryChange::Differs(new.subject.clone()))
                }
                _ => None,
            }
        });
        let elsewhere = (self.rest != later.rest).then_some(InventoryChange::Elsewhere);
        changes.chain(elsewhere).collect()
    }
}

/// Digests a Registrar by its meaning, since an interval has several forms, and everything else by its text.
fn digest_of(export: &Export, subject: &Subject, element: NodeId, value: &AttributeText<'_>) -> String {
    let node = export.document.node(element);
    digest(match subject.role() {
        Some(Role::REGISTRAR) => sha256(canonical_as(node, |_| false, value).as_bytes()),
        _ => normalised_sha256(export.source().slice(node.span())),
    })
}

fn digest(mut sha256: String) -> String {
    sha256.truncate(DIGEST);
    sha256
}
