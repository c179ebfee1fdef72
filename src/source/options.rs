//! How input is taken.

use super::Limits;

/// What the user allows the input to be.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// How much is taken.
    pub limits: Limits,
    /// Whether a document is taken, with a warning, whose XML declaration names another encoding than the one
    /// that it is stored in: the trace of an editor or of `Out-File`, which change the bytes and not the text.
    pub accept_wrong_declaration: bool,
}

impl Options {
    /// The option of the command line that sets [`Options::accept_wrong_declaration`].
    pub const ACCEPT_WRONG_DECLARATION: &'static str = "--accept-wrong-declaration";
}
