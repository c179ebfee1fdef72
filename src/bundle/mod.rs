//! The bundle: names, hashes, all-or-nothing writing. The one module beside the command line that touches files.

mod artifacts;
mod directory;
mod error;
mod exchange;

use std::borrow::Cow;
use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use artifacts::{Artifacts, runbook_files};
pub use directory::write_directory;
pub use error::Error;
pub(crate) use error::without_path;

use crate::source::sha256;

/// The artifacts of a plan, by file name, with the manifest that names them all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bundle<'a> {
    files: BTreeMap<String, Artifact<'a>>,
    manifest: Manifest,
}

/// The bytes of a file, and their hash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Artifact<'a> {
    bytes: Cow<'a, [u8]>,
    sha256: String,
}

impl<'a> Artifact<'a> {
    /// Bytes whose SHA-256, in lower-case hex, is known already.
    pub fn hashed(bytes: Cow<'a, [u8]>, sha256: String) -> Self {
        Self { bytes, sha256 }
    }

    /// The bytes.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }
}

impl From<String> for Artifact<'_> {
    fn from(text: String) -> Self {
        text.into_bytes().into()
    }
}

impl From<Vec<u8>> for Artifact<'_> {
    fn from(bytes: Vec<u8>) -> Self {
        Self { sha256: sha256(&bytes), bytes: bytes.into() }
    }
}

/// What a bundle holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(title = "poolpair manifest")]
pub struct Manifest {
    /// The version of this format; 1. Within a version, fields are only added.
    pub format_version: u32,
    /// The version of poolpair that made the bundle.
    pub tool_version: String,
    /// SHA-256 of the topology that was planned on, in lower-case hex.
    pub input_sha256: String,
    /// Every other file of the bundle, by name.
    pub files: Vec<ManifestFile>,
}

/// A file of a bundle.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ManifestFile {
    /// Its name.
    pub name: String,
    /// SHA-256 of its bytes, in lower-case hex, as `Get-FileHash` prints it in upper case.
    pub sha256: String,
    /// Its size in bytes.
    pub size: u64,
}

impl<'a> Bundle<'a> {
    /// The manifest's name.
    pub const MANIFEST: &'static str = "manifest.json";

    /// Puts artifacts together.
    pub fn new(input_sha256: String, files: BTreeMap<String, Artifact<'a>>) -> Self {
        let manifest = Manifest {
            format_version: 1,
            tool_version: env!("CARGO_PKG_VERSION").to_owned(),
            input_sha256,
            files: files.iter().map(|(name, artifact)| ManifestFile::new(name, artifact)).collect(),
        };
        Self { files, manifest }
    }

    /// What it holds.
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// Every file with its bytes, the manifest last.
    pub fn files(&self) -> impl Iterator<Item = (&str, Cow<'_, [u8]>)> {
        let files = self.files.iter().map(|(name, artifact)| (name.as_str(), artifact.bytes().into()));
        files.chain(std::iter::once((Self::MANIFEST, self.manifest_bytes().into())))
    }

    fn manifest_bytes(&self) -> Vec<u8> {
        crate::report::json::to_bytes(&self.manifest)
    }
}

impl ManifestFile {
    fn new(name: &str, artifact: &Artifact<'_>) -> Self {
        Self { name: name.to_owned(), sha256: artifact.sha256.clone(), size: artifact.bytes.len() as u64 }
    }
}
