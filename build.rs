//! Tells the program its version with the commit that it was built from, for `poolpair --version`.
//!
//! The commit is `POOLPAIR_COMMIT` if that is set, else, in release builds, what git says; a build outside of git has
//! none. Debug builds do not ask git, so that a new commit does not make everything be built again.

use std::env;
use std::process::Command;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-env-changed=POOLPAIR_COMMIT");
    let version = env::var("CARGO_PKG_VERSION").unwrap_or_default();
    let version = match commit() {
        Some(commit) => format!("{version} ({commit})"),
        None => version,
    };
    println!("cargo::rustc-env=POOLPAIR_VERSION={version}");
}

fn commit() -> Option<String> {
    let given = env::var("POOLPAIR_COMMIT").ok().filter(|commit| !commit.is_empty());
    given.or_else(commit_of_git).filter(|commit| commit.chars().all(|character| character.is_ascii_alphanumeric()))
}

fn commit_of_git() -> Option<String> {
    if env::var("PROFILE").as_deref() != Ok("release") {
        return None;
    }
    // A prefix means that this is a copy inside of somebody else's repository.
    if !git(&["rev-parse", "--show-prefix"])?.is_empty() {
        return None;
    }
    let head = git(&["rev-parse", "--short=12", "HEAD"])?;
    // The log of HEAD grows with every commit and checkout.
    println!("cargo::rerun-if-changed={}", git(&["rev-parse", "--git-path", "logs/HEAD"])?);
    Some(head)
}

fn git(arguments: &[&str]) -> Option<String> {
    let output = Command::new("git").args(arguments).output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    output.status.success().then(|| text.trim().to_owned())
}
