//! Why a bundle can not be written.

use std::io;
use std::path::PathBuf;

use miette::Diagnostic;

/// Why a bundle can not be written.
#[derive(Debug, thiserror::Error, Diagnostic)]
pub enum Error {
    /// The directory holds files already, and `--force` was not given.
    #[error("`{}` is not empty", path.display())]
    #[diagnostic(
        code("poolpair::bundle::not-empty"),
        help("choose another directory, or give `--force` to replace the bundle in it")
    )]
    NotEmpty {
        /// The directory.
        path: PathBuf,
    },
    /// `--force` would remove files that are no part of a bundle.
    #[error("`{}` holds `{name}`, which is no part of a bundle", path.display())]
    #[diagnostic(
        code("poolpair::bundle::foreign-file"),
        help("move that file away, or choose another directory: `--force` replaces bundles and nothing else")
    )]
    ForeignFile {
        /// The directory.
        path: PathBuf,
        /// The file.
        name: String,
    },
    /// There is a file or a link where the directory should be.
    #[error("`{}` is no directory", path.display())]
    #[diagnostic(code("poolpair::bundle::not-a-directory"), help("choose another name for the directory"))]
    NotADirectory {
        /// The path.
        path: PathBuf,
    },
    /// The path is `.`, `..` or `/`, which nothing can take the place of.
    #[error("`{}` has no name of its own", path.display())]
    #[diagnostic(
        code("poolpair::bundle::nameless"),
        help("name the directory as it is called from outside, such as `../bundle`")
    )]
    Nameless {
        /// The path.
        path: PathBuf,
    },
    /// Everything is written, but the operating system does not say that the disk has it.
    #[error("`{}` is written, but may not be on the disk yet: {error}", path.display())]
    #[diagnostic(
        code("poolpair::bundle::not-flushed"),
        help("hold the bundle against its input with `poolpair verify`, and check the disk")
    )]
    NotFlushed {
        /// The directory.
        path: PathBuf,
        /// What it said.
        error: io::Error,
    },
    /// The operating system refused.
    #[error("`{}` can not be written: {error}", path.display())]
    #[diagnostic(
        code("poolpair::bundle::io"),
        help("nothing was changed in the directory; check its rights and the free space, and run the command again")
    )]
    Io {
        /// The path.
        path: PathBuf,
        /// What it said.
        error: io::Error,
    },
}

/// What the operating system said, without the random name of a temporary file that the user never saw.
pub(crate) fn without_path(error: io::Error) -> io::Error {
    let source = error.get_ref().and_then(|inner| inner.source()).and_then(|source| source.downcast_ref::<io::Error>());
    source.and_then(io::Error::raw_os_error).map(io::Error::from_raw_os_error).unwrap_or(error)
}
