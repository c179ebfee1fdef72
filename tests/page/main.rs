//! `target/page/poolpair.html`, which `packaging/page` makes, in a browser.
//!
//! Needs the page and chromium; says so and tests nothing without them.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test that cannot go on must fail or say why"
)]

mod access;
#[path = "../support/browser.rs"]
mod browser;
mod devtools;
mod input;
mod more;
mod open_page;
mod walk;
