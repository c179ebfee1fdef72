//! poolpair.

pub mod request;
pub mod runbook;
pub mod source;
pub mod topology;
pub mod xml;
