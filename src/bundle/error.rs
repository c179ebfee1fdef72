//! Why a bundle cannot be written or read.

use std::io;
use std::path::{Path, PathBuf};

use miette::Diagnostic;

/// Why a bundle cannot be written.
#[derive(Debug, thiserror::Error, Diagnostic)]
pub enum Error {
    /// The directory already contains files, and `--force` was not given.
    #[error("`{}` is not empty: it holds `{name}`", path.display())]
    #[diagnostic(
        code("poolpair::bundle::not-empty"),
        help("choose another directory, or give `--force` to replace the bundle in it")
    )]
    NotEmpty {
        /// The directory.
        path: PathBuf,
        /// A file in the directory.
        name: String,
    },
    /// `--force` would remove something other than an unchanged bundle, or an input of this command.
    #[error("`{}` is not replaced: {obstacle}", path.display())]
    #[diagnostic(
        code("poolpair::bundle::in-the-way"),
        help(
            "choose another directory, or move this one away: `--force` replaces a bundle as it was written, and nothing else"
        )
    )]
    InTheWay {
        /// The directory.
        path: PathBuf,
        /// What prevents the replacement.
        obstacle: String,
    },
    /// The directory is, or contains, the working directory of the process.
    #[error("`{}` is, or holds, the working directory", path.display())]
    #[diagnostic(
        code("poolpair::bundle::working-directory"),
        help("name a directory in it, such as `--out-dir bundle`, or change to another directory first")
    )]
    WorkingDirectory {
        /// The directory.
        path: PathBuf,
    },
    /// The path exists and is not a directory.
    #[error("`{}` is not a directory", path.display())]
    #[diagnostic(code("poolpair::bundle::not-a-directory"), help("choose another name for the directory"))]
    NotADirectory {
        /// The path.
        path: PathBuf,
    },
    /// The old directory was moved away, and neither it nor the new one could be moved into place.
    #[error("`{}` cannot be written, and its former content is now in `{}`: {error}", path.display(), old.display())]
    #[diagnostic(
        code("poolpair::bundle::moved-away"),
        help("move it back by hand, check the path and permissions, and run the command again")
    )]
    MovedAway {
        /// The directory.
        path: PathBuf,
        /// Where its content is now.
        old: PathBuf,
        /// The error of the operating system.
        error: io::Error,
    },
    /// Everything is written, but flushing to the disk failed.
    #[error("`{}` is written, but may not be on the disk yet: {error}", path.display())]
    #[diagnostic(code("poolpair::bundle::not-flushed"), help("run `poolpair verify` on it, and check the disk"))]
    NotFlushed {
        /// The directory.
        path: PathBuf,
        /// The error of the operating system.
        error: io::Error,
    },
    /// The operating system reported an error.
    #[error("`{}` cannot be written: {error}", path.display())]
    #[diagnostic(
        code("poolpair::bundle::io"),
        help(
            "nothing was changed in the directory; check the path, permissions and free space, and run the command again"
        )
    )]
    Io {
        /// The path.
        path: PathBuf,
        /// The error of the operating system.
        error: io::Error,
    },
}

/// Why a directory is not a bundle.
#[derive(Debug, thiserror::Error)]
pub enum NotABundle {
    /// It contains no manifest.
    #[error("it is not a bundle, because it contains no `manifest.json`{}", first.as_ref().map(|name| format!(", but `{name}`")).unwrap_or_default())]
    NoManifest {
        /// A file in the directory.
        first: Option<String>,
    },
    /// Its manifest is malformed, or was written by a later version of poolpair.
    #[error("its `manifest.json` is not that of a bundle: {reason}")]
    Malformed {
        /// What is wrong with it.
        reason: String,
    },
    /// The directory cannot be listed.
    #[error("it cannot be read: {0}")]
    Io(#[from] io::Error),
    /// A file cannot be read.
    #[error("`{name}` in it cannot be read: {error}")]
    Unreadable {
        /// The file.
        name: String,
        /// The error of the operating system.
        error: io::Error,
    },
}

/// Replaces the path of an error by the directory that is missing or read-only: the error names a temporary file, which
/// users have never seen.
pub(crate) fn directory_error(directory: &Path, error: &io::Error) -> io::Error {
    use io::ErrorKind::{AlreadyExists, NotADirectory, NotFound, PermissionDenied, ReadOnlyFilesystem};
    let directory = if directory.as_os_str().is_empty() { Path::new(".") } else { directory };
    let existing = directory.ancestors().find(|path| path.exists()).unwrap_or(Path::new("."));
    let why = match error.kind() {
        NotFound | NotADirectory | AlreadyExists if existing.is_file() => {
            format!("`{}` is not a directory", existing.display())
        }
        NotFound => format!("there is no directory `{}`", directory.display()),
        PermissionDenied | ReadOnlyFilesystem => {
            format!("the directory `{}` is read-only for this account", existing.display())
        }
        kind => format!("{kind} in the directory `{}`", directory.display()),
    };
    io::Error::new(error.kind(), why)
}
