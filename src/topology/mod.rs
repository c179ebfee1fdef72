//! The typed model of a deployment, and its readers.
//!
//! The model keeps what the document says: a Registrar's dependencies and a role's settings as found, broken
//! references included. What they mean for pairing is read through a notation, by [`pairing`](crate::pairing).

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
