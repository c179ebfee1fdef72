//! A bundle as it was stored.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::fs::{self, DirEntry, File};
use std::io::{self, Read as _};
use std::path::Path;

use super::{Deviation, DeviationKind, Manifest, ManifestFile, NoBundle};
use crate::source::sha256;

/// A bundle as it was stored.
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
        Self::of(entries(directory)?, open)
    }

    /// A bundle whose files are at hand.
    ///
    /// # Errors
    ///
    /// When there is no manifest of a bundle among them.
    pub fn of_files(files: &BTreeMap<String, Vec<u8>>) -> Result<Self, NoBundle> {
        let entries = files.iter().map(|(name, bytes)| (OsString::from(name), bytes.as_slice()));
        Self::of(entries.collect(), |bytes, _| Ok(EntryContent::File(Cow::Borrowed(bytes))))
    }

    /// Whether nothing but a signature was added to it.
    pub fn is_as_written(&self) -> bool {
        self.deviations.iter().all(|deviation| deviation.kind == DeviationKind::Signed)
    }

    /// A bundle of entries, each of which `open` reads, or the beginning of it.
    fn of<'e, E>(
        mut entries: BTreeMap<OsString, E>,
        open: impl Fn(&E, u64) -> io::Result<EntryContent<'e>>,
    ) -> Result<Self, NoBundle> {
        let open = |name: &str, entry: &E, most| {
            open(entry, most).map_err(|error| NoBundle::Unreadable { name: name.to_owned(), error })
        };
        let first = entries.keys().next().map(|name| printed(name));
        let manifest = entries.remove(OsStr::new(Manifest::NAME));
        let Some(EntryContent::File(bytes)) =
            manifest.map(|entry| open(Manifest::NAME, &entry, MOST_MANIFEST_BYTES)).transpose()?
        else {
            return Err(NoBundle::NoManifest { first });
        };
        let malformed = |reason: String| NoBundle::Malformed { reason };
        let manifest: Manifest = serde_json::from_slice(&bytes).map_err(|error| malformed(error.to_string()))?;
        if manifest.format_version != Manifest::FORMAT_VERSION {
            return Err(malformed(format!("its format is {}", manifest.format_version)));
        }
        let mut deviations = BTreeMap::new();
        if let Some(kind) = DeviationKind::between(Manifest::NAME, &bytes, &sha256(&manifest.to_bytes())) {
            deviations.insert(Manifest::NAME.to_owned(), kind);
        }
        for file in &manifest.files {
            let most = file.size.saturating_mul(2).saturating_add(MOST_ADDED_BYTES);
            let found =
                entries.remove(OsStr::new(&file.name)).map(|entry| open(&file.name, &entry, most)).transpose()?;
            deviations.extend(deviation(file, found).map(|kind| (file.name.clone(), kind)));
        }
        deviations.extend(entries.keys().map(|name| (printed(name), DeviationKind::Unlisted)));
        let deviations = deviations.into_iter().map(|(name, kind)| Deviation { name, kind }).collect();
        Ok(Self { manifest, deviations })
    }
}

/// What lies under a name.
enum EntryContent<'e> {
    File(Cow<'e, [u8]>),
    Link,
    Other,
}

/// How what was found differs from a file of the manifest.
fn deviation(listed: &ManifestFile, found: Option<EntryContent<'_>>) -> Option<DeviationKind> {
    match found {
        None => Some(DeviationKind::Missing),
        Some(EntryContent::Link) => Some(DeviationKind::Link),
        Some(EntryContent::Other) => Some(DeviationKind::NotAFile),
        Some(EntryContent::File(bytes)) => DeviationKind::between(&listed.name, &bytes, &listed.sha256),
    }
}

/// What lies in a directory, by name.
pub(super) type DirectoryEntries = BTreeMap<OsString, DirEntry>;

pub(super) fn entries(directory: &Path) -> io::Result<DirectoryEntries> {
    fs::read_dir(directory)?.map(|entry| entry.map(|entry| (entry.file_name(), entry))).collect()
}

/// A name as it is printed.
pub(super) fn printed(name: &OsStr) -> String {
    name.to_string_lossy().into_owned()
}

/// Opens what lies in a directory. Of a file that is larger than it can be, the beginning is enough.
fn open(entry: &DirEntry, most: u64) -> io::Result<EntryContent<'static>> {
    let file_type = entry.file_type()?;
    if file_type.is_symlink() {
        return Ok(EntryContent::Link);
    }
    if !file_type.is_file() {
        return Ok(EntryContent::Other);
    }
    let mut bytes = Vec::new();
    File::open(entry.path())?.take(most).read_to_end(&mut bytes)?;
    Ok(EntryContent::File(bytes.into()))
}
