//! The touched pools of a plan, before and after, without any reference to XML. The runbook is made from them.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use crate::notation::{Evidence, LearnedFrom};
pub use crate::pairing::VoiceSettings;
pub use crate::topology::{CentralManagement, Edition};
use crate::topology::{Fqdn, ServiceVersion, SqlIndex, Topology};

/// Everything that a runbook contains, in domain words. It is part of `plan.json`, so that the scripts can be
/// regenerated without the topology.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Deployment {
    /// The version of poolpair that made this.
    pub tool_version: String,
    /// SHA-256 of the planned baseline's file, in lower-case hex.
    pub input_sha256: String,
    /// SHA-256 of the written topology's file, in lower-case hex.
    pub result_sha256: String,
    /// SHA-256 of the normalised text of the baseline; absent where the
    /// document is not what `Get-CsTopology -AsXml` prints.
    pub baseline_text_sha256: Option<String>,
    /// The same for the result; absent if the result is only a preview.
    pub result_text_sha256: Option<String>,
    /// The bundle's file that holds the result: `topology.xml` or `topology.tbxml`.
    pub topology_file: String,
    /// How the result gets published.
    pub publish_route: PublishRoute,
    /// Everything is already as requested: the pools are paired in the document, and there is nothing to publish.
    pub as_requested: bool,
    /// The notation that the change is written in.
    pub notation: NotationName,
    /// Every pool that the plan touches, those of one pair side by side, in the order of the request.
    pub pools: Vec<DeployedPool>,
    /// The Edge Servers, if a pool of the plan hosts Central Management and sends them the topology.
    #[serde(default)]
    pub edges: Vec<Fqdn>,
    /// Rule breaks that the request allows, each with its reason.
    pub allowed: Vec<Allowed>,
    /// Questions to the operator about facts that no topology shows and the request does not declare, each a full
    /// sentence.
    pub questions: Vec<String>,
    /// Facts to print, such as "an Edge pool's next hop is one of the pair".
    pub notes: Vec<String>,
}

impl Deployment {
    /// The next commands after a pairing: they write the runbooks for the day one of the pools fails, from an export
    /// made after the change.
    pub fn failover_commands(&self) -> impl Iterator<Item = String> {
        let paired = self.pools.iter().filter(|pool| pool.backup_pool_after.is_some());
        paired.map(|pool| format!("poolpair failover topology.xml --pool {0} --out-dir failover-{0}", pool.fqdn))
    }
}

/// How the result gets published.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum PublishRoute {
    /// `Publish-CsTopology` with the written file.
    Cmdlet,
    /// By hand in Topology Builder; the written file is a preview.
    TopologyBuilder,
}

/// The notation in use, and its evidence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct NotationName {
    /// Its name.
    pub name: String,
    /// Its evidence.
    pub evidence: Evidence,
    /// The documents that it was learned from; none for a hypothesis.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub learned_from: Option<LearnedFrom>,
}

/// A pool as the runbook needs it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct DeployedPool {
    /// The pool's name.
    pub fqdn: Fqdn,
    /// The name of its site.
    pub site: String,
    /// Standard or Enterprise.
    pub edition: Edition,
    /// The product generation.
    pub version: ServiceVersion,
    /// The product's name; declared if poolpair does not know the version.
    pub product: String,
    /// The product's folder below `Program Files`; absent if neither known nor declared.
    pub program_folder: Option<String>,
    /// The line of the pool in the document.
    pub line: Option<u32>,
    /// The Front Ends, in the document's order.
    pub machines: Vec<Fqdn>,
    /// The file store that the pool depends on.
    pub file_store: Option<FileStore>,
    /// The back end.
    pub sql_instance: Option<BackEndInstance>,
    /// The pool's part in Central Management before the change.
    pub central_management: CentralManagement,
    /// The change gives this pool the standby Central Management store.
    pub gains_central_management: bool,
    /// The change takes the standby Central Management store away from this pool.
    pub loses_central_management: bool,
    /// Declared: whether the pool's servers are set up already. Undeclared counts as deployed.
    pub deployed: bool,
    /// Declared: the cumulative update that is on the pool's servers.
    pub cumulative_update: CumulativeUpdate,
    /// The backup pool before the change.
    pub backup_pool_before: Option<Fqdn>,
    /// The backup pool after the change.
    pub backup_pool_after: Option<Fqdn>,
    /// Voice failover before the change.
    pub voice_before: Option<VoiceSettings>,
    /// Voice failover after the change.
    pub voice_after: Option<VoiceSettings>,
}

impl DeployedPool {
    /// The pool's part in Central Management after the change.
    pub(crate) fn central_management_after(&self) -> CentralManagement {
        match self.central_management {
            _ if self.gains_central_management => CentralManagement::Standby,
            _ if self.loses_central_management => CentralManagement::None,
            part => part,
        }
    }

    /// The product; for a version that poolpair does not know, with its folder and the origin of both.
    pub fn product_and_origin(&self) -> String {
        match &self.program_folder {
            Some(folder) if !self.version.is_known() => {
                format!("{} in the folder {folder}, both declared in the request", self.product)
            }
            _ => self.product.clone(),
        }
    }
}

/// A file share.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct FileStore {
    /// The file server, or a DFS name.
    pub host: Fqdn,
    /// The share's name.
    pub share: String,
}

/// A back-end database instance.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct BackEndInstance {
    /// The SQL server.
    pub server: Fqdn,
    /// The instance; empty for the default one.
    pub instance: String,
}

impl BackEndInstance {
    /// An instance of a topology; `None` if its server is missing.
    pub(crate) fn of(topology: &Topology, sql: SqlIndex) -> Option<Self> {
        let sql = &topology[sql];
        Some(Self { server: topology.pool_name(sql.pool?).clone(), instance: sql.name.to_string() })
    }
}

/// The cumulative update on a pool's servers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", tag = "kind")]
pub enum CumulativeUpdate {
    /// Not declared: the operator must say when the runbook runs.
    Undeclared,
    /// Declared: none was ever installed.
    None,
    /// Declared.
    Installed {
        /// The path of the installer, as the Front Ends see it.
        installer: String,
        /// The build that it installs, such as `7.0.2046.530`.
        build: Option<String>,
    },
}

/// A rule break that the request allows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Allowed {
    /// The rule's id.
    pub rule: String,
    /// What it found.
    pub message: String,
    /// The written reason.
    pub reason: String,
}
