//! Exit codes.

use std::process::ExitCode;

/// How a command ended, by the exit codes of the contract; those from 64 on are of `sysexits.h`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Exit {
    /// Nothing to change, or planned, or written.
    #[default]
    Done = 0,
    /// A rule is broken, or a bundle or export does not match; nothing was written.
    Broken = 1,
    /// Only with `--detailed-exitcode`: succeeded, and there are changes.
    Changes = 2,
    /// The command line is wrong.
    Usage = 64,
    /// The input cannot be used.
    Input = 65,
    /// The proof failed: a bug.
    Proof = 70,
    /// Reading or writing failed, or something is in the way that is not to be replaced.
    Io = 74,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}
