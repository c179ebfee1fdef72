//! A bundle as it lies in a directory.

use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::fs::{self, DirEntry, File};
use std::io::{self, Read};
use std::path::Path;

use super::{Deviation, DeviationKind, Manifest, ManifestFile, NoBundle};
use crate::source::sha256;

/// A bundle as it lies in a directory.
#[derive(Clone, Debug)]
pub struct StoredBundle {
    /// What it says that it holds.
    pub manifest: Manifest,
    /// What there is not as its manifest says, by name.
    pub deviations: Vec<Deviation>,
}

/// No manifest is larger.
const MOST_MANIFEST_BYTES: u64 = 1 << 20;
/// How much a signature or other line ends make of a file, beside twice its size.
const MOST_ADDED_BYTES: u64 = 1 << 16;

impl StoredBundle {
    /// Reads a bundle. Only what lies in the directory itself is opened, whatever its manifest names.
    ///
    /// # Errors
    ///
    /// When the directory holds no manifest of a bundle, or the operating system refuses.
    pub fn read(directory: &Path) -> Result<Self, NoBundle> {
        let entries = entries(directory)?;
        let bytes = match entries.get(OsStr::new(Manifest::NAME)) {
            Some(entry) if entry.file_type()?.is_file() => read(&entry.path(), MOST_MANIFEST_BYTES)?,
            _ => return Err(NoBundle::NoManifest { first: entries.keys().next().map(|name| printed(name)) }),
        };
        let malformed = |reason: String| NoBundle::Malformed { reason };
        let manifest: Manifest = serde_json::from_slice(&bytes).map_err(|error| malformed(error.to_string()))?;
        if manifest.format_version != Manifest::FORMAT_VERSION {
            return Err(malformed(format!("its format is {}", manifest.format_version)));
        }
        let deviations = deviations(&manifest, &bytes, entries)?;
        Ok(Self { manifest, deviations })
    }
}

/// What lies in a directory, by name.
pub(super) type Entries = BTreeMap<OsString, DirEntry>;

pub(super) fn entries(directory: &Path) -> io::Result<Entries> {
    fs::read_dir(directory)?.map(|entry| entry.map(|entry| (entry.file_name(), entry))).collect()
}

/// A name as it is printed.
pub(super) fn printed(name: &OsStr) -> String {
    name.to_string_lossy().into_owned()
}

fn deviations(manifest: &Manifest, manifest_bytes: &[u8], mut entries: Entries) -> io::Result<Vec<Deviation>> {
    entries.remove(OsStr::new(Manifest::NAME));
    let mut deviations = BTreeMap::new();
    if let Some(kind) = DeviationKind::between(Manifest::NAME, manifest_bytes, &sha256(&manifest.to_bytes())) {
        deviations.insert(Manifest::NAME.to_owned(), kind);
    }
    for file in &manifest.files {
        let kind = match entries.remove(OsStr::new(&file.name)) {
            Some(entry) => found(&entry, file)?,
            None => Some(DeviationKind::Missing),
        };
        deviations.extend(kind.map(|kind| (file.name.clone(), kind)));
    }
    deviations.extend(entries.keys().map(|name| (printed(name), DeviationKind::Unlisted)));
    Ok(deviations.into_iter().map(|(name, kind)| Deviation { name, kind }).collect())
}

/// How something in the directory differs from a file of the manifest.
fn found(entry: &DirEntry, listed: &ManifestFile) -> io::Result<Option<DeviationKind>> {
    let file_type = entry.file_type()?;
    if file_type.is_symlink() {
        return Ok(Some(DeviationKind::Link));
    }
    if !file_type.is_file() {
        return Ok(Some(DeviationKind::NotAFile));
    }
    let bytes = read(&entry.path(), listed.size.saturating_mul(2).saturating_add(MOST_ADDED_BYTES))?;
    Ok(DeviationKind::between(&listed.name, &bytes, &listed.sha256))
}

/// The beginning of a file, which is all of it unless it is larger than it can be.
fn read(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?.take(most).read_to_end(&mut bytes)?;
    Ok(bytes)
}
