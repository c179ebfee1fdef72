//! A directory that is written whole or not at all.

use std::env;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use super::error::in_directory;
use super::same::{self, is_same};
use super::stored::{entries, printed};
use super::swap::SwappedDirectory;
use super::{Bundle, BundleKind, Error, StoredBundle};

/// Where a bundle is written.
#[derive(Clone, Copy, Debug)]
pub struct Destination<'a> {
    /// The directory.
    pub directory: &'a Path,
    /// Whether it may replace a bundle of its kind that is there as it was written.
    pub force: bool,
    /// What the command reads, none of which is replaced; `-` is standard input.
    pub inputs: &'a [PathBuf],
}

impl Destination<'_> {
    /// Writes a bundle: all of it or nothing.
    ///
    /// It is written beside its place, flushed, and takes the place in one step where the system can. A process that
    /// is killed leaves the old directory or the new one; what it leaves beside them is in no later run's way. Files
    /// and directory get the rights that the process gives to new ones.
    ///
    /// # Errors
    ///
    /// When something is in the way, or when the operating system refuses. The place is then as it was, but for
    /// [`Error::MovedAway`] and [`Error::NotFlushed`].
    pub fn write(&self, bundle: &Bundle<'_>) -> Result<(), Error> {
        let io = |error| self.io(error);
        let directory = self.resolve()?;
        let kind = bundle.manifest().kind();
        let mut is_taken = self.check_place(&directory, kind)?;
        let parent = directory.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let workspace =
            fs::create_dir_all(parent).and_then(|()| tempfile::Builder::new().prefix(".poolpair-").tempdir_in(parent));
        let workspace = workspace.map_err(|error| io(in_directory(parent, &error)))?;
        let new = workspace.path().join("new");
        fill(&new, bundle).map_err(io)?;
        if !is_taken && let Err(error) = move_in(&new, &directory) {
            // Another process may have put something there since it was looked at.
            is_taken = self.check_place(&directory, kind)?;
            if !is_taken {
                return Err(io(error));
            }
        }
        if is_taken {
            self.replace(workspace, &new, &directory, kind)?;
        }
        sync_directory(parent).map_err(|error| Error::NotFlushed { path: self.path(), error })
    }

    /// The directory without a slash at the end, which would follow a link, and by a name.
    fn resolve(&self) -> Result<PathBuf, Error> {
        let directory: PathBuf = self.directory.components().collect();
        match directory.file_name() {
            Some(_) => Ok(directory),
            None => fs::canonicalize(directory).map_err(|error| self.io(error)),
        }
    }

    /// Whether there is something that has to be moved out, and may be.
    fn check_place(&self, directory: &Path, kind: BundleKind) -> Result<bool, Error> {
        match fs::symlink_metadata(directory) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
            Err(error) => return Err(self.io(in_directory(directory, &error))),
            Ok(metadata) if !metadata.is_dir() => return Err(Error::NotADirectory { path: self.path() }),
            Ok(_) => {}
        }
        let working_directory = env::current_dir().unwrap_or_default();
        if working_directory.ancestors().any(|ancestor| is_same(ancestor, directory)) {
            return Err(Error::WorkingDirectory { path: self.path() });
        }
        Ok(!same::look_at(directory, || self.check_content(directory, kind))?)
    }

    /// Whether a directory is empty; if it is not, it has to be a bundle that may be thrown away.
    fn check_content(&self, directory: &Path, kind: BundleKind) -> Result<bool, Error> {
        let entries = entries(directory).map_err(|error| self.io(error))?;
        let Some(first) = entries.keys().next() else { return Ok(true) };
        if !self.force {
            return Err(Error::NotEmpty { path: self.path(), name: printed(first) });
        }
        let is_input = |path: &Path| self.inputs.iter().any(|input| is_same(input, path));
        let obstacle = match entries.iter().find(|(_, entry)| is_input(&entry.path())) {
            Some((name, _)) => Some(format!("`{}` in it is read by this command", printed(name))),
            None => obstacle(directory, kind),
        };
        match obstacle {
            Some(obstacle) => Err(Error::InTheWay { path: self.path(), obstacle }),
            None => Ok(false),
        }
    }

    /// What came out is looked at once more: a file that somebody put there since is not thrown away with it.
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

/// Why a directory is not a bundle of a kind as it was written.
fn obstacle(directory: &Path, kind: BundleKind) -> Option<String> {
    match StoredBundle::read(directory) {
        Err(reason) => Some(reason.to_string()),
        Ok(stored) if stored.manifest.kind() != kind => {
            Some("its `manifest.json` is that of another kind of bundle".to_owned())
        }
        Ok(stored) => stored.deviations.first().map(ToString::to_string),
    }
}

/// Writes and flushes the files; of several, the first flush takes most of the others along.
fn fill(directory: &Path, bundle: &Bundle<'_>) -> io::Result<()> {
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

/// Moves a directory to where there is nothing, or an empty directory.
fn move_in(new: &Path, directory: &Path) -> io::Result<()> {
    if cfg!(windows) {
        // No directory is renamed to an empty one there; one that is not empty is not removed.
        let _ = fs::remove_dir(directory);
    }
    fs::rename(new, directory)
}

/// Flushes the names in a directory. A file system that knows no such thing has nothing to flush.
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
