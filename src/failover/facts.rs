//! The facts of a failover, one kind each.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::Export;
use crate::pairing::Pairing;
use crate::plan::deployment::BackEndInstance;
use crate::topology::{
    CentralManagement, Edition, Fqdn, Host, PoolIndex, PoolKind, Role, ServiceVersion, SqlIndex, SqlResilience,
    Topology,
};

/// One of the two pools.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct FailoverPool {
    /// The pool's name.
    pub fqdn: Fqdn,
    /// The name of its site.
    pub site: String,
    /// Standard or Enterprise.
    pub edition: Edition,
    /// The product generation.
    pub version: ServiceVersion,
    /// The product's name.
    pub product: String,
    /// The Front Ends, in the document's order.
    pub machines: Vec<Fqdn>,
    /// The external name of its web services, if the topology shows it.
    pub web_host: Option<String>,
    /// It runs the application server: Response Groups, Call Park and announcements can be homed there.
    pub application_server: bool,
}

impl FailoverPool {
    pub(super) fn read(export: &Export, pool: PoolIndex) -> Self {
        let topology = &export.topology;
        let version = topology.version(pool).map_or(ServiceVersion(0), |version| version.value);
        Self {
            fqdn: topology.pool_name(pool).clone(),
            site: topology.site_name(pool).to_owned(),
            edition: topology.edition(pool).unwrap_or(Edition::Enterprise),
            version,
            product: version.product(),
            machines: machines(topology, pool),
            web_host: web_host(export, pool),
            application_server: topology.service_on(pool, Role::APPLICATION_SERVER).is_some(),
        }
    }
}

fn machines(topology: &Topology, pool: PoolIndex) -> Vec<Fqdn> {
    topology[pool].machines.iter().map(|machine| machine.value.clone()).collect()
}

fn web_host(export: &Export, pool: PoolIndex) -> Option<String> {
    let service = export.topology.service_on(pool, Role::WEB_SERVICES)?;
    let role = export.document.node(export.topology[service].role_element?);
    let settings = role.children().find(|child| child.local_name() == "ExternalSettings")?;
    let host = settings.attributes().find(|attribute| attribute.name() == "Host")?;
    Some(host.value().into_owned())
}

/// Where the Central Management store is, and where it goes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Store {
    /// The pool that hosts the active store, if the topology names one.
    pub active: Option<Fqdn>,
    /// Whether that is, or may be, the pool or its partner; it may be if the topology names none.
    pub is_in_pair: bool,
    /// Where the store can be failed over to; `None` if the pool that hosts it has no partner.
    pub target: Option<StoreTarget>,
}

/// The pool that a Central Management store is failed over to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct StoreTarget {
    /// The pool.
    pub pool: Fqdn,
    /// Its Front Ends.
    pub machines: Vec<Fqdn>,
    /// The instance of the store.
    pub sql_instance: Option<BackEndInstance>,
    /// Whether the topology defines a store there.
    pub is_defined: bool,
    /// How the instance survives the loss of a server: its databases are mirrored.
    pub is_mirrored: bool,
    /// The mirror server, if the topology names it.
    pub mirror: Option<Fqdn>,
}

impl Store {
    /// `pair` is the pool and its partner.
    pub(super) fn read(export: &Export, pairing: &Pairing, pair: [PoolIndex; 2]) -> Self {
        let topology = &export.topology;
        let is_active = |pool: &PoolIndex| topology.central_management(*pool) == CentralManagement::Active;
        let active = topology.pool_indices().find(is_active);
        let is_in_pair = active.is_none_or(|active| pair.contains(&active));
        let partner_of = |host: PoolIndex| {
            let partner = pairing.backup_pool(host)?;
            (pairing.backup_pool(partner) == Some(host)).then_some(partner)
        };
        let target = if is_in_pair { Some(pair[1]) } else { active.and_then(partner_of) };
        Self {
            active: active.map(|pool| topology.pool_name(pool).clone()),
            is_in_pair,
            target: target.map(|pool| StoreTarget::read(export, pool)),
        }
    }

    /// Assumptions about the store.
    pub(super) fn assumptions(&self) -> Option<String> {
        let target = self.target.as_ref()?;
        let place = self.active.is_none().then(|| {
            "the topology names no pool with the active Central Management store, so it is assumed to be in the pair".to_owned()
        });
        let mirror = target.is_mirrored.then(|| match &target.mirror {
            Some(mirror) => {
                format!("the mirror of the store's databases is on {mirror}, in an instance of the same name")
            }
            None => "the store's databases are mirrored, and the topology does not name the mirror".to_owned(),
        });
        let missing = (!target.is_defined).then(|| {
            format!(
                "the topology shows no Central Management store of {}; a pairing adds one to its back end",
                target.pool
            )
        });
        let parts: Vec<_> = place.into_iter().chain(missing).chain(mirror).collect();
        (!parts.is_empty()).then(|| parts.join("; "))
    }
}

impl StoreTarget {
    fn read(export: &Export, pool: PoolIndex) -> Self {
        let topology = &export.topology;
        let service = topology.service_on(pool, Role::CENTRAL_MANAGEMENT);
        let store = service.and_then(|service| topology.dependency_of(service, Role::CENTRAL_MANAGEMENT_STORE));
        let of_store = store.and_then(|store| match topology[store].host? {
            Host::Sql(sql) => Some(sql),
            Host::Pool(_) => None,
        });
        let sql = of_store.or_else(|| topology.back_end(pool));
        Self {
            pool: topology.pool_name(pool).clone(),
            machines: machines(topology, pool),
            sql_instance: sql.and_then(|sql| BackEndInstance::of(topology, sql)),
            is_defined: of_store.is_some(),
            is_mirrored: sql.is_some_and(|sql| topology[sql].resilience == SqlResilience::Mirror),
            mirror: sql.and_then(|sql| mirror(export, sql)),
        }
    }
}

/// The host that an attribute of a mirrored instance names. No public document shows how that is written, so only a
/// valid host name is accepted.
fn mirror(export: &Export, sql: SqlIndex) -> Option<Fqdn> {
    let element = export.document.node(export.topology[sql].element);
    let attributes = element.attributes().filter(|attribute| attribute.name().contains("Mirror"));
    let mut hosts = attributes.map(|attribute| Fqdn::new(attribute.value()));
    hosts.find(|host| host.as_str().contains('.') && host.is_host_name())
}

/// Parts that point to the pool and do not fail over with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Dependents {
    /// The trusted application pools whose next hop is the pool.
    pub trusted_applications: Vec<Fqdn>,
    /// The stand-alone Mediation pools whose next hop is the pool.
    pub mediation_pools: Vec<Fqdn>,
    /// The PSTN gateways that depend on its Mediation Server.
    pub gateways: Vec<Fqdn>,
    /// Whether gateways also depend on the Mediation Server of the partner.
    pub partner_has_gateways: bool,
}

impl Dependents {
    pub(crate) fn read(topology: &Topology, pairing: &Pairing, pool: PoolIndex, partner: Option<PoolIndex>) -> Self {
        let of_kind = |kind| dependents(topology, pairing, pool, kind);
        Self {
            trusted_applications: of_kind(PoolKind::TrustedApplication),
            mediation_pools: of_kind(PoolKind::Mediation),
            gateways: pairing.gateways_of(topology, pool).cloned().collect(),
            partner_has_gateways: partner.is_some_and(|partner| !pairing.trunks_of(partner).is_empty()),
        }
    }
}

/// The names of the pools of a kind that depend on a pool.
pub(crate) fn dependents(topology: &Topology, pairing: &Pairing, pool: PoolIndex, kind: PoolKind) -> Vec<Fqdn> {
    let pools = pairing.dependents(topology, pool, kind).map(|dependent| dependent.pool);
    pools.map(|other| topology.pool_name(other).clone()).collect()
}

/// An Edge pool whose next hop is the pool.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct EdgePool {
    /// The Edge pool.
    pub fqdn: Fqdn,
    /// The name of its site.
    pub site: String,
    /// Its servers.
    pub machines: Vec<Fqdn>,
    /// It is in the pool's site, so that Topology Builder can restore the next hop.
    pub in_site_of_pool: bool,
    /// It is in the partner's site, so that Topology Builder can change the next hop.
    pub in_site_of_partner: bool,
}

impl EdgePool {
    pub(super) fn read(topology: &Topology, edge: PoolIndex, [pool, partner]: [PoolIndex; 2]) -> Self {
        let shares_site =
            |other: PoolIndex| topology[edge].site.is_some() && topology[edge].site == topology[other].site;
        Self {
            fqdn: topology.pool_name(edge).clone(),
            site: topology.site_name(edge).to_owned(),
            machines: machines(topology, edge),
            in_site_of_pool: shares_site(pool),
            in_site_of_partner: shares_site(partner),
        }
    }
}
