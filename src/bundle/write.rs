//! Writes a directory completely or not at all.

use std::env;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use super::error::directory_error;
use super::same::{self, is_same_file};
use super::stored::{display_name, entries};
use super::swap::SwappedDirectory;
use super::{Bundle, BundleKind, Error, StoredBundle};

/// Where a bundle is written.
#[derive(Clone, Copy, Debug)]
pub struct Destination<'a> {
    /// The directory.
    pub directory: &'a Path,
    /// Whether to replace an existing, unchanged bundle of the same kind.
    pub force: bool,
    /// The inputs of the command, none of which is replaced; `-` is standard input.
    pub inputs: &'a [PathBuf],
}

impl Destination<'_> {
    /// Writes a bundle, completely or not at all.
    ///
    /// It is written to a temporary directory next to its destination, flushed, and moved into place, atomically if the
    /// system supports it. A killed process leaves the old directory or the new one; leftovers do not disturb later
    /// runs. Files and directory get the default permissions of the process.
    ///
    /// # Errors
    ///
    /// When something is in the way, or the operating system refuses. The destination is then unchanged, except for
    /// [`Error::MovedAway`] and [`Error::NotFlushed`].
    pub fn write(&self, bundle: &Bundle<'_>) -> Result<(), Error> {
        let io = |error| self.io(error);
        let directory = self.resolve()?;
        let kind = bundle.manifest().kind();
        let mut exists = self.check_destination(&directory, kind)?;
        let parent = directory.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let workspace =
            fs::create_dir_all(parent).and_then(|()| tempfile::Builder::new().prefix(".poolpair-").tempdir_in(parent));
        let workspace = workspace.map_err(|error| io(directory_error(parent, &error)))?;
        let new = workspace.path().join("new");
        write_files(&new, bundle).map_err(io)?;
        if !exists && let Err(error) = move_into_place(&new, &directory) {
            // Another process may have created it since the check.
            exists = self.check_destination(&directory, kind)?;
            if !exists {
                return Err(io(error));
            }
        }
        if exists {
            self.replace(workspace, &new, &directory, kind)?;
        }
        sync_directory(parent).map_err(|error| Error::NotFlushed { path: self.path(), error })
    }

    /// The directory with a file name, and without a trailing slash, which would follow a link.
    fn resolve(&self) -> Result<PathBuf, Error> {
        let directory: PathBuf = self.directory.components().collect();
        match directory.file_name() {
            Some(_) => Ok(directory),
            None => fs::canonicalize(directory).map_err(|error| self.io(error)),
        }
    }

    /// Whether a directory exists and may be replaced.
    fn check_destination(&self, directory: &Path, kind: BundleKind) -> Result<bool, Error> {
        match fs::symlink_metadata(directory) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
            Err(error) => return Err(self.io(directory_error(directory, &error))),
            Ok(metadata) if !metadata.is_dir() => return Err(Error::NotADirectory { path: self.path() }),
            Ok(_) => {}
        }
        let working_directory = env::current_dir().unwrap_or_default();
        if working_directory.ancestors().any(|ancestor| is_same_file(ancestor, directory)) {
            return Err(Error::WorkingDirectory { path: self.path() });
        }
        Ok(!same::read_stable(directory, || self.check_content(directory, kind))?)
    }

    /// Whether a directory is empty; otherwise it must be a bundle that may be removed.
    fn check_content(&self, directory: &Path, kind: BundleKind) -> Result<bool, Error> {
        let entries = entries(directory).map_err(|error| self.io(error))?;
        let Some(first) = entries.keys().next() else { return Ok(true) };
        if !self.force {
            return Err(Error::NotEmpty { path: self.path(), name: display_name(first) });
        }
        let is_input = |path: &Path| self.inputs.iter().any(|input| is_same_file(input, path));
        let obstacle = match entries.iter().find(|(_, entry)| is_input(&entry.path())) {
            Some((name, _)) => Some(format!("`{}` in it is read by this command", display_name(name))),
            None => obstacle(directory, kind),
        };
        match obstacle {
            Some(obstacle) => Err(Error::InTheWay { path: self.path(), obstacle }),
            None => Ok(false),
        }
    }

    /// Checks the content again after the swap, so that a file that was added meanwhile is not deleted.
    fn replace(&self, workspace: TempDir, new: &Path, directory: &Path, kind: BundleKind) -> Result<(), Error> {
        let swapped = SwappedDirectory::swap(workspace, new, directory)?;
        if let Err(error) = self.check_content(swapped.old(), kind) {
            swapped.undo()?;
            return Err(error);
        }
        Ok(())
    }

    fn path(&self) -> PathBuf {
        self.directory.to_owned()
    }

    fn io(&self, error: io::Error) -> Error {
        Error::Io { path: self.path(), error }
    }
}

/// Why a directory is not an unchanged bundle of this kind.
fn obstacle(directory: &Path, kind: BundleKind) -> Option<String> {
    match StoredBundle::read(directory) {
        Err(reason) => Some(reason.to_string()),
        Ok(stored) if stored.manifest.kind() != kind => {
            Some("its `manifest.json` is that of another kind of bundle".to_owned())
        }
        Ok(stored) => stored.deviations.first().map(ToString::to_string),
    }
}

/// Writes and flushes the files. All are written first, since the first flush then covers most of the others.
fn write_files(directory: &Path, bundle: &Bundle<'_>) -> io::Result<()> {
    fs::create_dir(directory)?;
    let write = |(name, bytes): (&str, std::borrow::Cow<'_, [u8]>)| {
        let mut file = fs::File::create_new(directory.join(name))?;
        file.write_all(&bytes)?;
        Ok(file)
    };
    let written: Vec<_> = bundle.files().map(write).collect::<io::Result<_>>()?;
    written.iter().try_for_each(fs::File::sync_all)?;
    sync_directory(directory)
}

/// Moves a directory to a path that does not exist or is an empty directory.
fn move_into_place(new: &Path, directory: &Path) -> io::Result<()> {
    if cfg!(windows) {
        // Windows does not rename a directory onto an empty one; `remove_dir` keeps one that is not empty.
        let _ = fs::remove_dir(directory);
    }
    fs::rename(new, directory)
}

/// Flushes the entries of a directory, if the file system supports that.
#[cfg(unix)]
fn sync_directory(path: &Path) -> io::Result<()> {
    match fs::File::open(path)?.sync_all() {
        Err(error) if matches!(error.kind(), io::ErrorKind::InvalidInput | io::ErrorKind::Unsupported) => Ok(()),
        outcome => outcome,
    }
}

#[cfg(not(unix))]
fn sync_directory(_: &Path) -> io::Result<()> {
    Ok(())
}
