//! The rule book holds together: files, ids, table, pages and fixtures; and every rule says what its fixtures expect.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

mod all;
mod cases;
mod change;
mod expected;
mod files;
mod many;
mod samples;
