//! What the project promises about itself: its layout, its words, its file names, its schemas, how it is installed.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

mod language;
mod layout;
#[cfg(target_os = "linux")]
mod manifests;
mod promises;
mod schemas;
mod tracked_names;
