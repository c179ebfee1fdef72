//! The documentation does what it says: every command in it is run, every link in it leads somewhere.
//!
//! Markdown files hold transcripts: blocks of the language `console`, with `$ ` before a command, `? ` before its exit
//! code where that is not 0, and then what it prints. The commands of a file run one after the other in one empty
//! directory, into which the files of the repository that they name are copied. `...` on a line of its own stands for
//! any lines, `[..]` within a line for any text.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[cfg(target_os = "linux")]
mod archive;
mod files;
mod links;
mod pattern;
mod pipeline;
mod reference;
mod sandbox;
mod transcript;

use files::{below, repository};

#[test]
fn the_readme() {
    transcript::run(&[repository().join("README.md")]);
}

#[test]
fn the_guides() {
    let (references, guides) =
        below("docs").into_iter().partition::<Vec<_>, _>(|path| path.starts_with(repository().join("docs/reference")));
    assert!(references.len() > 10 && guides.len() > 5);
    transcript::run(&guides);
}

#[test]
fn the_reference() {
    transcript::run(&below("docs/reference"));
}

#[test]
fn the_examples() {
    transcript::run(&below("examples"));
}

/// Errors, exit codes and streams: what a manual does not dwell on.
#[test]
fn the_command_line() {
    let files: Vec<_> =
        below("tests/cmd").into_iter().filter(|path| cfg!(unix) || !path.ends_with("unix.md")).collect();
    transcript::run(&files);
}
