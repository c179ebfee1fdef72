//! poolpair.

pub mod interval;
pub mod request;
pub mod runbook;
pub mod source;
pub mod suggest;
pub mod topology;
pub mod xml;
