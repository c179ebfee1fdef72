//! What the tests of the runbook share.

pub(crate) mod cmdlets;
pub(crate) mod failovers;
pub(crate) mod lint;
pub(crate) mod script;
pub(crate) mod situations;
