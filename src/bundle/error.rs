//! Why a bundle cannot be written, or is none.

use std::io;
use std::path::{Path, PathBuf};

use miette::Diagnostic;

/// Why a bundle cannot be written.
#[derive(Debug, thiserror::Error, Diagnostic)]
pub enum Error {
    /// The directory holds files already, and `--force` was not given.
    #[error("`{}` is not empty: it holds `{name}`", path.display())]
    #[diagnostic(
        code("poolpair::bundle::not-empty"),
        help("choose another directory, or give `--force` to replace the bundle in it")
    )]
    NotEmpty {
        /// The directory.
        path: PathBuf,
        /// A file in it.
        name: String,
    },
    /// `--force` would remove something that is not a bundle as it was written, or that this command reads.
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
        /// What is in the way.
        obstacle: String,
    },
    /// The directory would be replaced below the feet of whoever works in it.
    #[error("`{}` is, or holds, the working directory", path.display())]
    #[diagnostic(
        code("poolpair::bundle::working-directory"),
        help("name a directory in it, such as `--out-dir bundle`, or change to another directory first")
    )]
    WorkingDirectory {
        /// The directory.
        path: PathBuf,
    },
    /// There is a file or a link where the directory should be.
    #[error("`{}` is no directory", path.display())]
    #[diagnostic(code("poolpair::bundle::not-a-directory"), help("choose another name for the directory"))]
    NotADirectory {
        /// The path.
        path: PathBuf,
    },
    /// The old directory was moved away, and neither the new one nor the old one could be moved in.
    #[error("`{}` cannot be written, and its former content is now in `{}`: {error}", path.display(), old.display())]
    #[diagnostic(
        code("poolpair::bundle::moved-away"),
        help("move it back by hand, check the path and permissions, and run the command again")
    )]
    MovedAway {
        /// The directory.
        path: PathBuf,
        /// Where its content is.
        old: PathBuf,
        /// What the operating system said.
        error: io::Error,
    },
    /// Everything is written, but the operating system does not say that the disk has it.
    #[error("`{}` is written, but may not be on the disk yet: {error}", path.display())]
    #[diagnostic(code("poolpair::bundle::not-flushed"), help("run `poolpair verify` on it, and check the disk"))]
    NotFlushed {
        /// The directory.
        path: PathBuf,
        /// What the operating system said.
        error: io::Error,
    },
    /// The operating system refused.
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
        /// What the operating system said.
        error: io::Error,
    },
}

/// Why a directory is no bundle.
#[derive(Debug, thiserror::Error)]
pub enum NoBundle {
    /// It says nowhere what it holds.
    #[error("it is no bundle, for it holds no `manifest.json`{}", first.as_ref().map(|name| format!(", but `{name}`")).unwrap_or_default())]
    NoManifest {
        /// A file that it holds.
        first: Option<String>,
    },
    /// What says so is something else, or was made by a later poolpair.
    #[error("its `manifest.json` is not that of a bundle: {reason}")]
    Malformed {
        /// What is wrong with it.
        reason: String,
    },
    /// The operating system refused to list it.
    #[error("it cannot be read: {0}")]
    Io(#[from] io::Error),
    /// A file of it may not be read, or another program holds it.
    #[error("`{name}` in it cannot be read: {error}")]
    Unreadable {
        /// The file.
        name: String,
        /// What the operating system said.
        error: io::Error,
    },
}

/// Why nothing can be written into a directory, with the name of the one that is missing or read-only: the system tells
/// the random name of a temporary file, which nobody has seen.
pub(crate) fn in_directory(directory: &Path, error: &io::Error) -> io::Error {
    use io::ErrorKind::{AlreadyExists, NotADirectory, NotFound, PermissionDenied, ReadOnlyFilesystem};
    let directory = if directory.as_os_str().is_empty() { Path::new(".") } else { directory };
    let there = directory.ancestors().find(|path| path.exists()).unwrap_or(Path::new("."));
    let why = match error.kind() {
        NotFound | NotADirectory | AlreadyExists if there.is_file() => format!("`{}` is no directory", there.display()),
        NotFound => format!("there is no directory `{}`", directory.display()),
        PermissionDenied | ReadOnlyFilesystem => {
            format!("the directory `{}` is read-only for this account", there.display())
        }
        kind => format!("{kind} in the directory `{}`", directory.display()),
    };
    io::Error::new(error.kind(), why)
}
