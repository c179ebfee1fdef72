//! A directory that is written whole or not at all.

use std::borrow::Cow;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::{Bundle, Error};

/// Writes files as `directory`: all of them or nothing.
///
/// The files are written and flushed in a directory beside it, which then takes its place in one step. A process that
/// is killed leaves the old directory or the new one; what it leaves beside them is in no later run's way.
///
/// # Errors
///
/// When the directory holds anything and `force` is not given, or anything but the files of a bundle; or when the
/// operating system refuses. The directory is then as it was.
pub fn write_directory<'a>(
    directory: &Path,
    files: impl IntoIterator<Item = (&'a str, Cow<'a, [u8]>)>,
    force: bool,
) -> Result<(), Error> {
    let io = |error: io::Error| Error::Io { path: directory.to_owned(), error };
    let present = present(directory, force)?;
    let parent = parent(directory);
    fs::create_dir_all(&parent).map_err(io)?;
    let beside = tempfile::Builder::new().prefix(".poolpair-").tempdir_in(&parent).map_err(without_path).map_err(io)?;
    let fresh = beside.path().join("new");
    fs::create_dir(&fresh).map_err(io)?;
    for (name, bytes) in files {
        write_file(&fresh.join(name), &bytes).map_err(io)?;
    }
    sync_directory(&fresh).map_err(io)?;
    match present {
        Present::Nothing => fs::rename(&fresh, directory),
        Present::Directory => exchange(&fresh, directory, &beside.path().join("old")),
    }
    .map_err(|error| lost_race(error, directory))?;
    sync_directory(&parent).map_err(io)
}

/// What is at the place of the directory.
enum Present {
    Nothing,
    /// An empty directory, or one that may be replaced.
    Directory,
}

fn present(directory: &Path, force: bool) -> Result<Present, Error> {
    let path = || directory.to_owned();
    let io = |error| Error::Io { path: path(), error };
    match fs::symlink_metadata(directory) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Present::Nothing),
        Err(error) => return Err(io(error)),
        Ok(metadata) if !metadata.is_dir() => return Err(Error::NotADirectory { path: path() }),
        Ok(_) => {}
    }
    for entry in fs::read_dir(directory).map_err(io)? {
        let entry = entry.map_err(io)?;
        if !force {
            return Err(Error::NotEmpty { path: path() });
        }
        let name = entry.file_name().to_string_lossy().into_owned();
        if !NAMES.contains(&name.as_str()) || !entry.file_type().map_err(io)?.is_file() {
            return Err(Error::ForeignFile { path: path(), name });
        }
    }
    Ok(Present::Directory)
}

/// What the operating system said, without the random name of a temporary file that the user never saw.
pub(crate) fn without_path(error: io::Error) -> io::Error {
    let source = error.get_ref().and_then(|inner| inner.source()).and_then(|source| source.downcast_ref::<io::Error>());
    source.and_then(io::Error::raw_os_error).map(io::Error::from_raw_os_error).unwrap_or(error)
}

fn parent(directory: &Path) -> PathBuf {
    match directory.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent.to_owned(),
        _ => PathBuf::from("."),
    }
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

fn write_file(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = fs::OpenOptions::new().write(true).create_new(true).open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// Lets two directories change places in one step; the old one is removed with the directory beside.
#[cfg(any(target_os = "linux", target_os = "macos"))]
fn exchange(fresh: &Path, directory: &Path, old: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    match renameat_with(CWD, fresh, CWD, directory, RenameFlags::EXCHANGE) {
        Ok(()) => Ok(()),
        // Some file systems can not do it.
        Err(rustix::io::Errno::INVAL | rustix::io::Errno::NOTSUP | rustix::io::Errno::NOSYS) => {
            swap(fresh, directory, old)
        }
        Err(error) => Err(error.into()),
    }
}

#[cfg(not(any(target_os = "linux", target_os = "macos")))]
fn exchange(fresh: &Path, directory: &Path, old: &Path) -> io::Result<()> {
    swap(fresh, directory, old)
}

/// Moves the old directory away and the new one in: two steps, where there is no way to do it in one.
fn swap(fresh: &Path, directory: &Path, old: &Path) -> io::Result<()> {
    fs::rename(directory, old)?;
    fs::rename(fresh, directory).inspect_err(|_| {
        // The old directory goes back; should that fail too, there is nothing left to try.
        let _ = fs::rename(old, directory);
    })
}

/// Another process may have put something there since it was looked at.
fn lost_race(error: io::Error, directory: &Path) -> Error {
    let path = directory.to_owned();
    match error.kind() {
        io::ErrorKind::DirectoryNotEmpty | io::ErrorKind::AlreadyExists => Error::NotEmpty { path },
        io::ErrorKind::NotADirectory => Error::NotADirectory { path },
        _ => Error::Io { path, error },
    }
}

#[cfg(unix)]
fn sync_directory(path: &Path) -> io::Result<()> {
    fs::File::open(path)?.sync_all()
}

#[cfg(not(unix))]
fn sync_directory(_: &Path) -> io::Result<()> {
    Ok(())
}
