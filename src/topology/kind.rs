//! Kinds of pools.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What a pool is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum PoolKind {
    /// Registrar and User Services: homes users; the only kind that can be paired.
    FrontEnd,
    /// Registrar alone, marked as a Director.
    Director,
    /// Registrar alone in a branch: a Survivable Branch Appliance or Server.
    SurvivableBranch,
    /// Edge Server.
    Edge,
    /// Stand-alone Mediation Server.
    Mediation,
    /// Trusted application pool.
    TrustedApplication,
    /// SQL Server.
    Sql,
    /// File server.
    File,
    /// Office Web Apps.
    OfficeWebApps,
    /// PSTN gateway.
    Gateway,
    /// Anything else.
    Other,
}

impl PoolKind {
    /// The name used in JSON and in tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::FrontEnd => "front-end",
            Self::Director => "director",
            Self::SurvivableBranch => "survivable-branch",
            Self::Edge => "edge",
            Self::Mediation => "mediation",
            Self::TrustedApplication => "trusted-application",
            Self::Sql => "sql",
            Self::File => "file",
            Self::OfficeWebApps => "office-web-apps",
            Self::Gateway => "gateway",
            Self::Other => "other",
        }
    }

    /// The name in a sentence, with its article.
    pub fn phrase(self) -> &'static str {
        match self {
            Self::FrontEnd => "a Front End pool",
            Self::Director => "a Director",
            Self::SurvivableBranch => "a survivable branch appliance or server",
            Self::Edge => "an Edge pool",
            Self::Mediation => "a stand-alone Mediation pool",
            Self::TrustedApplication => "a trusted application pool",
            Self::Sql => "a SQL Server",
            Self::File => "a file server",
            Self::OfficeWebApps => "an Office Web Apps farm",
            Self::Gateway => "a PSTN gateway",
            Self::Other => "no Front End pool",
        }
    }
}

/// Standard or Enterprise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Edition {
    /// One server with its own database.
    Standard,
    /// One or more Front Ends with a dedicated back end.
    Enterprise,
}

impl Edition {
    /// The name used in JSON and in messages.
    pub fn name(self) -> &'static str {
        match self {
            Self::Standard => "standard",
            Self::Enterprise => "enterprise",
        }
    }
}

/// A pool's part in Central Management.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum CentralManagement {
    /// It hosts the active store.
    Active,
    /// It hosts the standby store.
    Standby,
    /// It hosts neither.
    None,
}
