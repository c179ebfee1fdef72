//! The bundle: names, hashes, all-or-nothing writing. The one module beside the command line that touches files.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use miette::Diagnostic;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::source::sha256;

/// The artifacts of a plan, by file name, with the manifest that names them all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bundle {
    files: BTreeMap<String, Vec<u8>>,
    manifest: Manifest,
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

/// Why a bundle can not be written.
#[derive(Debug, Error, Diagnostic)]
pub enum Error {
    /// The directory holds files already, and `--force` was not given.
    #[error("`{}` is not empty", path.display())]
    #[diagnostic(
        code("poolpair::bundle::not-empty"),
        help("choose another directory, or give `--force` to replace the bundle in it")
    )]
    NotEmpty {
        /// The directory.
        path: PathBuf,
    },
    /// `--force` would remove files that are no part of a bundle.
    #[error("`{}` holds `{name}`, which is no part of a bundle", path.display())]
    #[diagnostic(
        code("poolpair::bundle::foreign-file"),
        help("move that file away, or choose another directory: `--force` replaces bundles and nothing else")
    )]
    ForeignFile {
        /// The directory.
        path: PathBuf,
        /// The file.
        name: String,
    },
    /// There is a file or a link where the directory should be.
    #[error("`{}` is no directory", path.display())]
    #[diagnostic(code("poolpair::bundle::not-a-directory"), help("choose another name for the directory"))]
    NotADirectory {
        /// The path.
        path: PathBuf,
    },
    /// The operating system refused.
    #[error("`{}` can not be written: {error}", path.display())]
    #[diagnostic(
        code("poolpair::bundle::io"),
        help("nothing was changed in the directory; check its rights and the free space, and run the command again")
    )]
    Io {
        /// The path.
        path: PathBuf,
        /// What it said.
        error: io::Error,
    },
}

impl Bundle {
    /// The manifest's name.
    pub const MANIFEST: &'static str = "manifest.json";

    /// Puts artifacts together.
    pub fn new(input_sha256: String, files: BTreeMap<String, Vec<u8>>) -> Self {
        let manifest = Manifest {
            format_version: 1,
            tool_version: env!("CARGO_PKG_VERSION").to_owned(),
            input_sha256,
            files: files.iter().map(|(name, bytes)| ManifestFile::new(name, bytes)).collect(),
        };
        Self { files, manifest }
    }

    /// What it holds.
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// Every file with its bytes, the manifest last.
    pub fn files(&self) -> impl Iterator<Item = (&str, std::borrow::Cow<'_, [u8]>)> {
        let files = self.files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice().into()));
        files.chain(std::iter::once((Self::MANIFEST, self.manifest_bytes().into())))
    }

    fn manifest_bytes(&self) -> Vec<u8> {
        crate::report::json::to_bytes(&self.manifest)
    }

    /// Writes the bundle as `directory`: all of it or nothing.
    ///
    /// A directory beside it is filled, flushed, and put in its place by renaming. With `force` a bundle that is
    /// there already is replaced.
    ///
    /// # Errors
    ///
    /// When the directory holds anything and `force` is not given, or anything but a bundle; or when the operating
    /// system refuses. The directory is then as it was.
    pub fn write(&self, directory: &Path, force: bool) -> Result<(), Error> {
        write_directory(directory, self.files(), force)
    }
}

/// Writes files as `directory`: all of them or nothing, as [`Bundle::write`] does.
///
/// # Errors
///
/// As [`Bundle::write`].
pub fn write_directory<'a>(
    directory: &Path,
    files: impl IntoIterator<Item = (&'a str, std::borrow::Cow<'a, [u8]>)>,
    force: bool,
) -> Result<(), Error> {
    let io = |error: io::Error| Error::Io { path: directory.to_owned(), error };
    let is_taken = occupied(directory, force)?;
    let parent = match directory.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    fs::create_dir_all(parent).map_err(io)?;
    let beside = tempfile::Builder::new().prefix(".poolpair-").tempdir_in(parent).map_err(io)?;
    let fresh = beside.path().join("new");
    fs::create_dir(&fresh).map_err(io)?;
    for (name, bytes) in files {
        write_file(&fresh.join(name), &bytes).map_err(io)?;
    }
    sync_directory(&fresh).map_err(io)?;
    put_in_place(&fresh, directory, &beside.path().join("old"), is_taken).map_err(io)?;
    sync_directory(parent).map_err(io)
}

impl ManifestFile {
    fn new(name: &str, bytes: &[u8]) -> Self {
        Self { name: name.to_owned(), sha256: sha256(bytes), size: bytes.len() as u64 }
    }
}

/// Whether there is a directory, and refuses one that may not be replaced.
fn occupied(directory: &Path, force: bool) -> Result<bool, Error> {
    let path = || directory.to_owned();
    let io = |error| Error::Io { path: path(), error };
    match fs::symlink_metadata(directory) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
        Err(error) => return Err(io(error)),
        Ok(metadata) if !metadata.is_dir() => return Err(Error::NotADirectory { path: path() }),
        Ok(_) => {}
    }
    let mut entries = fs::read_dir(directory).map_err(io)?.peekable();
    if !force && entries.peek().is_some() {
        return Err(Error::NotEmpty { path: path() });
    }
    for entry in entries {
        let entry = entry.map_err(io)?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if !is_bundle_file(&name) || !entry.file_type().map_err(io)?.is_file() {
            return Err(Error::ForeignFile { path: path(), name });
        }
    }
    Ok(true)
}

/// The names that a bundle can hold.
const NAMES: [&str; 12] = [
    "topology.xml",
    "topology.tbxml",
    "topology.diff",
    "plan.json",
    "report.json",
    "review.md",
    "review.html",
    "runbook.ps1",
    "runbook.md",
    "undo.ps1",
    "undo.md",
    Bundle::MANIFEST,
];

fn is_bundle_file(name: &str) -> bool {
    NAMES.contains(&name)
}

fn write_file(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = fs::OpenOptions::new().write(true).create_new(true).open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

fn put_in_place(fresh: &Path, directory: &Path, old: &Path, is_taken: bool) -> io::Result<()> {
    if !is_taken {
        return fs::rename(fresh, directory);
    }
    fs::rename(directory, old)?;
    fs::rename(fresh, directory).inspect_err(|_| {
        // The old bundle goes back; should that fail too, it is still complete in the directory beside.
        let _ = fs::rename(old, directory);
    })
}

#[cfg(unix)]
fn sync_directory(path: &Path) -> io::Result<()> {
    fs::File::open(path)?.sync_all()
}

#[cfg(not(unix))]
fn sync_directory(_: &Path) -> io::Result<()> {
    Ok(())
}
