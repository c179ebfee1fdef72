//! Options for reading input.

use super::Limits;

/// What input the user accepts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// The size limits.
    pub limits: Limits,
    /// Whether to accept, with a warning, a document whose XML declaration names another encoding than that of the
    /// file: editors and `Out-File` re-encode a file without changing the declaration.
    pub accept_wrong_declaration: bool,
}

impl Options {
    /// The command-line option that sets [`Options::accept_wrong_declaration`].
    pub const ACCEPT_WRONG_DECLARATION: &'static str = "--accept-wrong-declaration";
}
