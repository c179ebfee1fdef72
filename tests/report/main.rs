//! The reports: every renderer on one and the same run, and on hostile text.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on must fail")]

mod hostile;
mod page;
mod run;
mod sarif;
mod snapshots;
