//! The program among hostile surroundings: killed, out of space, raced, misdirected, and fed with what steers terminals.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]
#![allow(clippy::print_stdout, reason = "a test that skips says so")]

mod by_hand;
mod damage;
mod decoding;
mod failover;
mod force;
mod hostile;
mod messages;
mod paths;
mod scene;
mod stored_plan;
mod streams;
#[cfg(target_os = "linux")]
mod system_calls;
mod terminal;
mod unread;
mod verify;
mod windows;
mod writing;
