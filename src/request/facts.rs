//! What no topology shows about a pool.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Located, Origin};
use crate::topology::Fqdn;

/// What the request declares about one pool; what is not declared stays `None`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PoolFacts {
    /// The pool.
    pub fqdn: Located<Fqdn>,
    /// Whether the pool's servers are set up already.
    pub deployed: Option<Located<bool>>,
    /// The operating system of all its Front Ends, in the operator's words.
    pub operating_system: Option<Located<String>>,
    /// Physical or virtual servers.
    pub hosting: Option<Located<Hosting>>,
    /// How many users are homed on the pool.
    pub users: Option<Located<u64>>,
    /// How many of its users are homed on Survivable Branch Appliances.
    pub branch_users: Option<Located<u64>>,
    /// The server product, for a version that poolpair does not know.
    pub product: Option<Located<String>>,
    /// The folder of the server's programs, for a version that poolpair does not know.
    pub program_folder: Option<Located<String>>,
    /// The cumulative update on its Front Ends.
    pub cumulative_update: Option<Located<CumulativeUpdate>>,
    /// The table that declares all this.
    pub origin: Origin,
}

/// What a pool's servers are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Hosting {
    /// Servers of their own.
    Physical,
    /// Virtual machines.
    Virtual,
}

impl Hosting {
    /// Every value, by the name that a request gives it.
    pub const NAMES: [(&'static str, Self); 2] = [("physical", Self::Physical), ("virtual", Self::Virtual)];
}

impl fmt::Display for Hosting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Physical => "physical",
            Self::Virtual => "virtual",
        })
    }
}

/// The cumulative update that is on a pool's servers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CumulativeUpdate {
    /// None was ever installed.
    None,
    /// This one is installed.
    Installed {
        /// The path of the installer, as the Front Ends see it.
        installer: String,
        /// The build it brings: four numbers, such as `7.0.2046.530`.
        build: Option<String>,
    },
}
