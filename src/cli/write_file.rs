//! Writing a file whole or not at all.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use miette::Diagnostic;
use tempfile::TempDir;

use crate::bundle::in_directory;

/// A file cannot be written.
#[derive(Debug, thiserror::Error, Diagnostic)]
#[error("`{}` cannot be written: {error}", path.display())]
#[diagnostic(code("poolpair::cli::write"), help("give another file, or check the path, permissions and free space"))]
pub(super) struct UnwritableFile {
    path: PathBuf,
    error: io::Error,
}

/// Writes a file whole or not at all.
pub(super) fn write_file(path: &Path, bytes: &[u8]) -> Result<(), UnwritableFile> {
    let written = match fs::symlink_metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => replace(path, bytes),
        Ok(there) if there.is_file() => replace(path, bytes),
        // What is no plain file, be it a link, a pipe or a device, stays and is written to.
        _ => fs::write(path, bytes),
    };
    written.map_err(|error| UnwritableFile { path: path.to_owned(), error })
}

/// Whether a new file can be written, before anybody is asked what to write.
pub(super) fn check_writable(path: &Path) -> Result<(), UnwritableFile> {
    workspace(path).map(drop).map_err(|error| UnwritableFile { path: path.to_owned(), error })
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
