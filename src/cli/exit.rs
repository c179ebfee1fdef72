//! Exit codes.

use std::process::ExitCode;

/// The result of a command as its exit code; codes from 64 are those of `sysexits.h`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Exit {
    /// Nothing to change, or planned, or written.
    #[default]
    Done = 0,
    /// A rule is broken, or a bundle or export does not match; nothing was written.
    Broken = 1,
    /// Only with `--detailed-exitcode`: success, with changes.
    Changes = 2,
    /// The command line is invalid.
    Usage = 64,
    /// The input cannot be used.
    Input = 65,
    /// The proof failed: a bug.
    Proof = 70,
    /// Reading or writing failed, or an existing file may not be replaced.
    Io = 74,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}
