//! A directory that is written whole or not at all.

use std::borrow::Cow;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::exchange::{Beside, exchange};
use super::{Bundle, Error};

/// Writes files as `directory`: all of them or nothing.
///
/// They are written beside its place, and take it in one step: a process that is killed leaves the old directory or the
/// new one, and what it leaves beside them is in no later run's way. Files and directory get the rights that the process
/// gives to new ones.
///
/// # Errors
///
/// When the directory holds anything and `force` is not given, or anything but the files of a bundle; when somebody else
/// put something there meanwhile; or when the operating system refuses. The place is then as it was, but for
/// [`Error::NotFlushed`].
pub fn write_directory<'a>(
    directory: &Path,
    files: impl IntoIterator<Item = (&'a str, Cow<'a, [u8]>)>,
    force: bool,
) -> Result<(), Error> {
    let mut staged = Staged::begin(directory, force)?;
    for (name, bytes) in files {
        staged.write(name, &bytes)?;
    }
    staged.commit()
}

/// A directory that is filled beside its place.
struct Staged {
    directory: PathBuf,
    parent: PathBuf,
    place: Destination,
    beside: Beside,
    unflushed: Vec<fs::File>,
}

impl Staged {
    fn begin(directory: &Path, force: bool) -> Result<Self, Error> {
        // Without a slash at the end, which would follow a link.
        let directory = directory.components().collect::<PathBuf>();
        if directory.file_name().is_none() {
            return Err(Error::Nameless { path: directory });
        }
        let place = Destination::look(&directory, force)?;
        let parent = parent(&directory);
        let begun = fs::create_dir_all(&parent).and_then(|()| Beside::new(&parent));
        match begun.and_then(|beside| fs::create_dir(fresh(&beside)).map(|()| beside)) {
            Ok(beside) => Ok(Self { directory, parent, place, beside, unflushed: Vec::new() }),
            Err(error) => Err(Error::Io { path: directory, error }),
        }
    }

    fn write(&mut self, name: &str, bytes: &[u8]) -> Result<(), Error> {
        let file = write_file(&fresh(&self.beside).join(name), bytes).map_err(|error| self.refused(error))?;
        self.unflushed.push(file);
        Ok(())
    }

    /// Flushes everything, and puts the directory in its place; of several files the first flush takes most of the
    /// others along.
    fn commit(self) -> Result<(), Error> {
        self.unflushed.iter().try_for_each(fs::File::sync_all).map_err(|error| self.refused(error))?;
        let fresh = fresh(&self.beside);
        sync_directory(&fresh).map_err(|error| self.refused(error))?;
        let Self { directory, parent, place, beside, .. } = self;
        match place {
            Destination::Free => fs::rename(&fresh, &directory).map_err(|error| lost_race(error, &directory))?,
            Destination::Taken => replace(beside, &fresh, &directory)?,
        }
        sync_directory(&parent).map_err(|error| Error::NotFlushed { path: directory, error })
    }

    fn refused(&self, error: io::Error) -> Error {
        Error::Io { path: self.directory.clone(), error }
    }
}

/// Where the new directory is filled.
fn fresh(beside: &Beside) -> PathBuf {
    beside.path().join("new")
}

/// What is at the place of the directory.
enum Destination {
    /// Nothing, or an empty directory, which a directory can be renamed to.
    Free,
    /// A bundle that may be replaced.
    Taken,
}

impl Destination {
    fn look(directory: &Path, force: bool) -> Result<Self, Error> {
        let io = |error| Error::Io { path: directory.to_owned(), error };
        match fs::symlink_metadata(directory) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Self::Free),
            Err(error) => return Err(io(error)),
            Ok(metadata) if !metadata.is_dir() => return Err(Error::NotADirectory { path: directory.to_owned() }),
            Ok(_) => {}
        }
        if fs::read_dir(directory).map_err(io)?.next().is_none() {
            return Ok(if RENAMES_TO_EMPTY { Self::Free } else { Self::Taken });
        }
        if !force {
            return Err(Error::NotEmpty { path: directory.to_owned() });
        }
        match foreign_file(directory).map_err(io)? {
            Some(name) => Err(Error::ForeignFile { path: directory.to_owned(), name }),
            None => Ok(Self::Taken),
        }
    }
}

/// Whether a directory can be renamed to an empty one.
const RENAMES_TO_EMPTY: bool = cfg!(unix);

/// Something that is no part of a bundle.
fn foreign_file(directory: &Path) -> io::Result<Option<String>> {
    for entry in fs::read_dir(directory)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if !NAMES.contains(&name.as_str()) || !entry.file_type()?.is_file() {
            return Ok(Some(name));
        }
    }
    Ok(None)
}

fn parent(directory: &Path) -> PathBuf {
    match directory.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent.to_owned(),
        _ => PathBuf::from("."),
    }
}

/// The names that a bundle can hold.
const NAMES: [&str; 13] = [
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
    "poolpair.psm1",
    Bundle::MANIFEST,
];

fn write_file(path: &Path, bytes: &[u8]) -> io::Result<fs::File> {
    let mut file = fs::OpenOptions::new().write(true).create_new(true).open(path)?;
    file.write_all(bytes)?;
    Ok(file)
}

/// Puts the fresh directory in the place of the old one.
///
/// What came out is looked at once more: a file that somebody put there since is not thrown away with it.
fn replace(beside: Beside, fresh: &Path, directory: &Path) -> Result<(), Error> {
    let io = |error: io::Error| Error::Io { path: directory.to_owned(), error };
    let mut exchanged = exchange(beside, fresh, directory).map_err(|error| lost_race(error, directory))?;
    match foreign_file(exchanged.old()) {
        Ok(None) => Ok(()),
        Ok(Some(name)) => {
            exchanged.undo(directory).map_err(io)?;
            Err(Error::ForeignFile { path: directory.to_owned(), name })
        }
        Err(error) => {
            exchanged.undo(directory).map_err(io)?;
            Err(io(error))
        }
    }
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
