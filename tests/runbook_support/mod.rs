//! What the tests of the runbook share.

#![allow(dead_code, reason = "each test file uses its part")]

pub(crate) mod lint;
pub(crate) mod situations;
