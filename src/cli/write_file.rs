//! Writes files atomically.

use std::fs;
use std::io::{self, Write as _};
use std::path::Path;

use tempfile::TempDir;

use super::{Exit, Failure};
use crate::bundle::directory_error;

/// Writes a file completely or not at all.
pub(super) fn write_file(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let written = match fs::symlink_metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => replace(path, bytes),
        Ok(metadata) if metadata.is_file() => replace(path, bytes),
        // Links, pipes and devices are not replaced, but written to.
        _ => fs::write(path, bytes),
    };
    written.map_err(|error| unwritable(path, &error))
}

/// Checks that a new file can be written, before asking questions.
pub(super) fn check_writable(path: &Path) -> Result<(), Failure> {
    workspace(path).map(drop).map_err(|error| unwritable(path, &error))
}

fn unwritable(path: &Path, error: &io::Error) -> Failure {
    let message = format!("`{}` cannot be written: {error}", path.display());
    Failure::with_help(
        Exit::Io,
        "poolpair::cli::write",
        message,
        "give another file, or check the path, permissions and free space",
    )
}

fn workspace(path: &Path) -> io::Result<TempDir> {
    let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    tempfile::Builder::new().prefix(".poolpair-").tempdir_in(parent).map_err(|error| directory_error(parent, &error))
}

/// Writes the file in a temporary directory first, so that no incomplete file is visible.
fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let workspace = workspace(path)?;
    let new = workspace.path().join("new");
    let mut file = fs::File::create_new(&new)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    drop(file);
    fs::rename(new, path)
}
