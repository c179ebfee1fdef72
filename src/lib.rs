//! poolpair.

pub mod runbook;
pub mod source;
pub mod topology;
pub mod xml;
pub mod request;
