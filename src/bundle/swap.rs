//! Swaps two directories.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use super::Error;

/// A swap of a new directory into place; the old one is in the workspace, which is removed when this is dropped.
pub(super) struct SwappedDirectory<'a> {
    directory: &'a Path,
    workspace: TempDir,
    old: PathBuf,
}

impl<'a> SwappedDirectory<'a> {
    /// Swaps `new`, which is in the workspace, with `directory`: atomically if the system supports it.
    ///
    /// # Errors
    ///
    /// When the operating system refuses; `directory` is then unchanged, except for [`Error::MovedAway`].
    pub(super) fn swap(workspace: TempDir, new: &Path, directory: &'a Path) -> Result<Self, Error> {
        let aside = workspace.path().join("old");
        match exchange(new, directory, &aside) {
            Ok(old) => Ok(Self { directory, workspace, old }),
            Err(error) if aside.exists() => Err(moved_away(workspace, directory, aside, error)),
            Err(error) => Err(Error::Io { path: directory.to_owned(), error }),
        }
    }

    /// The current path of the old directory.
    pub(super) fn old(&self) -> &Path {
        &self.old
    }

    /// Restores the old directory; the new one is removed.
    ///
    /// # Errors
    ///
    /// When the operating system refuses; the old directory then remains in the workspace.
    pub(super) fn undo(self) -> Result<(), Error> {
        let Self { directory, workspace, old } = self;
        match exchange(&old, directory, &workspace.path().join("new again")) {
            Ok(_) => Ok(()),
            Err(error) => Err(moved_away(workspace, directory, old, error)),
        }
    }
}

/// Keeps the workspace, since the old directory in it could not be restored.
fn moved_away(workspace: TempDir, directory: &Path, old: PathBuf, error: io::Error) -> Error {
    let _ = workspace.keep();
    Error::MovedAway { path: directory.to_owned(), old, error }
}

/// Moves a directory into the place of another, and returns the new path of the other.
fn exchange(incoming: &Path, directory: &Path, aside: &Path) -> io::Result<PathBuf> {
    if in_one_step(incoming, directory)? {
        return Ok(incoming.to_owned());
    }
    in_two_steps(incoming, directory, aside)
}

/// Returns whether the directories were exchanged: some file systems do not support it.
#[cfg(any(target_os = "linux", target_os = "macos"))]
fn in_one_step(incoming: &Path, directory: &Path) -> io::Result<bool> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    use rustix::io::Errno;
    match renameat_with(CWD, incoming, CWD, directory, RenameFlags::EXCHANGE) {
        Ok(()) => Ok(true),
        Err(Errno::INVAL | Errno::NOTSUP | Errno::NOSYS) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

#[cfg(not(any(target_os = "linux", target_os = "macos")))]
fn in_one_step(_: &Path, _: &Path) -> io::Result<bool> {
    Ok(false)
}

/// The directory does not exist between the two steps; if the second fails, the first is undone.
fn in_two_steps(incoming: &Path, directory: &Path, aside: &Path) -> io::Result<PathBuf> {
    fs::rename(directory, aside)?;
    fs::rename(incoming, directory).inspect_err(|_| {
        let _ = fs::rename(aside, directory);
    })?;
    Ok(aside.to_owned())
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::{SwappedDirectory, in_two_steps};

    fn fill(directory: &Path) {
        fs::create_dir(directory).unwrap();
        fs::write(directory.join(directory.file_name().unwrap()), "").unwrap();
    }

    #[test]
    fn two_directories_change_places_and_back() {
        let root = tempfile::tempdir().unwrap();
        let there = root.path().join("there");
        fill(&there);
        let workspace = tempfile::tempdir_in(root.path()).unwrap();
        let new = workspace.path().join("new");
        fill(&new);

        let swapped = SwappedDirectory::swap(workspace, &new, &there).unwrap();
        assert!(there.join("new").exists() && swapped.old().join("there").exists());
        swapped.undo().unwrap();
        assert!(there.join("there").exists());
        assert_eq!(fs::read_dir(root.path()).unwrap().count(), 1, "leftover files");
    }

    /// The path on Windows, and on file systems where directories cannot be exchanged atomically.
    #[test]
    fn in_two_steps_the_old_directory_is_moved_aside_or_stays() {
        let root = tempfile::tempdir().unwrap();
        let [there, new, aside] = ["there", "new", "aside"].map(|name| root.path().join(name));
        fill(&there);
        assert!(in_two_steps(&new, &there, &aside).is_err(), "there is nothing to move in");
        assert!(there.join("there").exists() && !aside.exists());
        fill(&new);
        assert_eq!(in_two_steps(&new, &there, &aside).unwrap(), aside);
        assert!(there.join("new").exists() && aside.join("there").exists() && !new.exists());
    }
}
