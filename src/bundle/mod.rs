//! Bundles: their files and hashes, atomic writing, and verification. Apart from the command line, the only module that
//! touches files.

mod artifacts;
mod deviation;
mod error;
mod failover;
mod manifest;
mod same;
mod signature;
mod stored;
mod swap;
pub mod verify_text;
mod write;

use std::borrow::Cow;
use std::collections::BTreeMap;

pub use artifacts::{Artifacts, runbook_files};
pub use deviation::{Deviation, DeviationKind};
#[cfg(feature = "cli")]
pub(crate) use error::directory_error;
pub use error::{Error, NotABundle};
pub use failover::failover_bundle;
pub use manifest::{BundleKind, Manifest, ManifestFile};
#[cfg(feature = "cli")]
pub(crate) use same::is_same_file;
pub use stored::StoredBundle;
pub use write::Destination;

use crate::source::sha256;

/// Files and their hashes by name, and the manifest that lists them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bundle<'a> {
    files: BTreeMap<String, Artifact<'a>>,
    manifest: Manifest,
}

/// The bytes of a file and their hash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Artifact<'a> {
    bytes: Cow<'a, [u8]>,
    sha256: String,
}

impl<'a> Artifact<'a> {
    /// Creates an artifact from bytes whose SHA-256, in lower-case hex, is already known.
    pub fn hashed(bytes: Cow<'a, [u8]>, sha256: String) -> Self {
        Self { bytes, sha256 }
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

/// Keeps git from converting line ends.
const ATTRIBUTES: (&str, &str) = (".gitattributes", "* -text\n");
/// The input of `sha256sum -c`.
const SUMS: &str = "SHA256SUMS";

impl<'a> Bundle<'a> {
    /// Creates a bundle from artifacts, and adds the files for git and `sha256sum`.
    pub fn new(kind: BundleKind, input_sha256: String, mut files: BTreeMap<String, Artifact<'a>>) -> Self {
        let (name, text) = ATTRIBUTES;
        files.insert(name.to_owned(), text.to_owned().into());
        let sums: String = files.iter().map(|(name, file)| format!("{}  {name}\n", file.sha256)).collect();
        files.insert(SUMS.to_owned(), sums.into());
        let manifest = Manifest {
            format_version: Manifest::FORMAT_VERSION,
            kind: Some(kind),
            tool_version: env!("CARGO_PKG_VERSION").to_owned(),
            input_sha256,
            files: files.iter().map(|(name, artifact)| ManifestFile::new(name, artifact)).collect(),
        };
        Self { files, manifest }
    }

    /// The manifest.
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// Every file with its bytes, the manifest last.
    pub fn files(&self) -> impl Iterator<Item = (&str, Cow<'_, [u8]>)> {
        let files = self.files.iter().map(|(name, artifact)| (name.as_str(), Cow::from(&*artifact.bytes)));
        files.chain(std::iter::once((Manifest::NAME, self.manifest.to_bytes().into())))
    }
}
