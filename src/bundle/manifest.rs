//! The manifest of a bundle.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Artifact;

/// The content of a bundle.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(title = "poolpair manifest")]
pub struct Manifest {
    /// The version of this format; 1. Within a version, fields are only added.
    pub format_version: u32,
    /// What the bundle is for; absent in bundles of earlier versions, which are all for a pairing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<BundleKind>,
    /// The version of poolpair that made the bundle.
    pub tool_version: String,
    /// SHA-256 of the input topology, in lower-case hex.
    pub input_sha256: String,
    /// Every other file of the bundle, by name.
    pub files: Vec<ManifestFile>,
}

/// What a bundle is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum BundleKind {
    /// Pairing or un-pairing pools: what `apply` writes.
    Pairing,
    /// The runbook of a stored plan alone: what `runbook` writes.
    Runbook,
    /// The failover of a pool: what `failover` writes.
    Failover,
}

/// A file of a bundle.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ManifestFile {
    /// Its name.
    pub name: String,
    /// SHA-256 of its bytes, in lower-case hex; `Get-FileHash` prints it in upper case.
    pub sha256: String,
    /// Its size in bytes.
    pub size: u64,
}

impl Manifest {
    /// The name of its file.
    pub const NAME: &'static str = "manifest.json";
    /// The version of the format.
    pub const FORMAT_VERSION: u32 = 1;

    /// What the bundle is for.
    pub fn kind(&self) -> BundleKind {
        self.kind.unwrap_or(BundleKind::Pairing)
    }

    /// The bytes of `manifest.json`.
    pub fn to_bytes(&self) -> Vec<u8> {
        crate::report::json::to_bytes(self)
    }
}

impl ManifestFile {
    pub(super) fn new(name: &str, artifact: &Artifact<'_>) -> Self {
        Self { name: name.to_owned(), sha256: artifact.sha256.clone(), size: artifact.bytes.len() as u64 }
    }
}
