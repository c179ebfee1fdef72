//! The output of `inspect`.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::table::Table;
use crate::Export;
use crate::notation::Notation;
use crate::pairing::{Pairing, VoiceSettings};
use crate::partners::{Reason, lacking};
use crate::text::sanitize;
use crate::topology::{
    CentralManagement, Dialect, Edition, Fqdn, PoolIndex, PoolKind, ServiceVersion, SiteKind, Topology,
};

/// The content of a topology.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(title = "poolpair inspection")]
pub struct Inspection {
    /// The version of this format; 1. Within a version, fields are only added.
    pub format_version: u32,
    /// The document.
    pub topology: DocumentRecord,
    /// Its sites, in document order.
    pub sites: Vec<SiteRecord>,
    /// Its clusters, in document order.
    pub pools: Vec<PoolRecord>,
}

/// A document.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct DocumentRecord {
    /// Its format.
    pub dialect: Dialect,
    /// Its encoding: `utf-8`, `utf-8-bom`, `utf-16le`, `utf-16be`.
    pub encoding: String,
    /// Its signature, a GUID.
    pub signature: Option<String>,
    /// SHA-256 of the file as stored, in lower-case hex.
    pub sha256: String,
}

/// A site.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct SiteRecord {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Central or branch.
    pub kind: SiteKind,
}

/// A cluster of machines.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct PoolRecord {
    /// Its name.
    pub fqdn: Fqdn,
    /// The id of its site.
    pub site: Option<String>,
    /// The kind of pool.
    pub kind: PoolKind,
    /// Standard or Enterprise; for Front End pools only.
    pub edition: Option<Edition>,
    /// The product version.
    pub version: Option<VersionRecord>,
    /// Its machines.
    pub machines: Vec<Fqdn>,
    /// The share that a Front End pool depends on, as `\\host\share`.
    pub file_store: Option<String>,
    /// The back end of a Front End pool, as `server\instance`, or `server` for the default instance.
    pub sql_instance: Option<String>,
    /// Its role in Central Management.
    pub central_management: CentralManagement,
    /// The backup pool.
    pub backup_pool: Option<Fqdn>,
    /// Automatic failover and failback for Voice; null if not configured.
    pub voice_failover: Option<VoiceSettings>,
    /// Why a Front End pool cannot be paired with any other pool.
    #[serde(default)]
    pub lacks: Vec<Reason>,
}

/// A product version.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct VersionRecord {
    /// The `ServiceVersion`.
    pub number: u32,
    /// The product's name.
    pub product: String,
}

impl Inspection {
    /// Inspects an export.
    pub fn of(export: &Export, pairing: &Pairing, notation: &Notation) -> Self {
        let (source, topology) = (export.source(), &export.topology);
        let site = |site: &crate::topology::Site| SiteRecord {
            id: site.id.value.to_string(),
            name: site.name.to_string(),
            kind: site.kind,
        };
        let mut lacking = lacking(export, pairing, notation);
        Self {
            format_version: 1,
            topology: DocumentRecord {
                dialect: topology.dialect,
                encoding: source.encoding_name().to_owned(),
                signature: topology.signature.as_ref().map(|signature| signature.value.to_string()),
                sha256: source.sha256(),
            },
            sites: topology.sites.iter().map(site).collect(),
            pools: topology.pool_indices().map(|pool| PoolRecord::of(topology, pairing, pool, &mut lacking)).collect(),
        }
    }

    /// The inspection as text, with Front End pools first. A table wider than `width` columns is written as a list.
    pub fn text(&self, width: Option<usize>) -> String {
        let document = &self.topology;
        let mut out = format!("{} topology, {}\n", document.dialect.name(), document.encoding);
        let _ = write!(out, "\n{}", self.table().fitted(width));
        for pool in self.ordered_pools().into_iter().filter(|pool| !pool.lacks.is_empty()) {
            let _ = writeln!(out, "\n{} cannot be paired:", sanitize(pool.fqdn.as_str()));
            for Reason { rule, message } in &pool.lacks {
                let _ = writeln!(out, "  error[{rule}] {}", sanitize(message));
            }
        }
        out
    }

    /// A table of the pools, Front End pools first.
    pub fn table(&self) -> Table<8> {
        let mut table = Table::new(["POOL", "KIND", "EDITION", "VERSION", "SITE", "MACHINES", "BACKUP POOL", "VOICE"]);
        for pool in self.ordered_pools() {
            table.row(self.cells(pool));
        }
        table
    }

    fn ordered_pools(&self) -> Vec<&PoolRecord> {
        let mut pools: Vec<_> = self.pools.iter().collect();
        pools.sort_by_key(|pool| pool.kind != PoolKind::FrontEnd);
        pools
    }

    fn cells(&self, pool: &PoolRecord) -> [String; 8] {
        let site = self.sites.iter().find(|site| Some(&site.id) == pool.site.as_ref());
        let central = match pool.central_management {
            CentralManagement::Active => " (Central Management)",
            CentralManagement::Standby => " (standby Central Management)",
            CentralManagement::None => "",
        };
        [
            format!("{}{central}", pool.fqdn),
            pool.kind.name().to_owned(),
            pool.edition.map_or("", Edition::name).to_owned(),
            pool.version.as_ref().map_or_else(String::new, |version| version.product.clone()),
            site.map_or_else(String::new, |site| site.name.clone()),
            pool.machines.len().to_string(),
            pool.backup_pool.as_ref().map_or_else(String::new, Fqdn::to_string),
            pool.voice_failover.as_ref().map_or_else(String::new, VoiceSettings::to_string),
        ]
    }
}

impl PoolRecord {
    fn of(topology: &Topology, pairing: &Pairing, pool: PoolIndex, lacking: &mut BTreeMap<Fqdn, Vec<Reason>>) -> Self {
        let version = |version: ServiceVersion| VersionRecord { number: version.0, product: version.product() };
        Self {
            fqdn: topology.pool_name(pool).clone(),
            site: topology[pool].site.map(|site| topology[site].id.value.to_string()),
            kind: topology.kind(pool),
            edition: topology.edition(pool),
            version: topology.version(pool).map(|found| version(found.value)),
            machines: topology[pool].machines.iter().map(|machine| machine.value.clone()).collect(),
            file_store: topology.share(pool),
            sql_instance: topology.sql_name(pool),
            central_management: topology.central_management(pool),
            backup_pool: pairing.backup_pool(pool).map(|partner| topology.pool_name(partner).clone()),
            voice_failover: pairing.voice_settings(pool),
            lacks: lacking.remove(topology.pool_name(pool)).unwrap_or_default(),
        }
    }
}
