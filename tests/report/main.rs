//! The reports: every renderer on one and the same run, and on hostile text.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test that cannot go on must fail or say why"
)]

#[path = "../support/browser.rs"]
mod browser;
mod hostile;
mod page;
mod pages;
mod run;
mod sarif;
mod snapshots;
