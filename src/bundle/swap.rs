//! Two directories that change places.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use super::Error;

/// A new directory in its place, and the old one in the workspace, which is removed with this value.
pub(super) struct SwappedDirectory<'a> {
    directory: &'a Path,
    workspace: TempDir,
    old: PathBuf,
}

impl<'a> SwappedDirectory<'a> {
    /// Lets `new`, which lies in the workspace, and `directory` change places: in one step where the system can.
    ///
    /// # Errors
    ///
    /// When the operating system refuses; `directory` is then as it was, but for [`Error::MovedAway`].
    pub(super) fn swap(workspace: TempDir, new: &Path, directory: &'a Path) -> Result<Self, Error> {
        let aside = workspace.path().join("old");
        match exchange(new, directory, &aside) {
            Ok(old) => Ok(Self { directory, workspace, old }),
            Err(error) if aside.exists() => Err(moved_away(workspace, directory, aside, error)),
            Err(error) => Err(Error::Io { path: directory.to_owned(), error }),
        }
    }

    /// Where the old directory is now.
    pub(super) fn old(&self) -> &Path {
        &self.old
    }

    /// Puts the old directory back; the new one is removed.
    ///
    /// # Errors
    ///
    /// When the operating system refuses; the old directory then stays in the workspace.
    pub(super) fn undo(self) -> Result<(), Error> {
        let Self { directory, workspace, old } = self;
        match exchange(&old, directory, &workspace.path().join("new again")) {
            Ok(_) => Ok(()),
            Err(error) => Err(moved_away(workspace, directory, old, error)),
        }
    }
}

/// The old directory can neither be put back nor be thrown away.
fn moved_away(workspace: TempDir, directory: &Path, old: PathBuf, error: io::Error) -> Error {
    let _ = workspace.keep();
    Error::MovedAway { path: directory.to_owned(), old, error }
}

/// Puts one directory in the place of another, and gives where that one is now.
fn exchange(incoming: &Path, directory: &Path, aside: &Path) -> io::Result<PathBuf> {
    if in_one_step(incoming, directory)? {
        return Ok(incoming.to_owned());
    }
    in_two_steps(incoming, directory, aside)
}

/// Whether it could be done: some file systems cannot.
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

/// Between the two steps there is no directory; where the second is refused, the first is taken back.
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
        assert_eq!(fs::read_dir(root.path()).unwrap().count(), 1, "something is left beside");
    }

    /// What happens on Windows, and on file systems where directories cannot change places in one step.
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
