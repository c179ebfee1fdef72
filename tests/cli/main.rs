//! What single commands do.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

mod archive;
mod audit;
mod check;
mod declared;
mod diff;
mod init;
mod out;
mod partners;
