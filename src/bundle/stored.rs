//! A bundle on disk.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::fs::{self, DirEntry, File};
use std::io::{self, Read as _};
use std::path::Path;

use super::{Deviation, DeviationKind, Manifest, ManifestFile, NotABundle};
use crate::source::sha256;

/// A bundle on disk.
#[derive(Clone, Debug)]
pub struct StoredBundle {
    /// Its manifest.
    pub manifest: Manifest,
    /// The deviations of its files from the manifest, by name.
    pub deviations: Vec<Deviation>,
}

/// No manifest is larger.
const MAX_MANIFEST_BYTES: u64 = 1 << 20;
/// The maximum growth of a file by a signature or line ends, in addition to twice its size.
const MAX_ADDED_BYTES: u64 = 1 << 16;

impl StoredBundle {
    /// Reads a bundle. Only files directly in the directory are opened, whatever the manifest names.
    ///
    /// # Errors
    ///
    /// When the directory contains no manifest of a bundle, or reading fails.
    pub fn read(directory: &Path) -> Result<Self, NotABundle> {
        Self::of(entries(directory)?, open)
    }

    /// Reads a bundle from files in memory.
    ///
    /// # Errors
    ///
    /// When they do not include the manifest of a bundle.
    pub fn of_files(files: &BTreeMap<String, Vec<u8>>) -> Result<Self, NotABundle> {
        let entries = files.iter().map(|(name, bytes)| (OsString::from(name), bytes.as_slice()));
        Self::of(entries.collect(), |bytes, _| Ok(EntryContent::File(Cow::Borrowed(bytes))))
    }

    /// Whether the bundle is unchanged except for signatures.
    pub fn is_as_written(&self) -> bool {
        self.deviations.iter().all(|deviation| deviation.kind == DeviationKind::Signed)
    }

    /// Reads a bundle from entries; `open` reads at most the given number of bytes of an entry.
    fn of<'e, E>(
        mut entries: BTreeMap<OsString, E>,
        open: impl Fn(&E, u64) -> io::Result<EntryContent<'e>>,
    ) -> Result<Self, NotABundle> {
        let open = |name: &str, entry: &E, max| {
            open(entry, max).map_err(|error| NotABundle::Unreadable { name: name.to_owned(), error })
        };
        let first = entries.keys().next().map(|name| display_name(name));
        let manifest = entries.remove(OsStr::new(Manifest::NAME));
        let Some(EntryContent::File(bytes)) =
            manifest.map(|entry| open(Manifest::NAME, &entry, MAX_MANIFEST_BYTES)).transpose()?
        else {
            return Err(NotABundle::NoManifest { first });
        };
        let malformed = |reason: String| NotABundle::Malformed { reason };
        let manifest: Manifest = serde_json::from_slice(&bytes).map_err(|error| malformed(error.to_string()))?;
        if manifest.format_version != Manifest::FORMAT_VERSION {
            return Err(malformed(format!("its format is {}", manifest.format_version)));
        }
        let mut deviations = BTreeMap::new();
        if let Some(kind) = DeviationKind::between(Manifest::NAME, &bytes, &sha256(&manifest.to_bytes())) {
            deviations.insert(Manifest::NAME.to_owned(), kind);
        }
        for file in &manifest.files {
            let max = file.size.saturating_mul(2).saturating_add(MAX_ADDED_BYTES);
            let found =
                entries.remove(OsStr::new(&file.name)).map(|entry| open(&file.name, &entry, max)).transpose()?;
            deviations.extend(deviation(file, found).map(|kind| (file.name.clone(), kind)));
        }
        deviations.extend(entries.keys().map(|name| (display_name(name), DeviationKind::Unlisted)));
        let deviations = deviations.into_iter().map(|(name, kind)| Deviation { name, kind }).collect();
        Ok(Self { manifest, deviations })
    }
}

/// The content of a directory entry.
enum EntryContent<'e> {
    File(Cow<'e, [u8]>),
    Link,
    Other,
}

/// The deviation of an entry from a file of the manifest.
fn deviation(listed: &ManifestFile, found: Option<EntryContent<'_>>) -> Option<DeviationKind> {
    match found {
        None => Some(DeviationKind::Missing),
        Some(EntryContent::Link) => Some(DeviationKind::Link),
        Some(EntryContent::Other) => Some(DeviationKind::NotAFile),
        Some(EntryContent::File(bytes)) => DeviationKind::between(&listed.name, &bytes, &listed.sha256),
    }
}

/// The entries of a directory by name.
pub(super) type DirectoryEntries = BTreeMap<OsString, DirEntry>;

pub(super) fn entries(directory: &Path) -> io::Result<DirectoryEntries> {
    fs::read_dir(directory)?.map(|entry| entry.map(|entry| (entry.file_name(), entry))).collect()
}

/// A file name for messages.
pub(super) fn display_name(name: &OsStr) -> String {
    name.to_string_lossy().into_owned()
}

/// Reads at most `max` bytes of an entry.
fn open(entry: &DirEntry, max: u64) -> io::Result<EntryContent<'static>> {
    let file_type = entry.file_type()?;
    if file_type.is_symlink() {
        return Ok(EntryContent::Link);
    }
    if !file_type.is_file() {
        return Ok(EntryContent::Other);
    }
    let mut bytes = Vec::new();
    File::open(entry.path())?.take(max).read_to_end(&mut bytes)?;
    Ok(EntryContent::File(bytes.into()))
}
