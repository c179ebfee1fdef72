//! Two directories that change places.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use super::error::without_path;

/// A directory beside another, for what comes there and for what was there; removed in the end.
pub(super) struct Beside(TempDir);

impl Beside {
    pub(super) fn new(parent: &Path) -> io::Result<Self> {
        tempfile::Builder::new().prefix(".poolpair-").tempdir_in(parent).map(Self).map_err(without_path)
    }

    pub(super) fn path(&self) -> &Path {
        self.0.path()
    }
}

/// A new directory in its place, and the old one beside it, which is removed with this value.
pub(super) struct SwappedDirectory {
    /// Absent when the old directory could not be put back, and must not be removed.
    beside: Option<Beside>,
    old: PathBuf,
}

impl SwappedDirectory {
    /// Where the old directory is now.
    pub(super) fn old(&self) -> &Path {
        &self.old
    }

    /// Puts the old directory back; the new one is removed.
    ///
    /// # Errors
    ///
    /// When the operating system refuses; the old directory then stays beside.
    pub(super) fn undo(&mut self, directory: &Path) -> io::Result<()> {
        let Some(beside) = self.beside.take() else { return Ok(()) };
        let spare = beside.path().join("spare");
        if in_one_step(&self.old, directory).is_ok_and(|done| done) {
            return Ok(());
        }
        match fs::rename(directory, spare).and_then(|()| fs::rename(&self.old, directory)) {
            Ok(()) => Ok(()),
            Err(error) => {
                let _ = beside.0.keep();
                Err(error)
            }
        }
    }
}

/// Lets `fresh`, which lies in `beside`, and `directory` change places: in one step where the file system can.
///
/// # Errors
///
/// When the operating system refuses; `directory` is then as it was.
pub(super) fn exchange(beside: Beside, fresh: &Path, directory: &Path) -> io::Result<SwappedDirectory> {
    if in_one_step(fresh, directory)? {
        return Ok(SwappedDirectory { beside: Some(beside), old: fresh.to_owned() });
    }
    let old = beside.path().join("old");
    fs::rename(directory, &old)?;
    match fs::rename(fresh, directory) {
        Ok(()) => Ok(SwappedDirectory { beside: Some(beside), old }),
        Err(error) => {
            if fs::rename(&old, directory).is_err() {
                // It can neither be put back nor be thrown away.
                let _ = beside.0.keep();
            }
            Err(error)
        }
    }
}

/// Whether it could be done: some file systems can not.
#[cfg(any(target_os = "linux", target_os = "macos"))]
fn in_one_step(fresh: &Path, directory: &Path) -> io::Result<bool> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    use rustix::io::Errno;
    match renameat_with(CWD, fresh, CWD, directory, RenameFlags::EXCHANGE) {
        Ok(()) => Ok(true),
        Err(Errno::INVAL | Errno::NOTSUP | Errno::NOSYS) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

#[cfg(not(any(target_os = "linux", target_os = "macos")))]
fn in_one_step(_: &Path, _: &Path) -> io::Result<bool> {
    Ok(false)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::{Beside, exchange};

    #[test]
    fn two_directories_change_places_and_back() {
        let root = tempfile::tempdir().unwrap();
        let there = root.path().join("there");
        fs::create_dir(&there).unwrap();
        fs::write(there.join("old"), "").unwrap();
        let beside = Beside::new(root.path()).unwrap();
        let fresh = beside.path().join("new");
        fs::create_dir(&fresh).unwrap();
        fs::write(fresh.join("new"), "").unwrap();

        let mut exchanged = exchange(beside, &fresh, &there).unwrap();
        assert!(there.join("new").exists() && exchanged.old().join("old").exists());
        exchanged.undo(&there).unwrap();
        drop(exchanged);
        assert!(there.join("old").exists());
        assert_eq!(fs::read_dir(root.path()).unwrap().count(), 1, "something is left beside");
    }
}
