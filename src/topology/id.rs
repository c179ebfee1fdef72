//! The ids that a document gives to its parts.

use std::fmt;

use smol_str::SmolStr;

/// The id of a site: a number in every export seen, a text in one documented example.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SiteId(pub SmolStr);

impl fmt::Display for SiteId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The name of a server role, such as `Registrar`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Role(pub SmolStr);

impl Role {
    /// Signs users in and routes their calls; its service carries the pairing.
    pub const REGISTRAR: &'static str = "Registrar";
    /// Presence and conferencing state of a Front End pool.
    pub const USER_SERVICES: &'static str = "UserServices";
    /// The database of [`Self::USER_SERVICES`].
    pub const USER_STORE: &'static str = "UserStore";
    /// Conferencing.
    pub const CONFERENCING: &'static str = "ConfServices";
    /// A file share.
    pub const FILE_STORE: &'static str = "FileStore";
    /// The Edge role.
    pub const EDGE: &'static str = "EdgeServer";
    /// Calls to the telephone network.
    pub const MEDIATION: &'static str = "MediationServer";
    /// A PSTN gateway.
    pub const GATEWAY: &'static str = "PstnGateway";
    /// Office Web Apps.
    pub const OFFICE_WEB_APPS: &'static str = "WacService";
    /// A trusted application pool.
    pub const TRUSTED_APPLICATION: &'static str = "ExternalServer";
    /// The web services: meetings, address book, mobile clients.
    pub const WEB_SERVICES: &'static str = "WebServices";
    /// Call Park, Response Group and other applications.
    pub const APPLICATION_SERVER: &'static str = "ApplicationServer";
    /// The Central Management service.
    pub const CENTRAL_MANAGEMENT: &'static str = "CentralMgmt";
    /// The Central Management database.
    pub const CENTRAL_MANAGEMENT_STORE: &'static str = "CentralMgmtStore";
    /// The archiving database.
    pub const ARCHIVING_STORE: &'static str = "ArchivingStore";
    /// The monitoring database.
    pub const MONITORING_STORE: &'static str = "MonitoringStore";

    /// Whether this is the role called `name`; role names are compared with case, as the schema does.
    pub fn is(&self, name: &str) -> bool {
        self.0 == name
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// How the document names a cluster.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ClusterId {
    /// Published: the number within a site.
    Numbered {
        /// The site.
        site: SiteId,
        /// The number.
        number: SmolStr,
    },
    /// Topology Builder: a GUID, or any other text.
    Unique(SmolStr),
}

impl fmt::Display for ClusterId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Numbered { site, number } => write!(f, "{site}:{number}"),
            Self::Unique(id) => f.write_str(id),
        }
    }
}

/// How the document names a SQL Server instance.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SqlInstanceId {
    /// Published: a name on a cluster; the empty name is the default instance.
    Named {
        /// The cluster.
        cluster: ClusterId,
        /// The instance.
        name: SmolStr,
    },
    /// Topology Builder: a GUID, or any other text.
    Unique(SmolStr),
}

impl fmt::Display for SqlInstanceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Named { cluster, name } if name.is_empty() => write!(f, "default instance on {cluster}"),
            Self::Named { cluster, name } => write!(f, "{name} on {cluster}"),
            Self::Unique(id) => f.write_str(id),
        }
    }
}

/// How the document names a service.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ServiceId {
    /// Published: the instance of a role within a site.
    Numbered {
        /// The site.
        site: SiteId,
        /// The role.
        role: Role,
        /// The instance; instances of one role are not contiguous.
        instance: u32,
    },
    /// Topology Builder: a GUID, or any other text.
    Unique(SmolStr),
}

impl fmt::Display for ServiceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Numbered { site, role, instance } => write!(f, "{site}-{role}-{instance}"),
            Self::Unique(id) => f.write_str(id),
        }
    }
}
