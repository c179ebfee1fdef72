//! A bundle as a zip file.

use std::collections::BTreeMap;
use std::io::{Cursor, Read as _, Write as _};

use poolpair::bundle::Bundle;
use zip::result::ZipResult;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use crate::error::PageError;

/// The files of an archive, by name.
pub(crate) type Files = BTreeMap<String, Vec<u8>>;

/// The maximum size of a bundle in bytes.
const MAX_BYTES: u64 = 1 << 30;

/// Writes a bundle as a zip file. The output is deterministic: files are sorted by name, and the time is the earliest
/// that a zip file can represent.
pub(crate) fn write(bundle: &Bundle<'_>) -> Result<Vec<u8>, PageError> {
    pack(bundle).map_err(|error| PageError::Archive { name: "bundle.zip".into(), reason: error.to_string() })
}

fn pack(bundle: &Bundle<'_>) -> ZipResult<Vec<u8>> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().last_modified_time(zip::DateTime::default()).unix_permissions(0o644);
    // Prefers speed to size: a topology can have 10 MB.
    let options = options.compression_level(Some(1));
    for (name, bytes) in bundle.files() {
        writer.start_file(name, options)?;
        writer.write_all(&bytes)?;
    }
    Ok(writer.finish()?.into_inner())
}

/// Whether the bytes start like a zip file.
pub(crate) fn is_archive(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04")
}

/// Reads all files; if they are all in one folder, its name is removed.
pub(crate) fn read(name: &str, bytes: &[u8]) -> Result<Files, PageError> {
    let unreadable = |reason: String| PageError::Archive { name: name.to_owned(), reason };
    let files = unpack(bytes).map_err(|error| unreadable(error.to_string()))?;
    let files = files.ok_or_else(|| unreadable("it is larger than a bundle can be".to_owned()))?;
    let folder = files.keys().next().and_then(|first| first.split_once('/')).map(|(folder, _)| format!("{folder}/"));
    match folder.filter(|folder| files.keys().all(|name| name.starts_with(folder.as_str()))) {
        Some(folder) => Ok(files.into_iter().map(|(name, bytes)| (name[folder.len()..].to_owned(), bytes)).collect()),
        None => Ok(files),
    }
}

/// Returns `None` if the files are too large.
fn unpack(bytes: &[u8]) -> ZipResult<Option<Files>> {
    let mut archive = ZipArchive::new(Cursor::new(bytes))?;
    let (mut files, mut left) = (Files::new(), MAX_BYTES);
    for index in 0..archive.len() {
        let entry = archive.by_index(index)?;
        if entry.is_dir() {
            continue;
        }
        let name = entry.name()?.into_owned();
        let mut bytes = Vec::new();
        entry.take(left + 1).read_to_end(&mut bytes)?;
        let Some(rest) = left.checked_sub(bytes.len() as u64) else { return Ok(None) };
        left = rest;
        files.insert(name, bytes);
    }
    Ok(Some(files))
}
