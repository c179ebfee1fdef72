//! The typed model of a deployment, and its readers.
//!
//! The model keeps what the document says: a Registrar's dependencies and a role's settings as found, including broken
//! references. [`pairing`](crate::pairing) reads what they mean for pairing, through a notation.

mod id;
mod kind;
mod model;
mod name;
mod pool;
mod read;
mod version;

pub use id::{ClusterId, Role, ServiceId, SiteId, SqlInstanceId};
pub use kind::{CentralManagement, Edition, PoolKind};
pub use model::{
    Dangling, Dependency, Dialect, Duplicate, Host, Pool, PoolIndex, RoleAttribute, Service, ServiceIndex, Site,
    SiteIndex, SiteKind, SqlIndex, SqlInstance, SqlResilience, Topology,
};
pub use name::Fqdn;
pub use read::{Error, TopologyFault, namespace};
pub use version::ServiceVersion;
