//! The laws of editing and of learning, over generated documents in every dialect, encoding and layout.
//!
//! There are few cases, so that a debug build takes less than a minute; `PROPTEST_CASES=1000` draws more.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "helpers of tests fail as tests do")]

mod draw;
mod editing;
mod learning;
mod no_panic;
mod run;

use proptest::test_runner::Config;

/// How the laws are tried.
fn config() -> Config {
    let more = std::env::var_os("PROPTEST_CASES").map(|_| Config::default().cases);
    Config { cases: more.unwrap_or(24), failure_persistence: None, ..Config::default() }
}
