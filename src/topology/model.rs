//! The model itself: plain data, linked by indices.

use foldhash::HashMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

use super::{ClusterId, Fqdn, PoolKind, Role, ServiceId, ServiceVersion, SiteId, SqlInstanceId};
use crate::source::{Span, Spanned};
use crate::xml::NodeId;

/// A deployment as one document describes it.
#[derive(Clone, Debug)]
pub struct Topology {
    /// The format of the document.
    pub dialect: Dialect,
    /// The element that holds the deployment.
    pub element: NodeId,
    /// The document's `Signature`: a GUID, not a hash of the content.
    pub signature: Option<Spanned<SmolStr>>,
    /// Central and branch sites, in document order.
    pub sites: Vec<Site>,
    /// Every cluster, in document order.
    pub pools: Vec<Pool>,
    /// The first pool of each name.
    pub(super) pool_by_name: HashMap<Fqdn, PoolIndex>,
    /// SQL Server instances, in document order.
    pub sql_instances: Vec<SqlInstance>,
    /// Every service, in document order.
    pub services: Vec<Service>,
    /// The element that holds the services, where new ones go.
    pub services_element: NodeId,
    /// The elements that contain only lists of the above.
    pub lists: Vec<NodeId>,
    /// References to ids that do not exist.
    pub dangling: Vec<Dangling>,
    /// Identities that occur twice.
    pub duplicates: Vec<Duplicate>,
}

/// The format of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Dialect {
    /// What `Get-CsTopology -AsXml` prints.
    Published,
    /// A Topology Builder file (`.tbxml`).
    TopologyBuilder,
    /// `DocItemSet.xml` of `Export-CsConfiguration`.
    ConfigurationExport,
}

impl Dialect {
    /// The name used in JSON and in messages.
    pub fn name(self) -> &'static str {
        match self {
            Self::Published => "published",
            Self::TopologyBuilder => "topology-builder",
            Self::ConfigurationExport => "configuration-export",
        }
    }

    /// The name of the bundle's file that holds a topology planned on this dialect.
    pub fn file_name(self) -> &'static str {
        match self {
            Self::Published | Self::ConfigurationExport => "topology.xml",
            Self::TopologyBuilder => "topology.tbxml",
        }
    }
}

macro_rules! index {
    ($(#[$doc:meta])* $name:ident of $item:ident in $field:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(u32);

        impl $name {
            pub(super) fn new(place: usize) -> Self {
                // There are at most as many as elements.
                Self(place as u32)
            }
        }

        impl std::ops::Index<$name> for Topology {
            type Output = $item;

            fn index(&self, index: $name) -> &$item {
                &self.$field[index.0 as usize]
            }
        }

        impl std::ops::IndexMut<$name> for Topology {
            fn index_mut(&mut self, index: $name) -> &mut $item {
                &mut self.$field[index.0 as usize]
            }
        }
    };
}

index!(/** A site of a [`Topology`]. */ SiteIndex of Site in sites);
index!(/** A pool of a [`Topology`]. */ PoolIndex of Pool in pools);
index!(/** A SQL Server instance of a [`Topology`]. */ SqlIndex of SqlInstance in sql_instances);
index!(/** A service of a [`Topology`]. */ ServiceIndex of Service in services);

/// A site.
#[derive(Clone, Debug)]
pub struct Site {
    /// Its id.
    pub id: Spanned<SiteId>,
    /// Its name.
    pub name: SmolStr,
    /// Central or branch.
    pub kind: SiteKind,
    /// The `CentralSite` or `RemoteSite` element.
    pub element: NodeId,
}

/// Central or branch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum SiteKind {
    /// A central site.
    Central,
    /// A branch site, `RemoteSite` in the documents.
    Branch,
}

/// A pool; the documents call it a cluster.
#[derive(Clone, Debug)]
pub struct Pool {
    /// How the document names it.
    pub id: Spanned<ClusterId>,
    /// The pool's name.
    pub fqdn: Spanned<Fqdn>,
    /// Its site, if that exists.
    pub site: Option<SiteIndex>,
    /// What it is for.
    pub kind: PoolKind,
    /// Its machines, in document order.
    pub machines: Vec<Spanned<Fqdn>>,
    /// The services installed on it, those on its SQL Server instances included, in document order.
    pub services: Vec<ServiceIndex>,
    /// The `Cluster` element.
    pub element: NodeId,
}

/// A SQL Server instance.
#[derive(Clone, Debug)]
pub struct SqlInstance {
    /// How the document names it.
    pub id: Spanned<SqlInstanceId>,
    /// The instance's name; empty for the default one.
    pub name: SmolStr,
    /// The cluster that it runs on.
    pub pool: Option<PoolIndex>,
    /// How it survives the loss of a server.
    pub resilience: SqlResilience,
    /// The `SqlInstance` element.
    pub element: NodeId,
}

/// How a SQL Server instance survives the loss of a server, as far as the document shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SqlResilience {
    /// The element has `AlwaysOnPrimaryNodeFqdn`.
    AlwaysOn,
    /// The element carries a mirror attribute.
    Mirror,
    /// Neither attribute.
    None,
}

/// A service: one role, installed once.
#[derive(Clone, Debug)]
pub struct Service {
    /// How the document names it.
    pub id: Spanned<ServiceId>,
    /// What it does.
    pub role: Role,
    /// The product generation.
    pub version: Spanned<ServiceVersion>,
    /// Where it is installed.
    pub host: Option<Host>,
    /// What it depends on, in document order.
    pub depends_on: Vec<Dependency>,
    /// The attributes of its role element, declarations of namespaces left out.
    pub settings: Vec<RoleAttribute>,
    /// The `Service` element.
    pub element: NodeId,
    /// The `DependsOn` element.
    pub depends_on_element: Option<NodeId>,
    /// The role element, the last child of its service.
    pub role_element: Option<NodeId>,
}

/// Where a service is installed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Host {
    /// On the machines of a pool.
    Pool(PoolIndex),
    /// In a SQL Server instance.
    Sql(SqlIndex),
}

/// A dependency of one service on another.
#[derive(Clone, Debug)]
pub struct Dependency {
    /// The purpose; `Default` in every public document.
    pub usage: Spanned<SmolStr>,
    /// The id that it names.
    pub names: Spanned<ServiceId>,
    /// The service of that id.
    pub target: Option<ServiceIndex>,
    /// The `Dependency` element.
    pub element: NodeId,
}

/// An attribute of a role element.
#[derive(Clone, Debug)]
pub struct RoleAttribute {
    /// Its name.
    pub name: SmolStr,
    /// Its value; the span is that of the whole attribute.
    pub value: Spanned<SmolStr>,
}

/// A reference to an id that does not exist.
#[derive(Clone, Debug)]
pub struct Dangling {
    /// The part that refers, such as "service `1-Registrar-1`".
    pub from: String,
    /// The missing part, such as "cluster `1:9`".
    pub to: String,
    /// Where.
    pub span: Span,
}

/// An identity that occurs twice.
#[derive(Clone, Debug)]
pub struct Duplicate {
    /// The part that occurs twice, such as "service `1-Registrar-1`".
    pub what: String,
    /// The first place.
    pub first: Span,
    /// The second place.
    pub second: Span,
}

impl Topology {
    /// All pools with their indices.
    pub fn pool_indices(&self) -> impl Iterator<Item = PoolIndex> + use<> {
        (0..self.pools.len()).map(PoolIndex::new)
    }

    /// All services with their indices.
    pub fn service_indices(&self) -> impl Iterator<Item = ServiceIndex> + use<> {
        (0..self.services.len()).map(ServiceIndex::new)
    }

    /// The first pool of this name.
    pub fn pool_named(&self, fqdn: &Fqdn) -> Option<PoolIndex> {
        self.pool_by_name.get(fqdn).copied()
    }

    /// The first service of this role on a pool.
    pub fn service_on(&self, pool: PoolIndex, role: &str) -> Option<ServiceIndex> {
        self[pool].services.iter().copied().find(|&service| self[service].role.is(role))
    }

    /// The first service of this role that `service` depends on.
    pub fn dependency_of(&self, service: ServiceIndex, role: &str) -> Option<ServiceIndex> {
        let targets = self[service].depends_on.iter().filter_map(|dependency| dependency.target);
        targets.into_iter().find(|&target| self[target].role.is(role))
    }

    /// The pool whose machines, or whose SQL Server instance, a service is installed on.
    pub fn pool_of(&self, service: ServiceIndex) -> Option<PoolIndex> {
        match self[service].host? {
            Host::Pool(pool) => Some(pool),
            Host::Sql(sql) => self[sql].pool,
        }
    }

    /// The name of the pool that a service is installed on, for messages.
    pub fn pool_name(&self, pool: PoolIndex) -> &Fqdn {
        &self[pool].fqdn.value
    }
}
