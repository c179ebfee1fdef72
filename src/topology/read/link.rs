//! Resolves ids to indices, and records broken references.

use std::collections::HashSet;
use std::collections::hash_map::Entry;
use std::hash::Hash;

use foldhash::{HashMap, HashMapExt};
use smol_str::SmolStr;

use super::super::model::{PoolIndex, ServiceIndex, SiteIndex, SqlIndex};
use super::super::{
    ClusterId, Dangling, Dialect, Duplicate, Host, Pool, Service, ServiceId, SiteId, SqlInstance, SqlInstanceId,
    Topology,
};
use crate::source::{Span, Spanned};
use crate::xml::Node;

/// A topology whose references are still ids.
pub(super) struct UnlinkedTopology {
    pub(super) topology: Topology,
    site_of_pool: Vec<Option<SiteId>>,
    pool_of_sql: Vec<Option<ClusterId>>,
    hosts: Vec<Spanned<HostName>>,
}

/// The host that a service names.
pub(super) enum HostName {
    Cluster(ClusterId),
    Sql(SqlInstanceId),
    /// Topology Builder: the id of either.
    Either(SmolStr),
}

impl UnlinkedTopology {
    pub(super) fn new(dialect: Dialect, element: Node<'_>, services: Node<'_>) -> Self {
        let count = services.children().count();
        let topology = Topology {
            dialect,
            element: element.id(),
            signature: super::fields::optional(element, "Signature"),
            sites: Vec::new(),
            pools: Vec::new(),
            pool_by_name: HashMap::new(),
            sql_instances: Vec::new(),
            services: Vec::with_capacity(count),
            services_element: services.id(),
            lists: vec![services.id()],
            dangling: Vec::new(),
            duplicates: Vec::new(),
        };
        Self { topology, site_of_pool: Vec::new(), pool_of_sql: Vec::new(), hosts: Vec::with_capacity(count) }
    }

    /// Walks an element that contains only a list.
    pub(super) fn list<'d>(&mut self, element: Node<'d>) -> impl Iterator<Item = Node<'d>> + use<'d> {
        self.topology.lists.push(element.id());
        element.children()
    }

    /// Adds a pool; `site` if its id does not contain the site.
    pub(super) fn add_pool(&mut self, pool: Pool, site: Option<SiteId>) {
        let numbered = match &pool.id.value {
            ClusterId::Numbered { site, .. } => Some(site.clone()),
            ClusterId::Unique(_) => site,
        };
        self.site_of_pool.push(numbered);
        let index = PoolIndex::new(self.topology.pools.len());
        self.topology.pool_by_name.entry(pool.fqdn.value.clone()).or_insert(index);
        self.topology.pools.push(pool);
    }

    /// Adds a SQL Server instance; `pool` if its id does not contain the pool.
    pub(super) fn add_sql_instance(&mut self, sql: SqlInstance, pool: Option<ClusterId>) {
        let named = match &sql.id.value {
            SqlInstanceId::Named { cluster, .. } => Some(cluster.clone()),
            SqlInstanceId::Unique(_) => pool,
        };
        self.pool_of_sql.push(named);
        self.topology.sql_instances.push(sql);
    }

    pub(super) fn add_service(&mut self, service: Service, host: Spanned<HostName>) {
        self.topology.services.push(service);
        self.hosts.push(host);
    }

    /// Resolves every reference.
    pub(super) fn link(mut self) -> Topology {
        let ids = Ids::index(&mut self.topology);
        self.link_sites(&ids);
        self.link_sql_instances(&ids);
        self.link_services(&ids);
        self.classify();
        self.topology
    }

    fn link_sites(&mut self, ids: &Ids) {
        for (pool, site) in self.topology.pools.iter_mut().zip(&self.site_of_pool) {
            let Some(site) = site else { continue };
            pool.site = ids.sites.get(site).map(|site| site.index);
            if pool.site.is_none() {
                let from = format!("cluster `{}`", pool.fqdn.value);
                self.topology.dangling.push(Dangling { from, to: format!("site `{site}`"), span: pool.id.span });
            }
        }
    }

    fn link_sql_instances(&mut self, ids: &Ids) {
        for (sql, pool) in self.topology.sql_instances.iter_mut().zip(&self.pool_of_sql) {
            let Some(cluster) = pool else { continue };
            sql.pool = ids.pools.get(cluster).map(|pool| pool.index);
            if sql.pool.is_none() {
                let from = format!("SQL Server instance `{}`", sql.id.value);
                let to = format!("cluster `{cluster}`");
                self.topology.dangling.push(Dangling { from, to, span: sql.id.span });
            }
        }
    }

    fn link_services(&mut self, ids: &Ids) {
        let mut dangling = Vec::new();
        for (service, host) in self.topology.services.iter_mut().zip(&self.hosts) {
            let from = |service: &Service| format!("service `{}`", service.id.value);
            service.host = ids.host(&host.value);
            if service.host.is_none() {
                dangling.push(Dangling { from: from(service), to: host.value.describe(), span: host.span });
            }
            for at in 0..service.depends_on.len() {
                let names = &service.depends_on[at].names;
                let target = ids.services.get(&names.value).map(|service| service.index);
                if target.is_none() {
                    let to = format!("service `{}`", names.value);
                    dangling.push(Dangling { from: from(service), to, span: names.span });
                }
                service.depends_on[at].target = target;
            }
        }
        self.topology.dangling.append(&mut dangling);
        for service in self.topology.service_indices() {
            if let Some(pool) = self.topology.pool_of(service) {
                self.topology[pool].services.push(service);
            }
        }
    }

    fn classify(&mut self) {
        let sql_hosts: HashSet<_> = self.topology.sql_instances.iter().filter_map(|sql| sql.pool).collect();
        let kinds: Vec<_> = self.topology.pool_indices().map(|pool| self.topology.classify(pool, &sql_hosts)).collect();
        for (pool, kind) in self.topology.pools.iter_mut().zip(kinds) {
            pool.kind = kind;
        }
    }
}

impl HostName {
    fn describe(&self) -> String {
        match self {
            Self::Cluster(id) => format!("cluster `{id}`"),
            Self::Sql(id) => format!("SQL Server instance `{id}`"),
            Self::Either(id) => format!("cluster or SQL Server instance `{id}`"),
        }
    }
}

struct Ids {
    sites: HashMap<SiteId, First<SiteIndex>>,
    pools: HashMap<ClusterId, First<PoolIndex>>,
    sql: HashMap<SqlInstanceId, First<SqlIndex>>,
    services: HashMap<ServiceId, First<ServiceIndex>>,
}

/// The part that an id names, and the location of the id.
struct First<I> {
    index: I,
    span: Span,
}

impl Ids {
    /// Indexes all ids; a duplicate id keeps its first meaning and is recorded.
    fn index(topology: &mut Topology) -> Self {
        let mut duplicates = Vec::new();
        let sites = topology.sites.iter().map(|site| &site.id);
        let sites = first_of_each("site", sites, SiteIndex::new, &mut duplicates);
        let pools =
            first_of_each("cluster", topology.pools.iter().map(|pool| &pool.id), PoolIndex::new, &mut duplicates);
        let instances = topology.sql_instances.iter().map(|sql| &sql.id);
        let sql = first_of_each("SQL Server instance", instances, SqlIndex::new, &mut duplicates);
        let services = topology.services.iter().map(|service| &service.id);
        let services = first_of_each("service", services, ServiceIndex::new, &mut duplicates);
        let names = topology.pools.iter().map(|pool| &pool.fqdn);
        first_of_each("pool", names, PoolIndex::new, &mut duplicates);
        topology.duplicates = duplicates;
        Self { sites, pools, sql, services }
    }

    fn host(&self, name: &HostName) -> Option<Host> {
        let pool = |id: &ClusterId| self.pools.get(id).map(|pool| Host::Pool(pool.index));
        let sql = |id: &SqlInstanceId| self.sql.get(id).map(|sql| Host::Sql(sql.index));
        match name {
            HostName::Cluster(id) => pool(id),
            HostName::Sql(id) => sql(id),
            HostName::Either(id) => {
                pool(&ClusterId::Unique(id.clone())).or_else(|| sql(&SqlInstanceId::Unique(id.clone())))
            }
        }
    }
}

fn first_of_each<'t, K, I>(
    what: &str,
    ids: impl ExactSizeIterator<Item = &'t Spanned<K>>,
    index: impl Fn(usize) -> I,
    duplicates: &mut Vec<Duplicate>,
) -> HashMap<K, First<I>>
where
    K: Clone + Eq + Hash + std::fmt::Display + 't,
{
    let mut found = HashMap::with_capacity(ids.len());
    for (at, Spanned { value, span }) in ids.enumerate() {
        match found.entry(value.clone()) {
            Entry::Vacant(free) => _ = free.insert(First { index: index(at), span: *span }),
            Entry::Occupied(taken) => {
                let First { span: first, .. } = *taken.get();
                duplicates.push(Duplicate { what: format!("{what} `{value}`"), first, second: *span });
            }
        }
    }
    found
}
