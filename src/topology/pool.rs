//! Facts about a pool: kind, edition, version, stores, part in Central Management.

use std::collections::HashSet;

use super::{
    CentralManagement, Edition, Host, PoolIndex, PoolKind, Role, ServiceIndex, ServiceVersion, SiteKind, SqlIndex,
    Topology,
};
use crate::source::Spanned;

impl Topology {
    /// What a pool is for.
    pub fn kind(&self, pool: PoolIndex) -> PoolKind {
        self[pool].kind
    }

    /// Sorts pools into kinds by the roles installed on them; `sql_hosts` are those with a SQL Server instance.
    pub(super) fn classify(&self, pool: PoolIndex, sql_hosts: &HashSet<PoolIndex>) -> PoolKind {
        let has = |role| self.service_on(pool, role).is_some();
        if let Some(registrar) = self.service_on(pool, Role::REGISTRAR) {
            return self.classify_registrar(pool, registrar);
        }
        let by_role = [
            (Role::EDGE, PoolKind::Edge),
            (Role::MEDIATION, PoolKind::Mediation),
            (Role::TRUSTED_APPLICATION, PoolKind::TrustedApplication),
            (Role::OFFICE_WEB_APPS, PoolKind::OfficeWebApps),
            (Role::GATEWAY, PoolKind::Gateway),
        ];
        let known = by_role.into_iter().find(|(role, _)| has(role));
        match known {
            Some((_, kind)) => kind,
            None if sql_hosts.contains(&pool) => PoolKind::Sql,
            None if has(Role::FILE_STORE) => PoolKind::File,
            None => PoolKind::Other,
        }
    }

    fn classify_registrar(&self, pool: PoolIndex, registrar: ServiceIndex) -> PoolKind {
        if self.service_on(pool, Role::USER_SERVICES).is_some() {
            PoolKind::FrontEnd
        } else if self.flag(registrar, "IsDirector") {
            PoolKind::Director
        } else {
            PoolKind::SurvivableBranch
        }
    }

    /// Whether a role element's attribute is a true `xs:boolean`.
    pub fn flag(&self, service: ServiceIndex, name: &str) -> bool {
        matches!(self.setting(service, name), Some("true" | "1"))
    }

    /// The pools that home users.
    pub fn front_end_pools(&self) -> impl Iterator<Item = PoolIndex> + '_ {
        self.pool_indices().filter(|&pool| self.kind(pool) == PoolKind::FrontEnd)
    }

    /// The value of a role element's attribute.
    pub fn setting(&self, service: ServiceIndex, name: &str) -> Option<&str> {
        let settings = &self[service].settings;
        settings.iter().find(|setting| setting.name == name).map(|setting| setting.value.value.as_str())
    }

    /// Standard where the user database sits on the pool itself, Enterprise where it has a server of its own.
    pub fn edition(&self, pool: PoolIndex) -> Option<Edition> {
        let back_end = self[self.back_end(pool)?].pool?;
        Some(if back_end == pool { Edition::Standard } else { Edition::Enterprise })
    }

    /// The SQL Server instance of a Front End pool's user database.
    pub fn back_end(&self, pool: PoolIndex) -> Option<SqlIndex> {
        self.service_on(pool, Role::USER_SERVICES)?;
        let own = || self.service_on(pool, Role::USER_STORE);
        let store = self.used_by(pool, Role::USER_STORE).or_else(own)?;
        match self[store].host? {
            Host::Sql(sql) => Some(sql),
            Host::Pool(_) => None,
        }
    }

    /// The services on a pool and in its back end, in document order.
    pub fn services_for(&self, pool: PoolIndex) -> impl Iterator<Item = ServiceIndex> {
        let back_end = self.back_end(pool);
        self.service_indices().filter(move |&service| match self[service].host {
            Some(Host::Pool(home)) => home == pool,
            Some(Host::Sql(sql)) => back_end == Some(sql),
            None => false,
        })
    }

    /// The file store that a Front End pool depends on.
    pub fn file_store(&self, pool: PoolIndex) -> Option<ServiceIndex> {
        self.service_on(pool, Role::USER_SERVICES)?;
        self.used_by(pool, Role::FILE_STORE)
    }

    /// The service of a role that any service of a pool depends on, User Services and the Registrar first: in a document
    /// edited by hand, only one of them may name it.
    pub fn used_by(&self, pool: PoolIndex, role: &str) -> Option<ServiceIndex> {
        let main = [Role::USER_SERVICES, Role::REGISTRAR].into_iter().filter_map(|role| self.service_on(pool, role));
        let all = self[pool].services.iter().copied();
        main.chain(all).find_map(|service| self.dependency_of(service, role))
    }

    /// The product version of a pool: that of its Registrar, otherwise that of its first service.
    pub fn version(&self, pool: PoolIndex) -> Option<Spanned<ServiceVersion>> {
        let first = || self[pool].services.first().copied();
        let service = self.service_on(pool, Role::REGISTRAR).or_else(first)?;
        Some(self[service].version.clone())
    }

    /// A pool's part in Central Management.
    pub fn central_management(&self, pool: PoolIndex) -> CentralManagement {
        let Some(service) = self.service_on(pool, Role::CENTRAL_MANAGEMENT) else {
            return CentralManagement::None;
        };
        if self.flag(service, "IsActive") { CentralManagement::Active } else { CentralManagement::Standby }
    }

    /// The share that a Front End pool depends on, as `\\host\share`.
    pub fn share(&self, pool: PoolIndex) -> Option<String> {
        let store = self.file_store(pool)?;
        let host = self.pool_name(self.pool_of(store)?);
        Some(format!("\\\\{host}\\{}", self.setting(store, "ShareName").unwrap_or_default()))
    }

    /// The back end of a Front End pool, as `server\\instance`, or `server` for the default instance.
    pub fn sql_name(&self, pool: PoolIndex) -> Option<String> {
        let sql = &self[self.back_end(pool)?];
        let server = self.pool_name(sql.pool?);
        Some(if sql.name.is_empty() { server.to_string() } else { format!("{server}\\{}", sql.name) })
    }

    /// Whether a pool is in a central site, if known.
    pub fn in_central_site(&self, pool: PoolIndex) -> bool {
        self[pool].site.is_none_or(|site| self[site].kind == SiteKind::Central)
    }

    /// The name of a pool's site; empty where the site is missing.
    pub fn site_name(&self, pool: PoolIndex) -> &str {
        self[pool].site.map_or("", |site| self[site].name.as_str())
    }
}
