//! Writing a file whole or not at all.

use std::fs;
use std::io::{self, Write as _};
use std::path::Path;

use tempfile::TempDir;

use super::{Exit, Failure};
use crate::bundle::in_directory;

/// Writes a file whole or not at all.
pub(super) fn write_file(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let written = match fs::symlink_metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => replace(path, bytes),
        Ok(there) if there.is_file() => replace(path, bytes),
        // What is no plain file, be it a link, a pipe or a device, stays and is written to.
        _ => fs::write(path, bytes),
    };
    written.map_err(|error| unwritable(path, &error))
}

/// Whether a new file can be written, before anybody is asked what to write.
pub(super) fn check_writable(path: &Path) -> Result<(), Failure> {
    workspace(path).map(drop).map_err(|error| unwritable(path, &error))
}

fn unwritable(path: &Path, error: &io::Error) -> Failure {
    let message = format!("`{}` cannot be written: {error}", path.display());
    Failure::told(
        Exit::Io,
        "poolpair::cli::write",
        message,
        "give another file, or check the path, permissions and free space",
    )
}

fn workspace(path: &Path) -> io::Result<TempDir> {
    let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    tempfile::Builder::new().prefix(".poolpair-").tempdir_in(parent).map_err(|error| in_directory(parent, &error))
}

/// A directory of its own keeps the new file out of everybody's way until it is whole.
fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let workspace = workspace(path)?;
    let new = workspace.path().join("new");
    let mut file = fs::File::create_new(&new)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    drop(file);
    fs::rename(new, path)
}
