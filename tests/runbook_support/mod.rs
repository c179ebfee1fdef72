//! What the tests of the runbook share.

#![allow(dead_code, reason = "each test file uses its part")]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

pub(crate) mod cmdlets;
pub(crate) mod lint;
pub(crate) mod script;
pub(crate) mod situations;
